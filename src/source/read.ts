import { unwrap } from './envelope.ts'
import { fortigate } from './fortigate/parse.ts'
import type { Hints, Parsed, Source, SourceName } from './source.ts'
import { sshd } from './sshd/parse.ts'
import { syslog } from './syslog/parse.ts'
import { storable } from './text.ts'
import { windows } from './windows/parse.ts'

/** Every log source of this edition, in the order in which a line is held against them; plain syslog last. */
export const sources: readonly Source[] = [windows, fortigate, sshd, syslog]

/** Longer texts are not looked into; receivers cut lines long before. */
const longest = 1_048_576

/** The source that a line looks like. A line that looks like none is `syslog`, whose reader then says `failed`. */
export function recognise(line: string): SourceName {
  return sources.find((source) => source.recognises(line))?.name ?? 'syslog'
}

/**
 * Reads one line. Never throws: a fault inside a parser gives the status `failed` with a reason, like a line that is not
 * of the source.
 *
 * @param source the source fixed for the sensor, or `auto` to recognise each line by its look.
 * @param hints our clock at arrival, and the offset for times without zone.
 */
export function read(line: string, source: SourceName | 'auto', hints: Hints): Parsed {
  try {
    if (line.length > longest) return failed(source, hints, `longer than ${longest} characters`)
    const parsed = readStored(storable(line), source, hints)
    return Number.isFinite(parsed.eventTime) ? parsed : failed(source, hints, 'BUG: the parser gave no time')
  } catch (error) {
    return failed(
      source,
      hints,
      `BUG: the parser broke: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function readStored(line: string, source: SourceName | 'auto', hints: Hints): Parsed {
  const wanted = source === 'auto' ? recognise(line) : source
  const inner = wanted === 'windows' ? undefined : unwrap(line)
  if (inner === undefined) return sourceNamed(wanted).read(line, hints)
  return sourceNamed(source === 'auto' ? recognise(inner) : source).read(inner, hints)
}

function sourceNamed(name: SourceName): Source {
  return sources.find((each) => each.name === name) ?? syslog
}

function failed(source: SourceName | 'auto', hints: Hints, reason: string): Parsed {
  return {
    source: source === 'auto' ? 'syslog' : source,
    status: 'failed',
    reason,
    eventTime: Number.isFinite(hints.receivedAt) ? hints.receivedAt : 0,
    timeSource: 'received',
    labels: { categories: [], services: [] },
    common: {},
    fields: {},
  }
}
