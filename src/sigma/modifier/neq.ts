import type { Modifier } from './modifier.ts'

/** Negates the whole item: NOT(OR of the values). True where the field is missing. */
export const neq: Modifier = (draft) => ({ ...draft, negated: true })
