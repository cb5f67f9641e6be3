import { type Head, readHead } from './head.ts'
import type { Warn } from './item.ts'
import { type Path, refuse } from './problem.ts'
import { canonical, sha256 } from './sha256.ts'
import { isMap } from './value.ts'

export const correlationTypes = ['event_count', 'value_count', 'temporal_ordered'] as const
export type CorrelationType = (typeof correlationTypes)[number]

/** A correlation rule after reading. Before linking `rules` holds names as written, afterwards ids. */
export type CorrelationRule = Head & {
  readonly kind: 'correlation'
  readonly type: CorrelationType
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  /** Alias to (rule to field). */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What value_count counts; empty for the other types. */
  readonly fields: readonly string[]
  /** The window in milliseconds: `(t - timespan, t]`. */
  readonly timespan: number
  /** Fires at so many hits, values or steps. */
  readonly threshold: number
  /** Whether the rules it uses still raise something on their own. */
  readonly generate: boolean
  /** Changes whenever its own section or a rule it uses changes its meaning. */
  readonly hash: string
}

type Section = Readonly<Record<string, unknown>>

/** Seconds; a month and a year as the reference converter has them. */
const units: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
}
/** The state of a group grows with what its rule asks for. */
const most = 10_000
const month = 31 * 86_400_000
const known: readonly string[] = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']
const otherTypes: readonly string[] = [
  'temporal',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]
const needsEnd: readonly string[] = ['lt', 'lte', 'eq', 'neq']

const at = (...path: (string | number)[]): Path => ['correlation', ...path]

function textList(written: unknown, path: Path): readonly string[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written]
  return list.map((one) =>
    typeof one === 'string' && one !== '' ? one : refuse('expected a text or a list of texts', path),
  )
}

function readType(section: Section): CorrelationType {
  const { type } = section
  const found = correlationTypes.find((one) => one === type)
  if (found !== undefined) return found
  if (otherTypes.includes(String(type)))
    return refuse(`the type \`${String(type)}\` is not supported yet`, at('type'))
  return refuse(`unknown correlation type \`${String(type)}\``, at('type'))
}

function readTimespan(section: Section, warn: Warn): number {
  const written = section['timespan']
  const found = /^(\d{1,9})([smhdwMy])$/.exec(typeof written === 'string' ? written : '')
  const span = Number(found?.[1]) * (units[found?.[2] ?? ''] ?? 0) * 1_000
  if (!(span > 0)) return refuse('`timespan` is a number with s, m, h, d, w, M or y', at('timespan'))
  if (span > month) warn('`timespan` is over 31 days; `M` means months, `m` minutes', at('timespan'))
  return span
}

/** The number of hits, values or steps from which it fires. */
function readThreshold(section: Section, type: CorrelationType, rules: number): number {
  const { condition } = section
  const path = at('condition')
  if (condition === undefined && type === 'temporal_ordered') return rules
  if (!isMap(condition)) return refuse('`condition` must be a map such as `gte: 10`', path)
  const operators = Object.keys(condition).filter((key) => key !== 'field')
  const late = operators.find((key) => needsEnd.includes(key))
  if (late !== undefined) {
    refuse(
      `\`${late}\` is known only when the window ends, which is not supported yet`,
      at('condition', late),
    )
  }
  const [operator] = operators
  if (operators.length !== 1 || (operator !== 'gte' && operator !== 'gt')) {
    return refuse('`condition` takes one of `gte` and `gt`', path)
  }
  const written = condition[operator]
  const value = typeof written === 'number' || typeof written === 'bigint' ? Number(written) : Number.NaN
  const threshold = operator === 'gt' ? value + 1 : value
  if (!Number.isSafeInteger(value) || threshold < 1) {
    refuse(`\`${operator}\` must be a whole number and ask for at least one hit`, at('condition', operator))
  }
  if (threshold > most) refuse(`\`${operator}\` may ask for at most ${most}`, at('condition', operator))
  if (type === 'temporal_ordered' && threshold !== rules) {
    refuse('temporal_ordered asks for all of its rules: leave `condition` out', path)
  }
  return threshold
}

function readFields(section: Section, type: CorrelationType): readonly string[] {
  const field = isMap(section['condition']) ? section['condition']['field'] : undefined
  if (type === 'value_count') {
    return field === undefined
      ? refuse('value_count needs a `field`', at('condition'))
      : textList(field, at('condition'))
  }
  return field === undefined ? [] : refuse(`\`field\` has no meaning for ${type}`, at('condition', 'field'))
}

function readAliases(written: unknown): CorrelationRule['aliases'] {
  if (written === undefined) return {}
  if (!isMap(written)) return refuse('`aliases` must be a map', at('aliases'))
  const read = Object.entries(written).map(([alias, fields]) => {
    if (!isMap(fields)) return refuse('an alias must map rules to fields', at('aliases', alias))
    const pairs = Object.entries(fields).map(([rule, field]) => {
      if (typeof field !== 'string' || field === '')
        refuse('a field name is missing', at('aliases', alias, rule))
      return [rule, String(field)] as const
    })
    return [alias, Object.fromEntries(pairs)] as const
  })
  return Object.fromEntries(read)
}

function readGenerate(document: Section, section: Section): boolean {
  for (const written of [section['generate'], document['generate']]) {
    if (written !== undefined && typeof written !== 'boolean')
      refuse('`generate` is true or false', at('generate'))
  }
  return section['generate'] === true || document['generate'] === true
}

/** Reads a correlation rule; whether the rules it names exist is seen when the set is linked. */
export function readCorrelation(document: Section, file: string, warn: Warn): CorrelationRule {
  const head = readHead(document, file, warn)
  const section = document['correlation']
  if (!isMap(section)) return refuse('`correlation` must be a map', at())
  if ('detection' in document)
    refuse('a correlation has no `detection` of its own: write two documents', ['detection'])
  const unknown = Object.keys(section).find((key) => !known.includes(key))
  if (unknown !== undefined) refuse(`unknown \`${unknown}\` in correlation`, at(unknown))
  const type = readType(section)
  const rules = section['rules'] === undefined ? [] : textList(section['rules'], at('rules'))
  if (rules.length === 0) refuse('`rules` is missing', at('rules'))
  if (new Set(rules).size < rules.length) refuse('a rule is listed twice', at('rules'))
  if (type === 'temporal_ordered' && rules.length < 2)
    refuse('temporal_ordered needs two rules or more', at('rules'))
  const groupBy = section['group-by']
  return {
    ...head,
    kind: 'correlation',
    type,
    rules,
    groupBy: groupBy === undefined ? [] : textList(groupBy, at('group-by')),
    aliases: readAliases(section['aliases']),
    fields: readFields(section, type),
    timespan: readTimespan(section, warn),
    threshold: readThreshold(section, type, rules.length),
    generate: readGenerate(document, section),
    hash: sha256(canonical(section)),
  }
}
