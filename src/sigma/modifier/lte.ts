import { compare } from './compare.ts'
import type { Modifier } from './modifier.ts'

/** The field is a number, at most the value. */
export const lte: Modifier = compare('lte')
