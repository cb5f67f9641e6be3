import type { Instant } from '../base/time.ts'
import { structuredData } from './structured-data.ts'

/** How far the numbers of one sender have come. */
export type Sequence = {
  readonly last: number
  /** All that was found missing, and how often the numbers began anew. */
  readonly missing: number
  readonly runs: number
}

/** The sequences of one sensor by the sender's host name: a relay speaks for several. */
export type Sequences = ReadonlyMap<string, Sequence>

/** Messages `from` to `to` of a sender never arrived; found at the line after them. */
export type Gap = {
  readonly stream: string
  readonly from: number
  readonly to: number
  readonly missing: number
  readonly at: Instant
}

export type NumberedLine = { readonly raw: string; readonly receivedAt: Instant }

/** Hosts of one sensor whose numbers are followed; more would be a sender that invents names. */
const mostStreams = 50

const largest = 2_147_483_647

/**
 * The host and `[meta sequenceId]` of a line (RFC 5424 §7.3.1). Nothing else is a sequence: a counter in the text may skip
 * for reasons of its own.
 */
export function sequenceOf(raw: string): { readonly stream: string; readonly number: number } | undefined {
  if (!raw.startsWith('<') || !raw.includes('[meta ')) return undefined
  const data = structuredData(raw.slice(0, 4_096))
  const text = data?.elements.find((element) => element.id === 'meta')?.params.get('sequenceId')
  if (!data || text === undefined || !/^[1-9]\d{0,9}$/.test(text)) return undefined
  const number = Number(text)
  return number <= largest ? { stream: data.host, number } : undefined
}

/**
 * Finds the numbers that are missing in the lines of one sensor, given in the order in which they were kept. A number that
 * is not above the last one begins a new run (a restarted sender, or one that sends again what it is unsure of), unless
 * it fills a gap of these same lines: UDP may swap neighbours.
 */
export function findGaps(
  state: Sequences,
  lines: readonly NumberedLine[],
): { readonly state: Sequences; readonly gaps: readonly Gap[] } {
  const next = new Map(state)
  const gaps = new Map<string, Gap[]>()
  for (const { raw, receivedAt } of lines) {
    const found = sequenceOf(raw)
    if (!found) continue
    const { stream, number } = found
    const known = next.get(stream)
    if (!known) {
      if (next.size < mostStreams) next.set(stream, { last: number, missing: 0, runs: 1 })
      continue
    }
    const open = gaps.get(stream) ?? []
    if (number > known.last) {
      if (number > known.last + 1) {
        const gap = {
          stream,
          from: known.last + 1,
          to: number - 1,
          missing: number - 1 - known.last,
          at: receivedAt,
        }
        gaps.set(stream, [...open, gap])
      }
      next.set(stream, { ...known, last: number })
    } else if (open.some((gap) => gap.from <= number && number <= gap.to)) {
      gaps.set(stream, fill(open, number))
    } else {
      next.set(stream, { ...known, last: number, runs: known.runs + 1 })
    }
  }
  return summed(next, [...gaps.values()].flat())
}

function fill(gaps: readonly Gap[], number: number): Gap[] {
  return gaps.flatMap((gap) => {
    if (number < gap.from || number > gap.to) return [gap]
    const before = { ...gap, to: number - 1, missing: number - gap.from }
    const after = { ...gap, from: number + 1, missing: gap.to - number }
    return [before, after].filter((part) => part.missing > 0)
  })
}

function summed(
  sequences: Map<string, Sequence>,
  gaps: readonly Gap[],
): { state: Sequences; gaps: readonly Gap[] } {
  for (const { stream, missing } of gaps) {
    const sequence = sequences.get(stream)
    if (sequence) sequences.set(stream, { ...sequence, missing: sequence.missing + missing })
  }
  return { state: sequences, gaps }
}
