/**
 * Text in a picture that wraps by no browser: how wide it is at most, and where it breaks. Widths are upper bounds over
 * the common Japanese and Latin fonts (Noto Sans JP, Hiragino, Yu Gothic, Meiryo, DejaVu Sans bold), because nobody
 * knows which one the reader has.
 */
const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

const narrow = /^[ijl.,:;'|!I ()[\]{}·]$/
const wide = /^[mwMW@%&]$/
const half = /^[ -~\u00a0-\u036f\u0370-\u04ff\uff61-\uff9f]/u

/** Width of one visible character in parts of the size of the type. */
function emOf(character: string): number {
  if (narrow.test(character)) return 0.46
  if (wide.test(character)) return 1.1
  if (/^[A-Z]$/.test(character)) return 0.84
  return half.test(character) ? 0.75 : 1
}

const charactersOf = (text: string): string[] => [...segmenter.segment(text)].map((part) => part.segment)

/** Width at most, in parts of the size of the type. */
export function widthOf(text: string): number {
  return charactersOf(text).reduce((sum, character) => sum + emOf(character), 0)
}

/** Never stands at the beginning of a line. */
const notFirst =
  /^[、。，．・：；？！゛゜ヽヾゝゞ々ー」』）〕］｝〉》】〟’”)\]},.:;?!%ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u
/** Never stands at the end of a line. */
const notLast = /[「『（〔［｛〈《【〝‘“([{]$/u

const latinEnd = /[!-~\u00c0-\u04ff]$/u
const latin = /^[!-~\u00c0-\u04ff]/u
const katakanaEnd = /[ァ-ヺーｦ-ﾟ]$/u
const katakana = /^[ァ-ヺーｦ-ﾟ]/u

/**
 * Pieces that stay together: words of Latin letters with the space after them, single characters of everything else;
 * foreign words in katakana too, as long as `wholeWords`.
 */
function piecesOf(text: string, wholeWords: boolean): string[] {
  const pieces: string[] = []
  for (const character of charactersOf(text)) {
    const last = pieces.at(-1)
    const joins =
      last !== undefined &&
      ((latinEnd.test(last) && latin.test(character)) ||
        (wholeWords && katakanaEnd.test(last) && katakana.test(character)) ||
        character === ' ' ||
        notFirst.test(character) ||
        notLast.test(last))
    if (joins) pieces[pieces.length - 1] = last + character
    else pieces.push(character)
  }
  return pieces
}

/** Lines that fit, or undefined when some piece does not fit a line by itself. */
function wrap(text: string, ems: number, wholeWords: boolean): string[] | undefined {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text, wholeWords)) {
    if (widthOf(piece.trimEnd()) > ems) return undefined
    if (line !== '' && widthOf((line + piece).trimEnd()) > ems) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return line === '' ? lines : [...lines, line.trimEnd()]
}

/** As much as fits of each line, character by character, and an ellipsis where the rest is missing. */
function cut(text: string, ems: number, most: number): string[] {
  const lines = ['']
  for (const character of charactersOf(text)) {
    const line = lines.at(-1) ?? ''
    const room = lines.length === most ? ems - 1 : ems
    if (widthOf(line + character) <= room) lines[lines.length - 1] = line + character
    else if (lines.length < most) lines.push(character.trimStart())
    else return [...lines.slice(0, -1), `${line}…`]
  }
  return lines
}

/** What is tried in order: the size, the lines that have room at it, and whether a word may break. */
const steps = [
  { size: 20, lines: 1, wholeWords: true },
  { size: 17, lines: 1, wholeWords: true },
  { size: 17, lines: 2, wholeWords: true },
  { size: 14, lines: 2, wholeWords: true },
  { size: 17, lines: 2, wholeWords: false },
  { size: 14, lines: 2, wholeWords: false },
  { size: 12, lines: 3, wholeWords: true },
  { size: 12, lines: 3, wholeWords: false },
] as const
const smallest = { size: 11, lines: 3 }

/** A name in the largest type in which it fits `width` pixels; a very long one ends with an ellipsis. */
export function fitName(
  text: string,
  width: number,
): { readonly size: number; readonly lines: readonly string[] } {
  for (const { size, lines: most, wholeWords } of steps) {
    const lines = wrap(text, width / size, wholeWords)
    if (lines !== undefined && lines.length <= most) return { size, lines }
  }
  return { size: smallest.size, lines: cut(text, width / smallest.size, smallest.lines) }
}

/**
 * Text for an XML document: without what XML 1.0 cannot hold (control characters, half characters) and without marks
 * that turn the direction of writing, then escaped for content and for attributes in double quotes.
 */
export function xml(text: string): string {
  return tidy(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** One line of visible text. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu, '')
    .trim()
}
