import type { Modifier } from './modifier.ts'

/** Compares with upper and lower case kept apart. */
export const cased: Modifier = (draft) => ({ ...draft, cased: true })
