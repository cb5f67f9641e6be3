import type { Modifier } from './modifier.ts'

/** AND between the written values instead of OR. Alternatives that one value expands to stay OR-ed. */
export const all: Modifier = (draft) => ({ ...draft, all: true })
