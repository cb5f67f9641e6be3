/** A place where two languages differ: `owner.head.title: missing in en`. */
export type Difference = string

/**
 * What differs in shape between the texts of two languages: keys, kinds, lengths of lists, parameters of functions;
 * also texts that are empty. The texts themselves may say anything.
 */
export function shapeDifferences(ja: unknown, en: unknown, path = ''): Difference[] {
  const [a, b] = [kindOf(ja), kindOf(en)]
  if (a === 'missing' || b === 'missing') return [`${path}: missing in ${a === 'missing' ? 'ja' : 'en'}`]
  if (a !== b) return [`${path}: ${a} in ja, ${b} in en`]
  if (typeof ja === 'function' && typeof en === 'function') {
    return ja.length === en.length ? [] : [`${path}: ${ja.length} parameters in ja, ${en.length} in en`]
  }
  if (typeof ja === 'string') return [...emptyText(ja, `${path} in ja`), ...emptyText(en, `${path} in en`)]
  if (typeof ja !== 'object' || typeof en !== 'object' || !ja || !en) return []
  const [left, right] = [new Map(Object.entries(ja)), new Map(Object.entries(en))]
  const keys = [...new Set([...left.keys(), ...right.keys()])]
  return keys.flatMap((key) =>
    shapeDifferences(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`),
  )
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'list'
  return value === null ? 'null' : typeof value
}

function emptyText(text: unknown, where: string): Difference[] {
  return typeof text === 'string' && text.trim() === '' ? [`${where}: empty text`] : []
}
