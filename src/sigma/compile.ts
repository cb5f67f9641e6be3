import { type Compiled, compileNode, nodeContext } from './compile-node.ts'
import type { CorrelationRule } from './correlation.ts'
import { type Explanation, explain } from './explain.ts'
import type { RuleSet } from './load.ts'
import { applies, type Labels } from './logsource.ts'
import type { Event } from './look.ts'
import { type Hit, matchRules, type ReadyRule } from './match.ts'
import type { Rule } from './rule.ts'
import { viewOf } from './view.ts'

/** A compiled rule set. It holds no state between events except caches. */
export type Engine = {
  readonly rules: readonly Rule[]
  readonly correlations: readonly CorrelationRule[]
  /** The detection rules that match one event. `labels` say which rules apply; the others cost nothing. */
  readonly match: (event: Event, labels: Labels) => Hit[]
  /** Why a rule did or did not match; nothing when there is no such rule. For the rules page and for tests. */
  readonly explain: (event: Event, labels: Labels, ruleId: string) => Explanation | undefined
  /** Whether a rule (detection or correlation) is only used by correlations and raises nothing on its own. */
  readonly silent: (ruleId: string) => boolean
}

export type CompileOptions = {
  /** How many characters of a value a regular expression sees; the rest of a longer value is not searched. */
  readonly regexInput?: number
}

/** More distinct label sets than any set of parsers makes; beyond it the cache starts again. */
const mostLabelSets = 4_096

function keyOf(labels: Labels): string {
  return `${labels.product ?? ''}\n${labels.categories.join('\t')}\n${labels.services.join('\t')}`
}

/** Gives the rules for a label set, worked out once for each. */
function router(ready: readonly ReadyRule[]): (labels: Labels) => readonly ReadyRule[] {
  const known = new Map<string, readonly ReadyRule[]>()
  return (labels) => {
    const key = keyOf(labels)
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= mostLabelSets) known.clear()
    const group = ready.filter(({ rule }) => applies(rule.logsource, labels))
    known.set(key, group)
    return group
  }
}

function silentRules(correlations: readonly CorrelationRule[]): ReadonlySet<string> {
  const silent = new Set(correlations.flatMap(({ rules }) => rules))
  // One correlation that says `generate` is enough for a rule to speak for itself.
  for (const { rules, generate } of correlations) if (generate) for (const id of rules) silent.delete(id)
  return silent
}

/** Compiles a rule set once; the engine may then be used for any number of events. */
export function compile(set: RuleSet, options: CompileOptions = {}): Engine {
  const context = nodeContext(options.regexInput ?? 16_384)
  const ready = set.rules.map((rule): ReadyRule => {
    const selections = rule.selections.map((node) => compileNode(node, context))
    return { rule, condition: compileNode(rule.condition, context), selections }
  })
  const byId = new Map<string, Compiled>(ready.map(({ rule, condition }) => [rule.id, condition]))
  const sources = new Map(set.rules.map((rule) => [rule.id, rule.logsource]))
  const silent = silentRules(set.correlations)
  const route = router(ready)
  return {
    rules: set.rules,
    correlations: set.correlations,
    match: (event, labels) => matchRules(route(labels), viewOf(event, context.slots)),
    explain: (event, labels, ruleId) => {
      const condition = byId.get(ruleId)
      const logsource = sources.get(ruleId)
      if (condition === undefined || logsource === undefined) return undefined
      const routed = applies(logsource, labels)
      const tree = explain(condition, viewOf(event, context.slots))
      return {
        node: 'rule',
        result: routed && tree.result,
        of: [{ node: 'logsource', result: routed }, tree],
      }
    },
    silent: (ruleId) => silent.has(ruleId),
  }
}
