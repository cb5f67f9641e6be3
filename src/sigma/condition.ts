import { lex, type Token } from './lexer.ts'
import { readPattern } from './pattern.ts'
import { type Path, refuse } from './problem.ts'
import { wildcardMatcher } from './wildcard.ts'

/** A condition as written: names are not resolved yet. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'of'; readonly quantity: 'any' | 'all'; readonly pattern: string }

type Reader = { readonly tokens: readonly Token[]; readonly path: Path; at: number; depth: number }

const reserved: readonly string[] = ['and', 'or', 'not', 'of', 'them']
const deepest = 100

function keyword(reader: Reader, ahead = 0): string {
  const token = reader.tokens[reader.at + ahead]
  return token?.kind === 'word' ? token.text.toLowerCase() : ''
}

function take(reader: Reader, word: string): boolean {
  if (keyword(reader) !== word) return false
  reader.at++
  return true
}

function readMany(reader: Reader, kind: 'and' | 'or', readOne: (reader: Reader) => Condition): Condition {
  const first = readOne(reader)
  const of = [first]
  while (take(reader, kind)) of.push(readOne(reader))
  return of.length === 1 ? first : { kind, of }
}

const readOr = (reader: Reader): Condition => readMany(reader, 'or', readAnd)
const readAnd = (reader: Reader): Condition => readMany(reader, 'and', readNot)

function readNot(reader: Reader): Condition {
  if (!take(reader, 'not')) return readAtom(reader)
  if (++reader.depth > deepest) refuse('the condition is nested too deeply', reader.path)
  const of = readNot(reader)
  reader.depth--
  return { kind: 'not', of }
}

function readOf(reader: Reader, quantity: string): Condition {
  if (quantity !== '1' && quantity !== 'any' && quantity !== 'all') {
    refuse(`\`${quantity} of\` is not allowed: only 1, any or all`, reader.path)
  }
  const token = reader.tokens[reader.at++]
  if (token?.kind !== 'word') return refuse('a pattern is missing after `of`', reader.path)
  const isThem = token.text.toLowerCase() === 'them'
  if (!isThem && !token.text.includes('*')) {
    refuse(`\`of ${token.text}\`: write a pattern with \`*\`, or \`them\``, reader.path)
  }
  return { kind: 'of', quantity: quantity === 'all' ? 'all' : 'any', pattern: isThem ? 'them' : token.text }
}

function readAtom(reader: Reader): Condition {
  const token = reader.tokens[reader.at]
  if (token === undefined) return refuse('the condition ends too early', reader.path)
  reader.at++
  if (token.kind === '(') {
    if (++reader.depth > deepest) refuse('the condition is nested too deeply', reader.path)
    const inner = readOr(reader)
    reader.depth--
    if (reader.tokens[reader.at]?.kind !== ')') refuse('a parenthesis is not closed', reader.path)
    reader.at++
    return inner
  }
  const word = token.text.toLowerCase()
  if (token.kind === 'word' && take(reader, 'of')) return readOf(reader, word)
  if (token.kind === ')' || reserved.includes(word))
    refuse(`the condition has \`${token.text}\` in a wrong place`, reader.path)
  if (token.text.includes('*'))
    refuse(`\`${token.text}\` needs \`1 of\` or \`all of\` before it`, reader.path)
  return { kind: 'name', name: token.text }
}

/** Reads one condition. `not` binds strongest, then `and`, then `or`; keywords may be written in capitals. */
export function readCondition(written: string, path: Path): Condition {
  const reader: Reader = { tokens: lex(written, path), path, at: 0, depth: 0 }
  const condition = readOr(reader)
  const left = reader.tokens[reader.at]
  if (left !== undefined) refuse(`the condition has \`${left.text}\` in a wrong place`, path)
  return condition
}

/** The names a pattern selects. `them` and every pattern pass over names with `_` unless the pattern begins so too. */
export function namesFor(pattern: string, names: readonly string[]): readonly string[] {
  const text = pattern === 'them' ? '*' : pattern
  const matches = wildcardMatcher(readPattern(text))
  return names.filter((name) => (text.startsWith('_') || !name.startsWith('_')) && matches(name))
}
