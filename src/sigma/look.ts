import { fold } from './fold.ts'

export type Event = Readonly<Record<string, unknown>>

/** A field name, split once at compile time. */
export type FieldPath = { readonly name: string; readonly steps: readonly string[] }

/** What an event holds under a name. */
export type Found = {
  /** The key is there, whatever its value. */
  readonly present: boolean
  /** Some value other than null is there (also an object). */
  readonly some: boolean
  /** Every value as it came, elements of lists one by one. */
  readonly values: readonly unknown[]
  /** The values that have a text: strings, numbers, booleans. */
  readonly texts: readonly string[]
  /** The texts folded; made when first asked for. */
  folded?: readonly string[]
}

/** Lists and objects nested deeper than this are not looked into. */
const deepest = 64

/** The text of a value by which it is compared; null, objects and lists have none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  return undefined
}

/** Prepares a field name for `look`. */
export function fieldPath(name: string): FieldPath {
  return { name, steps: name.includes('.') ? name.split('.') : [] }
}

function gather(value: unknown, into: unknown[], depth: number): void {
  if (!Array.isArray(value)) into.push(value)
  else if (depth < deepest) for (const element of value) gather(element, into, depth + 1)
}

type Walk = { readonly steps: readonly string[]; readonly into: unknown[]; present: boolean }

function walk(walker: Walk, value: unknown, step: number): void {
  if (step > deepest || value === undefined) return
  const name = walker.steps[step]
  if (name === undefined) {
    walker.present = true
    gather(value, walker.into, 0)
  } else if (Array.isArray(value)) {
    for (const element of value) if (!Array.isArray(element)) walk(walker, element, step)
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) {
    walk(walker, Reflect.get(value, name), step + 1)
  }
}

function toFound(present: boolean, values: readonly unknown[]): Found {
  const texts: string[] = []
  let some = false
  for (const value of values) {
    if (value === null || value === undefined) continue
    some = true
    const text = textOf(value)
    if (text !== undefined) texts.push(text)
  }
  return { present, some, values, texts }
}

const missing: Found = Object.freeze({ present: false, some: false, values: [], texts: [], folded: [] })

/**
 * Looks a field up: first the exact flat key (dots included), then the path split at dots; a path through a list
 * means any of its elements. Names are case-sensitive and only the event's own keys count.
 */
export function look(event: Event, path: FieldPath): Found {
  if (Object.hasOwn(event, path.name)) {
    const value = event[path.name]
    if (value === undefined) return missing
    if (typeof value === 'string') return { present: true, some: true, values: [value], texts: [value] }
    const values: unknown[] = []
    gather(value, values, 0)
    return toFound(true, values)
  }
  if (path.steps.length === 0) return missing
  const walker: Walk = { steps: path.steps, into: [], present: false }
  walk(walker, event, 0)
  return walker.present ? toFound(true, walker.into) : missing
}

/** The folded texts, made once. */
export function foldedTexts(found: Found): readonly string[] {
  found.folded ??= found.texts.map(fold)
  return found.folded
}

/** Every value of the event that has a text, with the path where it stands: what keywords search. */
export type Leaves = { readonly names: readonly string[]; readonly found: Found }

export function leaves(event: Event): Leaves {
  const names: string[] = []
  const texts: string[] = []
  const visit = (value: unknown, name: string, depth: number): void => {
    const text = textOf(value)
    if (text !== undefined) {
      names.push(name)
      texts.push(text)
    } else if (typeof value === 'object' && value !== null && depth < deepest) {
      for (const [key, inner] of Object.entries(value)) {
        const below = Array.isArray(value) ? name : name === '' ? key : `${name}.${key}`
        visit(inner, below, depth + 1)
      }
    }
  }
  visit(event, '', 0)
  return { names, found: { present: texts.length > 0, some: texts.length > 0, values: texts, texts } }
}
