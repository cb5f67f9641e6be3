import { kanjiVariants } from './kanji-variants.ts'

/** Kinds of body that people leave out, shorten or put on the other side of the name. Written as `fold` leaves them. */
const bodies = [
  '株式会社',
  '有限会社',
  '合同会社',
  '合資会社',
  '合名会社',
  '相互会社',
  '一般社団法人',
  '公益社団法人',
  '一般財団法人',
  '公益財団法人',
  '特定非営利活動法人',
  'npo法人',
  '社会福祉法人',
  '医療法人社団',
  '医療法人財団',
  '医療法人',
  '学校法人',
  '宗教法人',
  '農事組合法人',
  'カブシキガイシヤ',
  'カブシキカイシヤ',
  'ユウゲンガイシヤ',
  'ユウゲンカイシヤ',
  'ゴウドウガイシヤ',
  'ゴウドウカイシヤ',
]
/** Short forms count in brackets only: 株 and 有 also stand in names. */
const short = '株|有|同|合|名|資|相|一社|公社|一財|公財|社|財|特非|社福|福|医|医社|学|宗|農|カ|ユ|ド'
const spaced = (word: string): string => [...word].join(' ?')
const body = new RegExp(
  [
    ...bodies.map(spaced),
    `\\( ?(?:${short}) ?\\)`,
    `^ ?(?:${short}) ?\\)`,
    `\\( ?(?:${short}) ?$`,
    '(?<=[ .,])(?:co ?\\.? ?,? ?ltd|k\\.k|inc|llc|corp) ?\\.? ?$',
  ].join('|'),
  'gu',
)

const vu: Readonly<Record<string, string>> = { ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ', ヴ: 'ブ' }
const alike: ReadonlyMap<string, string> = new Map([
  ...Array.from('ァィゥェォッャュョヮヵヶヂヅヲヰヱ').map(
    (kana, at) => [kana, 'アイウエオツヤユヨワカケジズオイエ'[at] ?? kana] as const,
  ),
  ['之', 'ノ'],
  ...kanjiVariants,
])

/** Whether there can be a kind of body in it at all: most names are read a second time without one. */
const mayHaveBody = /[()]|会 ?社|法 ?人|イ ?シ ?ヤ|[ .,][cikl]/u

/** One form for what differs only in width, case, accents, kana, old kanji. Brackets and spaces are still there. */
function fold(text: string): string {
  const plain = text
    .replace(/[㊑㊒]/gu, (sign) => (sign === '㊑' ? '(株)' : '(有)'))
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(/ヴ[ァィェォ]?/gu, (sound) => vu[sound] ?? sound)
    .replace(/\s+/gu, ' ')
  return [...plain].map((character) => alike.get(character) ?? character).join('')
}

/** Letters and digits only, in words. Of a name of nothing but signs they are kept: they are all there is of it. */
function wordsOf(text: string): string {
  const words = text.split(' ')
  const letters = words.map((word) => word.replace(/[^\p{L}\p{N}]|ー/gu, '')).filter((word) => word !== '')
  if (letters.length > 0) return letters.join(' ')
  return words
    .map((word) => word.replace(/[^\p{P}\p{S}]|[()]/gu, ''))
    .filter((word) => word !== '')
    .join(' ')
}

/** What depends on the neighbours, which a space does not part: 関が原 as 関ケ原, 佐々木 as 佐佐木. */
function settle(text: string): string {
  const whole = text.includes('ガ')
    ? text.replace(/(?<=\p{Script=Han} ?)ガ(?= ?\p{Script=Han})/gu, 'ケ')
    : text
  if (!whole.includes('々')) return whole
  let before = ''
  let done = ''
  for (const character of whole) {
    const now = character === '々' && /\p{Script=Han}/u.test(before) ? before : character
    if (now !== ' ') before = now
    done += now
  }
  return done
}

/** One round of reading; words stay parted by one space. */
function once(text: string): string {
  const folded = fold(text)
  const named = mayHaveBody.test(folded) ? folded.replace(body, ' ') : folded
  return settle(wordsOf(named))
}

/** Taking away can bring together what is taken away again; a name settles after a round or two. */
const mostRounds = 6

function settled(text: string): string {
  let now = text
  for (let round = 0; round < mostRounds; round++) {
    const next = once(now)
    if (next === now) return now
    now = next
  }
  return now
}

/**
 * The name as the register searches it: what people do not tell apart on the telephone is one. Shown is always the name
 * as it was entered.
 *
 * - width, ligatures (㈱, ㌔), case and accents of Latin letters: one
 * - hiragana as katakana, small kana as large (キャノン, キヤノン), ヴァ as バ, ヂヅヲ as ジズオ, without long vowel marks
 *   (コンピューター, コンピュータ)
 * - kanji by `kanji-variants.ts`; 佐々木 as 佐佐木; 之 as ノ; ヶ, ケ and ガ between kanji as ケ
 * - without the kind of body (株式会社, (株), 有限会社, NPO法人 …), without anything that is no letter or digit
 *
 * Settled: the key of a key is that key, and so is every part of a key.
 */
export function searchKey(name: string): string {
  return settled(settled(name).replaceAll(' ', '')).replaceAll(' ', '')
}

/** What is typed, as words that must each stand somewhere in the name or its reading. At most 8. */
export function searchWords(typed: string): string[] {
  const words = settled(typed.slice(0, 200)).split(' ')
  return [...new Set(words)].filter((word) => word !== '').slice(0, 8)
}
