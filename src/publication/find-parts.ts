import type { Lacking } from './publication.ts'

/** Old and new writings of the same sign, as they differ between a register and a web page. */
const variants: Readonly<Record<string, string>> = {
  髙: '高',
  﨑: '崎',
  嵜: '崎',
  濵: '浜',
  濱: '浜',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  齊: '斎',
  斉: '斎',
  澤: '沢',
  廣: '広',
  德: '徳',
  惠: '恵',
  國: '国',
  靜: '静',
  瀨: '瀬',
  眞: '真',
  槇: '槙',
  藏: '蔵',
  彥: '彦',
  曾: '曽',
  龍: '竜',
  嶋: '島',
  鐵: '鉄',
  冨: '富',
  會: '会',
}

const forms: Readonly<Record<string, string>> = {
  株式会社: '(株)',
  有限会社: '(有)',
  合同会社: '(同)',
  合資会社: '(資)',
  合名会社: '(名)',
}

/** ㈱ = (株) = 株式会社, width, letters of either case, spaces, dots and hyphens, old signs: all in one writing. */
export function foldName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・･.,'’\-‐‑–—−]/gu, '')
    .replace(/[髙﨑嵜濵濱邊邉齋齊斉澤廣德惠國靜瀨眞槇藏彥曾龍嶋鐵冨會]/gu, (sign) => variants[sign] ?? sign)
    .replace(/株式会社|有限会社|合同会社|合資会社|合名会社/g, (form) => forms[form] ?? form)
}

const number = '(?:[0-9]{1,2}|元|[〇一二三四五六七八九十]{1,3})'
/** The other year beside it: 令和8年（2026年）4月1日, 2026（令和8）年4月1日. */
const other = '(?:\\([^()]{2,12}\\) ?)?'
const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
/** Dates of a day or a month, in western and Japanese years, in figures or 〇一二, and in English. */
const dates = new RegExp(
  [
    `(?:(?:19|20)[0-9]{2}|[一二][〇一二三四五六七八九]{3}|(?:令和|平成|昭和) ?${number}) ?${other}年 ?${other}${number} ?月(?: ?${number} ?日)?`,
    '(?:(?:19|20)[0-9]{2}|\\b[rh][0-9]{1,2})(?:[./-](?:0?[1-9]|1[0-2]))(?:[./-](?:0?[1-9]|[12][0-9]|3[01]))?(?![0-9])',
    `\\b(?:${months} (?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?|[0-9]{1,2}(?:st|nd|rd|th)? ${months},? )20[0-9]{2}`,
  ].join('|'),
  'gi',
)
const adoption =
  /制定|策定|改定|改訂|改正|施行|見直|発効|発行|定め|adopted|established|enacted|effective|revised|amended|issued|reviewed/i
/** Who signs stands under the date in many policies that have no other word at it. */
const signature =
  /代表|社長|理事長|院長|所長|店主|園長|会長|president|representative|director|chief executive/i

/** Whether the text has a date of adoption or revision: a date beside such a word, or above a signature. */
export function hasAdoptionDate(text: string): boolean {
  const flat = text.normalize('NFKC').replace(/\s+/g, ' ')
  for (const found of flat.matchAll(dates)) {
    const end = found.index + found[0].length
    const beside = `${flat.slice(Math.max(0, found.index - 20), found.index)} ${flat.slice(end, end + 20)}`
    if (adoption.test(beside) || signature.test(flat.slice(end, end + 60))) return true
  }
  return false
}

const titles =
  /情報セキュリティー?(?:に関する)?(?:基本)?(?:方針|ポリシー)|セキュリティー?(?:基本)?(?:方針|ポリシー)|informationsecurity(?:basic)?policy|(?:basic)?policy(?:on|for)informationsecurity|securitypolicy/

/** What of the three parts a page does not show. `title` is that of the company's own policy, if it knows one here. */
export function lackingOf(
  text: string,
  wanted: { readonly name: string; readonly title: string | undefined },
): readonly Lacking[] {
  const folded = foldName(text)
  const own = wanted.title === undefined ? '' : foldName(wanted.title)
  const lacking: Lacking[] = []
  if (!folded.includes(foldName(wanted.name))) lacking.push('name')
  if (!hasAdoptionDate(text)) lacking.push('date')
  if (!titles.test(folded) && (own === '' || !folded.includes(own))) lacking.push('title')
  return lacking
}
