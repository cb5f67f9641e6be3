import { createHash } from 'node:crypto'
import type { Visited } from '../visit/index.ts'
import { checkWording } from '../wording/index.ts'
import { lackingOf } from './find-parts.ts'
import type { Look, PageClaim } from './publication.ts'

/** Of a page only so many claims are kept and shown. */
const mostClaims = 20

/** Every claim of a text that a self-declaration may not make, each sentence once. */
export function claimsOf(text: string): readonly PageClaim[] {
  const seen = new Map<string, PageClaim>()
  for (const { words, suggestion } of checkWording(text)) seen.set(words, { words, suggestion })
  return [...seen.values()].slice(0, mostClaims)
}

/** What to look for on a page. */
export type Wanted = {
  readonly name: string
  readonly title: string | undefined
  /** Files that a person of the desk has read and found right. */
  readonly confirmed: readonly string[]
}

/** What a visit says about the published policy: 200, readable, and the three parts there (security-action.md 4.2). */
export function judge(visited: Visited, wanted: Wanted): Look {
  if (!visited.ok) return { outcome: 'down', why: visited.why, finalUrl: visited.url, lacking: [], hits: [] }
  const { status, url: finalUrl, text } = visited
  const sha256 = createHash('sha256').update(visited.bytes).digest('hex')
  const seen = { status, finalUrl, sha256 }
  if (status !== 200) return { ...seen, outcome: 'down', why: 'status', lacking: [], hits: [] }
  if (text === undefined) {
    const outcome = wanted.confirmed.includes(sha256) ? 'ok' : 'needs_person'
    return { ...seen, outcome, lacking: [], hits: [] }
  }
  const lacking = lackingOf(text, wanted)
  return { ...seen, outcome: lacking.length === 0 ? 'ok' : 'lacks', lacking, hits: claimsOf(text) }
}
