import { type Actor, record } from '../access/index.ts'
import { day, type Instant, jstDate } from '../base/time.ts'
import { addOffer, addPromoter } from '../promoter/index.ts'
import { changeEntryStatus, enterEntry, type NewEntry, saveRegistry } from '../registry/index.ts'
import { type Pool, type Tx, within } from '../store/index.ts'

/** Name, kana, prefecture, town, industry, level, days since the declaration. All of them are invented. */
type Sample = readonly [string, string, string, string, string, 'SA1' | 'SA2', number]

const samples: readonly Sample[] = [
  ['有限会社北浜工務店（見本）', 'キタハマコウムテン', '27', '大阪市中央区', 'D', 'SA1', 172],
  ['髙橋精機株式会社（見本）', 'タカハシセイキ', '27', '東大阪市', 'E', 'SA2', 96],
  ['株式会社大川商店（見本）', 'オオカワショウテン', '26', '京都市伏見区', 'I', 'SA1', 560],
  ['丹波こうじ店（見本）', 'タンバコウジテン', '28', '丹波篠山市', 'I', 'SA1', 41],
  ['みどり印刷株式会社（見本）', 'ミドリインサツ', '28', '神戸市兵庫区', 'E', 'SA2', 310],
  ['斉藤会計事務所（見本）', 'サイトウカイケイジムショ', '27', '堺市北区', 'L', 'SA2', 18],
  ['渡邉税理士事務所（見本）', 'ワタナベゼイリシジムショ', '27', '吹田市', 'L', 'SA2', 64],
  ['株式会社なにわ冷凍（見本）', 'ナニワレイトウ', '27', '大阪市此花区', 'H', 'SA1', 220],
  ['合同会社さくら介護（見本）', 'サクラカイゴ', '29', '奈良市', 'P', 'SA1', 133],
  ['株式会社ＡＢＣ電子（見本）', 'エービーシーデンシ', '25', '草津市', 'E', 'SA2', 255],
  ['紀州梅本舗株式会社（見本）', 'キシュウウメホンポ', '30', '田辺市', 'E', 'SA1', 88],
  ['ひかり保育園（見本）', 'ヒカリホイクエン', '28', '西宮市', 'O', 'SA1', 12],
  ['株式会社東雲ソフト（見本）', 'シノノメソフト', '13', '江東区', 'G', 'SA2', 402],
  ['浜松歯車工業株式会社（見本）', 'ハママツハグルマコウギョウ', '22', '浜松市中央区', 'E', 'SA2', 150],
  ['十勝乳業株式会社（見本）', 'トカチニュウギョウ', '01', '帯広市', 'E', 'SA1', 77],
  ['博多運輸株式会社（見本）', 'ハカタウンユ', '40', '福岡市博多区', 'H', 'SA1', 198],
]

/**
 * A register of its own with invented entries of every state, and a promoter with an offer: what a newcomer finds behind
 * the first door.
 */
export async function fillRegister(
  pool: Pool,
  admin: Actor,
  of: { readonly name: string; readonly contact: string; readonly now: Instant },
): Promise<void> {
  await within(pool, { organisations: [admin.organisation], person: admin.person }, async (tx) => {
    await saveRegistry(tx, {
      id: admin.organisation,
      code: 'MNT',
      name: `${of.name}の登録簿（見本）`,
      nameEn: 'Sample register',
      levels: ['SA1', 'SA2'],
      review: false,
      terms:
        '載せた内容は、だれでも見られます。会社がやめると言うまで続きます。うその内容とわかったときは、載せるのを止めます。',
      dataLicence: 'CC BY 4.0',
      dataLicenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
      contact: of.contact,
      openedAt: of.now,
    })
    await record(tx, admin, { organisation: admin.organisation, act: 'registry.opened' })
    await enterSamples(tx, of.now)
  })
  const promoter = await addPromoter(pool, admin, {
    name: '北浜損害保険（見本）',
    kind: 'insurer',
    ownDeclaration: 'MNT（見本）',
    since: jstDate(of.now - 300 * day),
    url: null,
    now: of.now,
  })
  await addOffer(pool, admin, {
    promoter,
    title: 'サイバー保険の相談が無料（見本）',
    text: '一つ星以上を宣言した会社は、いまの契約で足りない所を、担当者と一緒に確かめられます。',
    level: 'SA1',
    prefectures: [],
    industries: [],
    startsOn: jstDate(of.now - 30 * day),
    endsOn: null,
    contact: '06-0000-0000（見本）',
    now: of.now,
  })
}

async function enterSamples(tx: Tx, now: Instant): Promise<void> {
  const numbers: string[] = []
  for (const sample of samples) {
    const declared = now - sample[6] * day
    numbers.push(await enterEntry(tx, entryOf(sample, declared), { by: 'company', now: declared }))
  }
  const [first, , third] = numbers
  if (first === undefined || third === undefined) return
  const reason = '住所の変更を確かめています（見本）'
  await changeEntryStatus(
    tx,
    { number: first, status: 'suspended', reason },
    { by: 'registry', now: now - 2 * day },
  )
  await changeEntryStatus(tx, { number: third, status: 'stopped' }, { by: 'company', now: now - 20 * day })
}

function entryOf(sample: Sample, declared: Instant): NewEntry {
  const [name, nameKana, prefecture, town, industry, level] = sample
  return {
    name,
    nameKana,
    corporateNumber: undefined,
    soleProprietor: !/会社/.test(name),
    prefecture,
    town,
    industry,
    level,
    pledgeEdition: 'jou6',
    declaredOn: jstDate(declared),
    selfCheckOn: level === 'SA2' ? jstDate(declared - 3 * day) : undefined,
    policyUrl: undefined,
    replaces: undefined,
  }
}
