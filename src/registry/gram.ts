/**
 * The register finds names by their pairs of neighbouring characters, because two-character names (山田) are usual and
 * defeat trigrams. A pair is one int4: two code points of 16 bits, so that the index compares numbers and not texts.
 * Characters beyond the basic plane share numbers; who asks compares the text afterwards.
 */
const pair = (first: number, second: number): number => ((first & 0xffff) << 16) | (second & 0xffff)

const codes = (text: string): number[] => [...text].map((character) => character.codePointAt(0) ?? 0)

/** All single characters and all pairs of a search key: what stands in the index. */
export function gramsOf(key: string): number[] {
  const all = codes(key)
  return [...all.map((code) => pair(code, 0)), ...all.slice(1).map((code, at) => pair(all[at] ?? 0, code))]
}

/** What a row must hold to have this word in it: its pairs, or the character itself where there is only one. */
export function gramsToFind(word: string): number[] {
  const all = codes(word)
  if (all.length === 1) return all.map((code) => pair(code, 0))
  return [...new Set(all.slice(1).map((code, at) => pair(all[at] ?? 0, code)))]
}

/** Whether the grams of a word say all about it; longer ones can have their pairs scattered, rare characters a namesake. */
export function gramsSuffice(word: string): boolean {
  return codes(word).length <= 2 && codes(word).every((code) => code <= 0xffff)
}

/** Filters stand in the same index, in the private area that no search key holds: one look-up answers both. */
const facetRow = 0xe000
const facets = ['level', 'status', 'prefecture', 'industry'] as const
export type Facet = (typeof facets)[number]

/** The gram of e.g. prefecture 27. The value is at most two characters of ASCII. */
export function facetGram(facet: Facet, value: string): number {
  const [first = 0, second = 0] = codes(value)
  return pair(facetRow + facets.indexOf(facet), ((first & 0xff) << 8) | (second & 0xff))
}
