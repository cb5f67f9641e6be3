import { compare } from './compare.ts'
import type { Modifier } from './modifier.ts'

/** The field is a number, at least the value. */
export const gte: Modifier = compare('gte')
