import { compare } from './compare.ts'
import type { Modifier } from './modifier.ts'

/** The field is a number, less than the value. */
export const lt: Modifier = compare('lt')
