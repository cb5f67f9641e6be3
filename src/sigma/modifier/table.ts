import { all } from './all.ts'
import { base64 } from './base64.ts'
import { base64offset } from './base64offset.ts'
import { cased } from './cased.ts'
import { cidr } from './cidr.ts'
import { contains } from './contains.ts'
import { datePart } from './date-part.ts'
import { endswith } from './endswith.ts'
import { exists } from './exists.ts'
import { expand } from './expand.ts'
import { fieldref } from './fieldref.ts'
import { gt } from './gt.ts'
import { gte } from './gte.ts'
import { lt } from './lt.ts'
import { lte } from './lte.ts'
import type { Modifier } from './modifier.ts'
import { neq } from './neq.ts'
import { re } from './re.ts'
import { reFlag } from './re-flag.ts'
import { startswith } from './startswith.ts'
import { utf16 } from './utf16.ts'
import { utf16be } from './utf16be.ts'
import { utf16le } from './utf16le.ts'
import { windash } from './windash.ts'

/** Every modifier of Sigma 2.1.0 by its word. A word that is not here refuses the rule. */
export const modifiers: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['contains', contains],
  ['startswith', startswith],
  ['endswith', endswith],
  ['all', all],
  ['cased', cased],
  ['exists', exists],
  ['neq', neq],
  ['re', re],
  ['i', reFlag],
  ['m', reFlag],
  ['s', reFlag],
  ['ignorecase', reFlag],
  ['multiline', reFlag],
  ['dotall', reFlag],
  ['windash', windash],
  ['base64', base64],
  ['base64offset', base64offset],
  ['wide', utf16le],
  ['utf16le', utf16le],
  ['utf16be', utf16be],
  ['utf16', utf16],
  ['lt', lt],
  ['lte', lte],
  ['gt', gt],
  ['gte', gte],
  ['cidr', cidr],
  ['fieldref', fieldref],
  ['expand', expand],
  ['minute', datePart],
  ['hour', datePart],
  ['day', datePart],
  ['week', datePart],
  ['month', datePart],
  ['year', datePart],
])
