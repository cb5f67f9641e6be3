import type { DeviceClass, Sensor, SensorClass } from '../device/index.ts'
import type { Plan } from '../plan/index.ts'

/** How the practice devices of one sensor reach us, as the real ones would. */
export type Way =
  /** Syslog from an agreed address of the loopback network. */
  | { readonly kind: 'syslog-tcp' | 'syslog-udp'; readonly from: string }
  /** Syslog with the sensor's token in the structured data. */
  | { readonly kind: 'syslog-token' }
  | { readonly kind: 'http' }

/** What the lines of a practice sensor look like. */
export type Voice = 'fortigate' | 'winlogbeat' | 'nxlog' | 'sshd' | 'nas'

export type PracticeSensor = {
  /** Stable name inside the practice, e.g. `yamada-utm`. */
  readonly key: string
  readonly device: {
    readonly nickname: string
    readonly class: DeviceClass
    readonly place: string
    readonly person?: string
    readonly knownAs: readonly string[]
  }
  readonly name: string
  readonly source: Sensor['source']
  readonly class: SensorClass
  readonly required: boolean
  readonly cadenceSeconds: number
  readonly way: Way
  readonly voice: Voice
  /** Falls silent a minute after the first start, and stays silent: the watch has to find it. */
  readonly fallsSilent?: true
}

export type PracticeCompany = {
  readonly key: string
  readonly name: string
  readonly code: string
  readonly prefecture: string
  readonly trade: string
  readonly employees: number
  readonly site: { readonly name: string; readonly address: string }
  readonly people: readonly {
    readonly name: string
    readonly email: string
    readonly phone: string
    readonly role: 'owner' | 'member'
    readonly contactOrder: number
  }[]
  readonly plan: Omit<Plan, 'id' | 'company' | 'startsOn' | 'explainedOn'>
  readonly sensors: readonly PracticeSensor[]
}

export const practiceProvider = {
  name: 'みなと情報サービス',
  deskPhone: '0120-000-000',
  deskHours: '24時間',
  admin: { name: '木村 葵', email: 'kimura@minato.example' },
  analyst: { name: '高橋 由紀', email: 'takahashi@minato.example' },
} as const

const desk = '電話、メール、この画面。24時間、通話無料。'
const dispatch = '年2回まで料金の中。3回目から1回33,000円。'
const insurance =
  '簡易サイバー保険。初動対応の費用が対象、1年100万円が限度。支払うかどうかは保険会社が決めます。'

const pc = (
  key: string,
  nickname: string,
  of: { place: string; person: string; host: string; address: string; voice: 'winlogbeat' | 'nxlog' },
): PracticeSensor => ({
  key,
  device: {
    nickname,
    class: 'pc',
    place: of.place,
    person: of.person,
    knownAs: [of.host.toLowerCase(), of.address],
  },
  name: `${nickname}の記録`,
  source: 'windows',
  class: 'pc',
  required: false,
  cadenceSeconds: 120,
  way: { kind: 'http' },
  voice: of.voice,
})

const utm = (key: string, of: { host: string; address: string; way: Way }): PracticeSensor => ({
  key,
  device: {
    nickname: '会社の入口',
    class: 'utm',
    place: '事務所の棚',
    knownAs: [of.host.toLowerCase(), of.address],
  },
  name: '会社の入口（UTM）',
  source: 'fortigate',
  class: 'utm',
  required: true,
  cadenceSeconds: 60,
  way: of.way,
  voice: 'fortigate',
})

export const yamada: PracticeCompany = {
  key: 'yamada',
  name: '株式会社山田製作所',
  code: 'M-0427',
  prefecture: '大阪府',
  trade: '金属加工',
  employees: 18,
  site: { name: '本社', address: '大阪府堺市（見本）' },
  people: [
    {
      name: '山田 一郎',
      email: 'yamada@yamada-ss.example',
      phone: '090-0000-0001',
      role: 'owner',
      contactOrder: 1,
    },
    {
      name: '佐藤 恵',
      email: 'sato@yamada-ss.example',
      phone: '090-0000-0002',
      role: 'member',
      contactOrder: 2,
    },
  ],
  plan: {
    kind: 'both',
    desk,
    watch: '会社の入口（UTM）1台、共有の保存場所1台、パソコン3台を、24時間。',
    dispatch,
    insurance,
    networkPriceYen: 9_800,
    endpointPriceYen: 1_800,
    endpoints: 3,
    termMonths: 24,
    explainedTo: '山田 一郎',
  },
  sensors: [
    utm('yamada-utm', {
      host: 'FGT-YAMADA',
      address: '192.168.27.1',
      way: { kind: 'syslog-tcp', from: '127.0.27.1' },
    }),
    {
      key: 'yamada-nas',
      device: {
        nickname: 'NAS-01',
        class: 'nas',
        place: '2階 事務所',
        knownAs: ['nas-01', '192.168.27.10'],
      },
      name: '共有の保存場所',
      source: 'syslog',
      class: 'server',
      required: true,
      cadenceSeconds: 60,
      way: { kind: 'syslog-token' },
      voice: 'nas',
      fallsSilent: true,
    },
    pc('yamada-keiri', '経理-02', {
      place: '2階 経理',
      person: '佐藤 恵',
      host: 'KEIRI-02',
      address: '192.168.27.52',
      voice: 'winlogbeat',
    }),
    pc('yamada-sekkei', '設計-01', {
      place: '1階 設計',
      person: '鈴木 健',
      host: 'SEKKEI-01',
      address: '192.168.27.61',
      voice: 'winlogbeat',
    }),
    pc('yamada-soumu', '総務-03', {
      place: '2階 総務',
      person: '田中 優子',
      host: 'SOUMU-03',
      address: '192.168.27.53',
      voice: 'nxlog',
    }),
  ],
}

export const midori: PracticeCompany = {
  key: 'midori',
  name: 'みどり園芸株式会社',
  code: 'M-0291',
  prefecture: '大阪府',
  trade: '園芸小売',
  employees: 9,
  site: { name: '鳳店', address: '大阪府堺市（見本）' },
  people: [
    {
      name: '緑川 幸',
      email: 'midorikawa@midori-engei.example',
      phone: '090-0000-0011',
      role: 'owner',
      contactOrder: 1,
    },
  ],
  plan: {
    kind: 'both',
    desk,
    watch: '会社の入口（UTM）1台、パソコン1台を、24時間。',
    dispatch,
    insurance,
    networkPriceYen: 9_800,
    endpointPriceYen: 1_800,
    endpoints: 1,
    termMonths: 12,
    explainedTo: '緑川 幸',
  },
  sensors: [
    utm('midori-utm', {
      host: 'FGT-MIDORI',
      address: '192.168.29.1',
      way: { kind: 'syslog-udp', from: '127.0.29.1' },
    }),
    pc('midori-uketsuke', '受付-01', {
      place: 'レジの横',
      person: '緑川 幸',
      host: 'UKETSUKE-01',
      address: '192.168.29.51',
      voice: 'nxlog',
    }),
  ],
}

export const maruhachi: PracticeCompany = {
  key: 'maruhachi',
  name: '丸八運送有限会社',
  code: 'M-0338',
  prefecture: '兵庫県',
  trade: '運送',
  employees: 24,
  site: { name: '本社', address: '兵庫県尼崎市（見本）' },
  people: [
    {
      name: '八木 修',
      email: 'yagi@maruhachi.example',
      phone: '090-0000-0021',
      role: 'owner',
      contactOrder: 1,
    },
  ],
  plan: {
    kind: 'network',
    desk,
    watch: '会社の入口（UTM）1台、配車のサーバー1台を、24時間。',
    dispatch,
    insurance,
    networkPriceYen: 9_500,
    endpointPriceYen: null,
    endpoints: null,
    termMonths: 24,
    explainedTo: '八木 修',
  },
  sensors: [
    utm('maruhachi-utm', {
      host: 'FGT-MARU8',
      address: '192.168.38.1',
      way: { kind: 'syslog-tcp', from: '127.0.38.1' },
    }),
    {
      key: 'maruhachi-server',
      device: {
        nickname: '配車サーバ',
        class: 'server',
        place: '事務所の奥',
        knownAs: ['haisha', '192.168.38.10'],
      },
      name: '配車のサーバー',
      source: 'sshd',
      class: 'server',
      required: true,
      cadenceSeconds: 60,
      way: { kind: 'syslog-token' },
      voice: 'sshd',
    },
  ],
}

/** The three firms of the practice installation. */
export const practiceCompanies: readonly PracticeCompany[] = [yamada, midori, maruhachi]
