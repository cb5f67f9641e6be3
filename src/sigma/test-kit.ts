import { compile } from './compile.ts'
import { loadRules, type RuleSet } from './load.ts'
import type { Labels } from './logsource.ts'

/** For tests of this folder: labels that the rules made here apply to. */
export const labels: Labels = { product: 'windows', categories: ['process_creation'], services: [] }

/** A rule document around a detection. */
export function ruleWith(detection: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    title: '山田製作所の確かめ',
    id: '5f2a1c3e-0000-4000-8000-000000000001',
    logsource: { product: 'windows', category: 'process_creation' },
    detection,
    ...more,
  }
}

export function load(...documents: readonly unknown[]): RuleSet {
  return loadRules(documents.map((document) => ({ document, file: 'test.yml' })))
}

/** Whether a rule with this detection matches; throws when it is refused. */
export function matchesDetection(detection: unknown, event: Readonly<Record<string, unknown>>): boolean {
  const set = load(ruleWith(detection))
  const error = set.problems.find((problem) => problem.level === 'error')
  if (error !== undefined) throw new Error(error.message)
  return compile(set).match(event, labels).length > 0
}

/** Whether a rule with one selection matches. */
export function matches(selection: unknown, event: Readonly<Record<string, unknown>>): boolean {
  return matchesDetection({ selection, condition: 'selection' }, event)
}

/** Why a rule with this detection is refused, or nothing. */
export function refusalOf(detection: unknown): string | undefined {
  return load(ruleWith(detection)).problems.find((problem) => problem.level === 'error')?.message
}

/** Why a rule with one selection is refused, or nothing. */
export function refusal(selection: unknown): string | undefined {
  return refusalOf({ selection, condition: 'selection' })
}
