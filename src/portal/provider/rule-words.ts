import type { Lang } from '../../http/index.ts'
import type { ProviderParts } from './parts.ts'

/** What a rule finds, in the reader's language; the rule's own title where we have no words of ours. */
export type SayRule = (rule: { readonly id: string; readonly title: string }) => string

/** Words for the rules in force. */
export function sayRuleIn(parts: ProviderParts, lang: Lang): SayRule {
  if (lang === 'en') return (rule) => rule.title
  const ours = new Map(parts.rules().map((card) => [card.id, card.ja]))
  return (rule) => ours.get(rule.id) || rule.title
}
