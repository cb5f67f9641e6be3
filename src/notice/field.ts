import type { Instant } from '../base/time.ts'
import type { Lang, NoticeCatalogue } from './catalogue.ts'
import { countryName } from './country.ts'
import { sayActTime, sayDate, sayDuration, sayInstant, saySpan, sayUntil } from './say-time.ts'

/** What is held by a recorded act: the device's own log line, or an act of ours. */
export type Held = { readonly kind: string; readonly at: Instant; readonly by: string }

/** What a notice tells of: structured data only, from the alert or the silence. */
export type Story = {
  readonly detection: string
  readonly held: Held | null
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly device: { readonly nickname: string; readonly person: string | null } | null
  /** Values by name; see `fieldValue`. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** When and for whom the values are said. */
export type Saying = {
  readonly lang: Lang
  /** When the reader reads it. */
  readonly now: Instant
  /** By when we call after this notice. */
  readonly callBy: Instant
}

const entries: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  vpn: { ja: '外からの入口（VPN）', en: 'the VPN' },
  rdp: { ja: '外から操作する入口（RDP）', en: 'the remote control entry (RDP)' },
  ssh: { ja: '外から操作する入口', en: 'the remote control entry' },
  admin: { ja: '機械の設定の入口', en: 'the settings page of the box' },
  utm: { ja: '会社の入口の機械（UTM）', en: "the box at your company's entrance (UTM)" },
  router: { ja: '会社の入口の機械', en: "the box at your company's entrance" },
}
const equipments: typeof entries = {
  vpn: { ja: '会社に入る機械（VPN）', en: 'The box for coming in from outside (VPN)' },
  utm: { ja: '会社の入口の機械（UTM）', en: "The box at your company's entrance (UTM)" },
  router: { ja: '会社の入口の機械', en: "The box at your company's entrance" },
}
const origins: typeof entries = {
  mail: { ja: 'メールの添付ファイル', en: 'a mail attachment' },
  download: { ja: 'ホームページのファイル', en: 'a file from a web page' },
  usb: { ja: 'USBメモリーの中身', en: 'a file on a USB stick' },
}
const destinations: typeof entries = {
  abroad: { ja: '外国', en: 'a place abroad' },
  cloud: { ja: 'ネットの保存場所', en: 'a storage place on the net' },
  mail: { ja: '社外のメール', en: 'a mailbox outside' },
}

/** Cuts to at most `max` characters; the cut is shown. */
function cut(text: string, max: number): string {
  const all = [...text]
  return all.length <= max ? text : `${all.slice(0, max - 1).join('')}…`
}

/** Takes out what could pretend to be part of our sentence: quotes, brackets, line ends, invisible characters, links. */
function plain(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}「」『』"<>{}。、]+/gu, ' ')
    .trim()
  return text === '' || text.includes('://') ? undefined : cut(text, max)
}

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A count: thousands commas; from 100,000 on in ten thousands, as 「約12万」. */
function sayCount(value: number, lang: Lang): string {
  const whole = Math.round(value)
  if (whole < 100_000) return whole.toLocaleString('en-US')
  if (lang === 'en') return `about ${(Math.round(whole / 10_000) * 10_000).toLocaleString('en-US')}`
  return whole < 100_000_000 ? `約${Math.round(whole / 10_000)}万` : `約${Math.round(whole / 100_000_000)}億`
}

/** Bytes as MB or GB: 「48GB」「0.1GB」, “48 GB”. */
function sayBytes(bytes: number, lang: Lang): string {
  const gap = lang === 'ja' ? '' : ' '
  const mega = bytes / 1e6
  if (mega < 100) return `${Math.max(1, Math.round(mega))}${gap}MB`
  const giga = mega / 1_000
  return `${giga < 10 ? Math.round(giga * 10) / 10 : Math.min(9_999, Math.round(giga))}${gap}GB`
}

const longer = (max: number, lang: Lang): number => (lang === 'ja' ? max : max * 2)

type Ask = {
  readonly name: string
  readonly value: unknown
  readonly max: number
  readonly story: Story
  readonly saying: Saying
}

/** One way to say a value per type of field; undefined = no value. */
const sayings: Readonly<Record<NoticeCatalogue['fields'][string]['type'], (ask: Ask) => string | undefined>> =
  {
    nickname: ({ name, value, max, story, saying }) =>
      plain(value ?? (name === 'device' ? story.device?.nickname : undefined), longer(max, saying.lang)),
    instant: (ask) => sayMoment(ask),
    date: ({ value, saying }) => {
      const at = numberOf(value)
      return at === undefined ? undefined : sayDate(at, saying.lang)
    },
    span: ({ story, saying }) =>
      saySpan(
        numberOf(story.facts['periodFrom']) ?? story.firstAt,
        numberOf(story.facts['periodTo']) ?? story.lastAt,
        saying.lang,
      ),
    count: ({ value, max, saying }) => {
      const number = numberOf(value)
      if (number === undefined) return undefined
      const said = sayCount(number, saying.lang)
      // A number that does not fit is left out rather than made smaller.
      return saying.lang === 'en' || [...said].length <= max ? said : undefined
    },
    bytes: ({ value, saying }) => {
      const bytes = numberOf(value)
      return bytes === undefined ? undefined : sayBytes(bytes, saying.lang)
    },
    country: ({ value, max, saying }) => {
      const name = typeof value === 'string' ? countryName(value, saying.lang) : undefined
      return name !== undefined && [...name].length <= longer(max, saying.lang) * 2
        ? cutCountry(name, max, saying.lang)
        : undefined
    },
    place: ({ value, max, saying }) => plain(value, longer(max, saying.lang)),
    duration: ({ value, saying }) => {
      const seconds = numberOf(value)
      return seconds === undefined ? undefined : sayDuration(seconds * 1_000, saying.lang)
    },
    account: ({ value, max, saying }) => plain(value, longer(max, saying.lang)),
    person: ({ value, max, story, saying }) => plain(value ?? story.device?.person, longer(max, saying.lang)),
    brand: ({ value, max, saying }) => plain(value, longer(max, saying.lang)),
    maker: ({ value, max, saying }) => plain(value, longer(max, saying.lang)),
    entry: ({ name, value, saying }) =>
      (name === 'equipment' ? equipments : entries)[String(value)]?.[saying.lang],
    origin: ({ name, value, saying }) =>
      (name === 'destination' ? destinations : origins)[String(value)]?.[saying.lang],
  }

/** A country whose Japanese name is too long is not said half. */
function cutCountry(name: string, max: number, lang: Lang): string | undefined {
  return lang === 'en' || [...name].length <= max ? name : undefined
}

function sayMoment({ name, value, story, saying }: Ask): string | undefined {
  if (name === 'callBy') return sayUntil(saying.callBy, saying.now, saying.lang)
  if (name === 'actionTime') {
    return story.held ? sayActTime(story.held.at, saying.now, saying.lang) : undefined
  }
  return sayInstant(numberOf(value) ?? story.firstAt, saying.now, saying.lang)
}

/**
 * The value of a field in words, or undefined when it is not known (the text then uses the field's words for that, another
 * sentence, or none). Longest values are cut by type, numbers are never changed.
 */
export function fieldValue(
  name: string,
  context: { readonly story: Story; readonly saying: Saying; readonly catalogue: NoticeCatalogue },
): string | undefined {
  const rule = context.catalogue.fields[name]
  if (!rule) return undefined
  const { story, saying } = context
  return sayings[rule.type]({ name, value: story.facts[name], max: rule.max, story, saying })
}
