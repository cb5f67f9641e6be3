import { type CorrelationRule, readCorrelation } from './correlation.ts'
import { nameOf } from './head.ts'
import { linkCorrelations } from './link.ts'
import { type Attempt, isRefusal, type Path, type Problem, refuse, type Source } from './problem.ts'
import { type Rule, readRule } from './rule.ts'
import { isMap } from './value.ts'

export type RuleSet = {
  readonly rules: readonly Rule[]
  /** Children stand before the correlations that use them. */
  readonly correlations: readonly CorrelationRule[]
  readonly problems: readonly Problem[]
}

function refuseOther(document: Readonly<Record<string, unknown>>): never {
  if ('filter' in document) refuse('filters are not supported yet', ['filter'])
  if ('action' in document) refuse('`action` belongs to Sigma 1: write separate documents', ['action'])
  return refuse('neither `detection` nor `correlation`', [])
}

/** Why a well-formed rule is still not loaded, or nothing. */
function leftOut(status: string | undefined): string | undefined {
  return status === 'unsupported' || status === 'deprecated'
    ? `not loaded: its status is ${status}`
    : undefined
}

/** Keeps the first of several with one id or one name. */
function makeUnique(): (rule: Rule | CorrelationRule) => void {
  const taken = new Map<string, string>()
  return (rule) => {
    const labels = rule.name === undefined ? [rule.id] : [rule.id, rule.name]
    for (const label of new Set(labels)) {
      const other = taken.get(label)
      if (other !== undefined) refuse(`\`${label}\` is already used by a rule in ${other}`, ['id'])
    }
    for (const label of labels) taken.set(label, rule.file)
  }
}

/**
 * Reads parsed YAML documents to a rule set. A rule with an error is left out and has a problem; the others load.
 * Integers beyond 2^53 must come as bigint, dates as texts (the YAML 1.2 core schema with exact integers).
 */
export function loadRules(sources: readonly Source[]): RuleSet {
  const problems: Problem[] = []
  const rules: Rule[] = []
  const unlinked: CorrelationRule[] = []
  const note = (source: Source, level: Problem['level']) => (message: string, path: Path) => {
    problems.push({ rule: nameOf(source.document), file: source.file, level, message, path })
  }
  const attempt: Attempt = (source, read) => {
    try {
      return read()
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown
      note(source, 'error')(thrown.message, thrown.refusedAt)
      return undefined
    }
  }
  const claim = makeUnique()
  for (const source of sources) {
    const { document, file } = source
    // An empty document is what a `---` at the end of a file leaves behind.
    if (document === null || document === undefined) continue
    attempt(source, () => {
      if (!isMap(document)) return refuse('a rule must be a map', [])
      const warn = note(source, 'warning')
      const isCorrelation = 'correlation' in document
      if (!isCorrelation && !('detection' in document)) return refuseOther(document)
      const rule = isCorrelation ? readCorrelation(document, file, warn) : readRule(document, file, warn)
      const why = leftOut(rule.status)
      if (why !== undefined) return warn(why, ['status'])
      claim(rule)
      if (rule.kind === 'detection') rules.push(rule)
      else unlinked.push(rule)
    })
  }
  return { rules, correlations: linkCorrelations(rules, unlinked, attempt), problems }
}
