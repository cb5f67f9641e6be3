import type { Modifier } from './modifier.ts'
import { utf16With } from './utf16.ts'

/** UTF-16, big endian, no mark. */
export const utf16be: Modifier = utf16With({ littleEndian: false, mark: false })
