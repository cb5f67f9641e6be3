import { fold } from './fold.ts'
import { refuse } from './problem.ts'
import { isMap } from './value.ts'

/** Where a rule looks; each attribute it names must be among the event's labels. */
export type Logsource = { readonly product?: string; readonly category?: string; readonly service?: string }

/** What the source of an event says about it: one event may belong to several categories and services. */
export type Labels = {
  readonly product?: string
  readonly categories: readonly string[]
  readonly services: readonly string[]
}

const known: readonly string[] = ['product', 'category', 'service', 'definition']

/** Reads `logsource`; an attribute that is not understood would widen the rule, so it is refused. */
export function readLogsource(written: unknown): Logsource {
  const path = ['logsource']
  if (!isMap(written)) return refuse('`logsource` is missing', path)
  const found: Record<string, string> = {}
  for (const [key, value] of Object.entries(written)) {
    if (!known.includes(key)) refuse(`unknown \`${key}\` in logsource`, [...path, key])
    if (key === 'definition') continue
    if (typeof value !== 'string' || value === '') refuse(`\`${key}\` must be a text`, [...path, key])
    else found[key] = value
  }
  if (Object.keys(found).length === 0) refuse('`logsource` names neither product, category nor service', path)
  return found
}

/** Whether a rule of this logsource applies to events with these labels. */
export function applies(logsource: Logsource, labels: Labels): boolean {
  const { product, category, service } = logsource
  const among = (wanted: string, given: readonly string[]): boolean =>
    given.some((one) => fold(one) === fold(wanted))
  if (product !== undefined && !among(product, labels.product === undefined ? [] : [labels.product]))
    return false
  if (category !== undefined && !among(category, labels.categories)) return false
  return service === undefined || among(service, labels.services)
}
