import type { Modifier } from './modifier.ts'
import { utf16With } from './utf16.ts'

/** UTF-16, little endian, no mark. `wide` is another name for it. */
export const utf16le: Modifier = utf16With({ littleEndian: true, mark: false })
