import type { CorrelationRule } from './correlation.ts'
import { fold } from './fold.ts'
import { type Event, type FieldPath, fieldPath, look } from './look.ts'

/** Where a hit belongs: its group, as a key and as shown, and the value it brings to value_count. */
export type Place = {
  readonly key: string
  readonly fields: Readonly<Record<string, string>>
  readonly value: string
}

/** Finds the place of a hit of one rule; nothing when a field it needs is missing. */
export type Grouping = (ruleId: string, event: Event) => Place | undefined

type Fields = readonly (readonly [name: string, path: FieldPath])[]

function textsAt(fields: Fields, event: Event): readonly string[] | undefined {
  const texts: string[] = []
  for (const [, path] of fields) {
    // A list means any element; one hit enters one group only, that of the first.
    const [text] = look(event, path).texts
    if (text === undefined) return undefined
    texts.push(text)
  }
  return texts
}

const keyOf = (texts: readonly string[]): string => JSON.stringify(texts.map(fold))

/** Prepares the grouping of a correlation: aliases are resolved to each rule's own field. */
export function groupingOf(rule: CorrelationRule): Grouping {
  const fieldsFor = (names: readonly string[], ruleId: string): Fields =>
    names.map((name) => {
      const alias = Object.hasOwn(rule.aliases, name) ? rule.aliases[name] : undefined
      return [name, fieldPath(alias?.[ruleId] ?? name)]
    })
  const prepared = new Map(
    rule.rules.map((id) => [id, { by: fieldsFor(rule.groupBy, id), counted: fieldsFor(rule.fields, id) }]),
  )
  return (ruleId, event) => {
    const fields = prepared.get(ruleId)
    if (fields === undefined) return undefined
    const by = textsAt(fields.by, event)
    const counted = textsAt(fields.counted, event)
    if (by === undefined || counted === undefined) return undefined
    const shown = fields.by.map(([name], i) => [name, by[i] ?? ''])
    return {
      key: keyOf(by),
      fields: Object.fromEntries(shown),
      value: counted.length === 0 ? '' : keyOf(counted),
    }
  }
}
