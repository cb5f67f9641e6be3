import { checkWording } from '../wording/index.ts'
import type { Filled } from './application.ts'

/** Why a person looks at an application before it is entered. */
export const reasons = [
  'always',
  'duplicate-number',
  'duplicate-name',
  'identity-changed',
  'name-kind',
  'wording',
  'mail-disposable',
  'policy-unreachable',
  'policy-lacking',
  'policy-unreadable',
  'sole-proprietor',
  'mail-elsewhere',
  'mail-many',
] as const
export type Reason = (typeof reasons)[number]

/** `strong` alone asks for a person; of `weak` ones it takes two. `detail` is what was found, for the reviewer only. */
export type Oddity = {
  readonly reason: Reason
  readonly weight: 'strong' | 'weak'
  readonly detail: string
}

/** What a look at the page of the policy found. */
export type PolicyLook =
  | { readonly found: 'good' }
  /** `detail`: the address at which it ended, or which parts are missing. */
  | { readonly found: 'unreachable' | 'lacking' | 'unreadable'; readonly detail: string }

/** What the register itself knows beside the application. */
export type Surroundings = {
  /** Whether this register looks at every application. */
  readonly always: boolean
  /** Numbers of entries in force, besides the one that is changed. */
  readonly sameCorporateNumber: readonly string[]
  readonly sameNameAndPrefecture: readonly string[]
  /** Entries that came from the same mail address, besides the one that is changed. */
  readonly sameMail: number
  readonly identityChanged: boolean
  /** Absent where no policy is asked for. */
  readonly policy?: PolicyLook
}

const strong = (reason: Reason, detail = ''): Oddity => ({ reason, weight: 'strong', detail })
const weak = (reason: Reason, detail = ''): Oddity => ({ reason, weight: 'weak', detail })

/** Everything odd about an application, the strong ones first. */
export function odditiesOf(filled: Filled, around: Surroundings): readonly Oddity[] {
  const found: Oddity[] = []
  if (around.always) found.push(strong('always'))
  if (around.sameCorporateNumber.length > 0)
    found.push(strong('duplicate-number', around.sameCorporateNumber.join(' ')))
  // The same firm twice is told once, by its number.
  else if (around.sameNameAndPrefecture.length > 0)
    found.push(strong('duplicate-name', around.sameNameAndPrefecture.join(' ')))
  if (around.identityChanged) found.push(strong('identity-changed'))
  const kind = nameAgainstNumber(filled)
  if (kind !== undefined) found.push(strong('name-kind', kind))
  const claims = [filled.name, filled.nameKana, filled.town].flatMap((text) => checkWording(text ?? ''))
  if (claims.length > 0) found.push(strong('wording', claims.map((hit) => hit.words).join(' ')))
  const host = (filled.email ?? '').split('@')[1] ?? ''
  if (disposable.has(host)) found.push(strong('mail-disposable', host))
  if (around.policy && around.policy.found !== 'good')
    found.push(strong(`policy-${around.policy.found}`, around.policy.detail))
  if (filled.kind === 'sole') found.push(strong('sole-proprietor'))
  if (isElsewhere(host, filled.url)) found.push(weak('mail-elsewhere', host))
  if (around.sameMail >= manyFromOneMail) found.push(weak('mail-many', String(around.sameMail)))
  return found
}

/** Whether a person has to look: one strong oddity, or two weak ones. */
export function needsPerson(found: readonly Oddity[]): boolean {
  return found.some(({ weight }) => weight === 'strong') || found.length >= 2
}

/** An adviser declares for a few of its customers; more than this from one mailbox is worth a look beside something else. */
const manyFromOneMail = 3

const forms: Readonly<Record<string, readonly string[]>> = {
  '01': ['株式会社'],
  '02': ['有限会社'],
  '03': ['合名会社', '合資会社', '合同会社'],
}
const allForms = Object.values(forms).flat()

/** ㈱, (株) and the like in their long form. */
function longForms(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll('(株)', '株式会社')
    .replaceAll('(有)', '有限会社')
    .replaceAll('(合)', '合同会社')
    .replaceAll('(同)', '合同会社')
    .replaceAll('(名)', '合名会社')
    .replaceAll('(資)', '合資会社')
}

/**
 * Whether the name says another kind of body than the number. The 12 digits after the check digit are the number of the
 * company register: 4 of the office, 2 of the kind of record (01 株式会社, 02 有限会社, 03 the other companies and foreign
 * ones, 05 other bodies), 6 in order (商業登記規則 第1条の2; the meaning of the two digits is secondary). A company that
 * changed its form keeps its number, so this asks for a look and refuses nobody.
 */
function nameAgainstNumber(filled: Filled): string | undefined {
  const name = longForms(filled.name ?? '')
  const said = allForms.find((form) => name.includes(form))
  if (filled.kind === 'sole') return said
  const base = (filled.corporateNumber ?? '').slice(1)
  if (base === '') return undefined
  // 00…: bodies of the state; 7…: bodies that no register of companies holds.
  const kind = base.startsWith('00') || base.startsWith('7') ? 'other' : base.slice(4, 6)
  const wanted = forms[kind]
  // A foreign company under 03 may be called anything.
  if (kind === '03') return said === undefined || wanted?.includes(said) ? undefined : said
  if (wanted === undefined) return said
  return said !== undefined && wanted.includes(said) ? undefined : (said ?? wanted.join(' '))
}

/** Mailboxes that anybody has for ten minutes; a short list of the usual ones, since a long one is old the next day. */
const disposable: ReadonlySet<string> = new Set([
  '10minutemail.com',
  'dispostable.com',
  'getnada.com',
  'guerrillamail.com',
  'mail.tm',
  'mailinator.com',
  'maildrop.cc',
  'mohmal.com',
  'moakt.com',
  'sharklasers.com',
  'temp-mail.org',
  'tempmail.com',
  'throwawaymail.com',
  'trashmail.com',
  'yopmail.com',
  'sute.jp',
  'instaddr.ch',
  'kuku.lu',
])

/** Mail of a provider that many small firms use: says nothing about the web address. */
const shared =
  /(?:^|\.)(?:gmail\.com|yahoo\.co\.jp|ymail\.ne\.jp|outlook\.(?:com|jp)|hotmail\.(?:com|co\.jp)|live\.jp|icloud\.com|me\.com|docomo\.ne\.jp|ezweb\.ne\.jp|au\.com|softbank\.ne\.jp|i\.softbank\.jp|nifty\.com|biglobe\.ne\.jp|ocn\.ne\.jp|so-net\.ne\.jp|plala\.or\.jp|dti\.ne\.jp|eonet\.ne\.jp|zaq\.ne\.jp|asahi-net\.or\.jp)$/

function isElsewhere(mailHost: string, url: string | undefined): boolean {
  if (url === undefined || mailHost === '' || shared.test(mailHost) || !URL.canParse(url)) return false
  return registered(mailHost) !== registered(new URL(url).hostname)
}

/** The part of a host name that somebody registered: `www.yamada.co.jp` and `mail.yamada.co.jp` → `yamada.co.jp`. */
function registered(host: string): string {
  const labels = host.toLowerCase().split('.')
  const second = labels.at(-2) ?? ''
  const three = labels.at(-1) === 'jp' && /^(?:ac|ad|co|ed|go|gr|lg|ne|or)$/.test(second)
  return labels.slice(three ? -3 : -2).join('.')
}
