import { compile } from './compile.ts'
import { type CorrelationHit, type Correlator, type CorrelatorLimits, makeCorrelator } from './correlate.ts'
import { labels, load } from './test-kit.ts'

/** For tests of this folder: a rule that fires on `kind: name`. */
export function detects(name: string): unknown {
  return {
    title: name,
    name,
    logsource: { category: 'process_creation' },
    detection: { sel: { kind: name }, condition: 'sel' },
  }
}

/** A correlation document named after its title. */
export function correlates(name: string, section: Readonly<Record<string, unknown>>): unknown {
  return { title: name, name, level: 'high', correlation: section }
}

/** Something that happened at 山田製作所, unless another company is named; `at` in seconds. */
export type Happening = {
  readonly kind: string
  readonly at: number
  readonly company?: string
  readonly ref?: string
  readonly [field: string]: unknown
}

export type Bench = {
  readonly correlator: Correlator
  /** Matches what happened and pushes its hits; gives what the correlations said. */
  readonly happens: (...happenings: readonly Happening[]) => CorrelationHit[]
}

let count = 0

/** Compiles documents and gives a correlator to push into. Refused rules throw. */
export function bench(documents: readonly unknown[], limits: Partial<CorrelatorLimits> = {}): Bench {
  const set = load(...documents)
  const error = set.problems.find((problem) => problem.level === 'error')
  if (error !== undefined) throw new Error(error.message)
  const engine = compile(set)
  const correlator = makeCorrelator(engine, limits)
  return {
    correlator,
    happens: (...happenings) =>
      happenings.flatMap(({ company = '山田製作所', at, ref = `event-${count++}`, ...event }) =>
        engine
          .match(event, labels)
          .flatMap((hit) => correlator.push({ company, hit, event, at: at * 1_000, ref })),
      ),
  }
}

/** What was opened, as rule and second of the last hit. */
export function opened(hits: readonly CorrelationHit[]): readonly string[] {
  return hits.filter((hit) => hit.opened).map((hit) => `${hit.rule.title}@${hit.lastAt / 1_000}`)
}
