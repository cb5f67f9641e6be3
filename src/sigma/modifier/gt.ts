import { compare } from './compare.ts'
import type { Modifier } from './modifier.ts'

/** The field is a number, more than the value. */
export const gt: Modifier = compare('gt')
