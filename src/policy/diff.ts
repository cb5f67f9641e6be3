import type { PolicyText } from './compose.ts'

/** A place where two texts differ: `same` around it, `before` and `after` in the middle. */
export type TextChange = {
  readonly start: string
  readonly before: string
  readonly after: string
  readonly end: string
}

/** What changed between two versions, in the order of the newer one. */
export type PolicyChange =
  | { readonly kind: 'preamble'; readonly text: TextChange }
  | { readonly kind: 'changed'; readonly title: TextChange; readonly text: TextChange }
  | { readonly kind: 'added'; readonly title: string; readonly text: string }
  | { readonly kind: 'removed'; readonly title: string; readonly text: string }
  | { readonly kind: 'closing'; readonly before: string; readonly after: string }

type KeyedArticle = { readonly key: string; readonly title: string; readonly text: string }
export type KeyedText = Omit<PolicyText, 'articles'> & { readonly articles: readonly KeyedArticle[] }

/** The shared beginning and end of two texts, by characters as people count them. */
export function changeOf(before: string, after: string): TextChange {
  const [old, fresh] = [[...before], [...after]]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1
  let end = 0
  const most = Math.min(old.length, fresh.length) - start
  while (end < most && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1
  return {
    start: old.slice(0, start).join(''),
    before: old.slice(start, old.length - end).join(''),
    after: fresh.slice(start, fresh.length - end).join(''),
    end: old.slice(old.length - end).join(''),
  }
}

function articleChanges(before: KeyedText, after: KeyedText): PolicyChange[] {
  const known = new Map(before.articles.map((one) => [one.key, one]))
  const kept = new Set(after.articles.map((one) => one.key))
  const changes = after.articles.flatMap((one): PolicyChange[] => {
    const old = known.get(one.key)
    if (old === undefined) return [{ kind: 'added', title: one.title, text: one.text }]
    if (old.title === one.title && old.text === one.text) return []
    return [{ kind: 'changed', title: changeOf(old.title, one.title), text: changeOf(old.text, one.text) }]
  })
  const removed = before.articles.filter((one) => !kept.has(one.key))
  return [...changes, ...removed.map(({ title, text }): PolicyChange => ({ kind: 'removed', title, text }))]
}

/** How much of two lines is shared, of 0 to 1 of the shorter one. */
function likeness(one: string, other: string): number {
  const { start, end } = changeOf(one, other)
  return (start.length + end.length) / Math.max(1, Math.min(one.length, other.length))
}

/** Lines have no keys: a line that went belongs to the new line that is most like it, if one is at all. */
function closingChanges(before: readonly string[], after: readonly string[]): PolicyChange[] {
  const gone = before.filter((line) => !after.includes(line))
  const come = after.filter((line) => !before.includes(line))
  const partners = new Map<string, string>()
  for (const fresh of come) {
    const free = gone.filter((line) => !partners.has(line) && likeness(line, fresh) >= 0.5)
    const [best] = free.toSorted((one, other) => likeness(other, fresh) - likeness(one, fresh))
    if (best !== undefined) partners.set(best, fresh)
  }
  const paired = new Set(partners.values())
  return [
    ...gone.map((line): PolicyChange => ({ kind: 'closing', before: line, after: partners.get(line) ?? '' })),
    ...come
      .filter((line) => !paired.has(line))
      .map((line): PolicyChange => ({ kind: 'closing', before: '', after: line })),
  ]
}

/** What a reader of the older text must know of the newer one; nothing that stayed. */
export function diffPolicies(before: KeyedText, after: KeyedText): PolicyChange[] {
  const preamble: PolicyChange[] =
    before.preamble === after.preamble
      ? []
      : [{ kind: 'preamble', text: changeOf(before.preamble, after.preamble) }]
  return [...preamble, ...articleChanges(before, after), ...closingChanges(before.closing, after.closing)]
}
