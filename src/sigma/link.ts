import type { CorrelationRule } from './correlation.ts'
import { type Attempt, refuse } from './problem.ts'
import type { Rule } from './rule.ts'
import { sha256 } from './sha256.ts'

type Either = Rule | CorrelationRule
type Names = ReadonlyMap<string, Either>

function namesOf(all: readonly Either[]): Names {
  const names = new Map<string, Either>()
  for (const rule of all) {
    names.set(rule.id, rule)
    if (rule.name !== undefined) names.set(rule.name, rule)
  }
  return names
}

/** Aliases by rule id. A detection rule must have a field in each alias in use; a correlation may carry its name on. */
function linkAliases(
  correlation: CorrelationRule,
  used: readonly Either[],
  names: Names,
): CorrelationRule['aliases'] {
  const linked = Object.entries(correlation.aliases).map(([alias, fields]) => {
    const path = ['correlation', 'aliases', alias]
    const byId = Object.entries(fields).map(([label, field]) => {
      const rule = names.get(label)
      if (rule === undefined || !used.includes(rule))
        return refuse(`\`${label}\` is not among its rules`, path)
      return [rule.id, field] as const
    })
    const found = Object.fromEntries(byId)
    for (const rule of used) {
      if (rule.kind === 'detection' && found[rule.id] === undefined) {
        refuse(`the alias gives no field for \`${rule.name ?? rule.id}\``, path)
      }
    }
    return [alias, found] as const
  })
  return Object.fromEntries(linked)
}

/** What is being linked now (to see rings) and what is done. */
type Progress = {
  readonly open: Set<CorrelationRule>
  readonly done: Map<CorrelationRule, CorrelationRule | undefined>
}
type Work = { readonly names: Names; readonly attempt: Attempt; readonly progress: Progress }

function linkOne(correlation: CorrelationRule, work: Work): CorrelationRule {
  const { names, progress } = work
  const used = correlation.rules.map((label, i): Either => {
    const path = ['correlation', 'rules', i]
    const rule = names.get(label)
    if (rule === undefined) return refuse(`there is no rule \`${label}\`, or it was refused`, path)
    if (rule.kind === 'detection') return rule
    if (progress.open.has(rule)) return refuse(`\`${label}\` uses this correlation in turn`, path)
    link(rule, work)
    return progress.done.get(rule) ?? refuse(`the correlation \`${label}\` was refused`, path)
  })
  if (new Set(used.map((rule) => rule.id)).size < used.length) {
    refuse('a rule is listed twice', ['correlation', 'rules'])
  }
  const originals = correlation.rules.flatMap((label) => names.get(label) ?? [])
  return {
    ...correlation,
    rules: used.map((rule) => rule.id),
    aliases: linkAliases(correlation, originals, names),
    hash: sha256([correlation.hash, ...used.map((rule) => rule.hash)].join(' ')),
  }
}

function link(correlation: CorrelationRule, work: Work): void {
  const { open, done } = work.progress
  if (done.has(correlation)) return
  open.add(correlation)
  const source = { document: correlation.raw, file: correlation.file }
  const linked = work.attempt(source, () => linkOne(correlation, work))
  open.delete(correlation)
  done.set(correlation, linked)
}

/**
 * Resolves the rules that correlations name, by id or name, refusing what is missing or runs in a ring. What comes
 * back is ordered so that a correlation stands after those it uses.
 */
export function linkCorrelations(
  rules: readonly Rule[],
  correlations: readonly CorrelationRule[],
  attempt: Attempt,
): readonly CorrelationRule[] {
  const progress: Progress = { open: new Set(), done: new Map() }
  const work: Work = { names: namesOf([...rules, ...correlations]), attempt, progress }
  for (const correlation of correlations) link(correlation, work)
  return [...progress.done.values()].flatMap((linked) => linked ?? [])
}
