/** A sentence of a text, with where it begins. */
export type Sentence = { readonly at: number; readonly text: string }

/** A line that ends so goes on in the next one: a particle, a comma, an opening bracket, a small word of English. */
const goesOn =
  /(?:[のをがはにでともやへ、,・(「『~-]|\b(?:by|the|of|for|under|as|an?|with|in|to|and|is|are|been|has|have|was|were))\s*$/i
/** A line that begins so goes on from the one before. */
const goesOnFrom = /^\s*(?:[のをがはにもとでへ)、」』]|(?:認定|認証|取得|公認|合格))/
/** What begins a point of a list. */
const point = /^\s*(?:[-*・●○■□◆◇▶※]|\d+[.)])/

/** Whether the line ends at a sentence's end: else a text that is broken in the middle of one is read on. */
function endsAt(line: string, next: string): boolean {
  if (next.trim() === '' || point.test(next)) return true
  return !goesOn.test(line) && !goesOnFrom.test(next)
}

/** The sentences of a text in one writing, by 。！？, by a full stop with a space, and by lines that do not go on. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let from = 0
  const end = (to: number): void => {
    if (to > from) sentences.push({ at: from, text: text.slice(from, to) })
    from = to
  }
  for (const mark of text.matchAll(/[。!?]+|\.(?=\s|$)|\n+/g)) {
    const after = mark.index + mark[0].length
    if (!mark[0].startsWith('\n')) end(after)
    else if (mark[0].length > 1 || endsAt(lineBefore(text, mark.index), lineAfter(text, after))) end(after)
  }
  end(text.length)
  return sentences
}

/** Only as much as is looked at: lines may be long. */
const lineBefore = (text: string, end: number): string => text.slice(Math.max(0, end - 20), end)
const lineAfter = (text: string, from: number): string => text.slice(from, from + 20).split('\n')[0] ?? ''
