import { inNetwork, readAddress } from './address.ts'
import { foldedTexts, type Found } from './look.ts'
import type { Comparison, RegexTest, Shape, Test } from './node.ts'
import { fold } from './fold.ts'
import type { View } from './view.ts'
import { wildcardMatcher } from './wildcard.ts'

/** Answers whether what was found in a field passes. */
export type FieldCheck = (found: Found, view: View) => boolean
export type CompiledTest = { readonly check: FieldCheck; readonly cost: number }

/** What compiling a test needs from outside. */
export type TestContext = {
  readonly slot: (field: string) => number
  /** How many characters of a value a regular expression sees. */
  readonly regexInput: number
}

const shapes: Readonly<Record<Shape, (text: string, part: string) => boolean>> = {
  equals: (text, part) => text === part,
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
}

function anyText(cased: boolean, matches: (text: string) => boolean): FieldCheck {
  return (found) => {
    for (const text of cased ? found.texts : foldedTexts(found)) if (matches(text)) return true
    return false
  }
}

function regexCheck(test: RegexTest, longest: number): FieldCheck {
  const regex = new RegExp(test.source, test.flags)
  return anyText(true, (whole) => {
    const text = whole.length > longest ? whole.slice(0, longest) : whole
    return regex.test(text) || (test.lastLine && text.endsWith('\n') && regex.test(text.slice(0, -1)))
  })
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const whole = /^[+-]?\d+$/

/** Below, at or above zero as `a` is to `b`; whole numbers are compared exactly, whatever their size. */
function order(a: string, b: string): number {
  if (!whole.test(a) || !whole.test(b) || a.length + b.length < 30) return Number(a) - Number(b)
  const [x, y] = [BigInt(a.replace('+', '')), BigInt(b.replace('+', ''))]
  return x < y ? -1 : x > y ? 1 : 0
}

const holds: Readonly<Record<Comparison, (difference: number) => boolean>> = {
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
}

function numberCheck(comparison: Comparison, than: string): FieldCheck {
  const passes = holds[comparison]
  return anyText(true, (text) => {
    if (text.length > 400 || !decimal.test(text) || !Number.isFinite(Number(text))) return false
    return passes(order(text, than))
  })
}

function fieldrefCheck(test: Extract<Test, { kind: 'fieldref' }>, slot: number): FieldCheck {
  const matches = shapes[test.shape]
  return (found, view) => {
    const others = view.find(slot).texts
    return found.texts.some((text) =>
      others.some((other) => (test.cased ? matches(text, other) : matches(fold(text), fold(other)))),
    )
  }
}

/** Makes a test ready to run; `cost` is a rough order so that cheap ones go first. */
export function compileTest(test: Test, context: TestContext): CompiledTest {
  switch (test.kind) {
    case 'equals':
    case 'contains':
    case 'startswith':
    case 'endswith': {
      const matches = shapes[test.kind]
      const { text, cased } = test
      return {
        cost: test.kind === 'contains' ? 2 : 1,
        check: anyText(cased, (value) => matches(value, text)),
      }
    }
    case 'wildcard':
      return { cost: 6, check: anyText(test.cased, wildcardMatcher(test.parts)) }
    case 'present':
      return { cost: 1, check: (found) => found.some }
    case 'null':
      return { cost: 1, check: (found) => !found.some }
    case 'exists':
      return { cost: 1, check: (found) => found.present === test.want }
    case 'regex':
      return { cost: 40, check: regexCheck(test, context.regexInput) }
    case 'number':
      return { cost: 4, check: numberCheck(test.compare, test.than) }
    case 'fieldref':
      return { cost: 3, check: fieldrefCheck(test, context.slot(test.field)) }
    case 'cidr': {
      const { network } = test
      const inside = (text: string): boolean => {
        const address = readAddress(text)
        return address !== undefined && inNetwork(address, network)
      }
      return { cost: 8, check: anyText(true, inside) }
    }
  }
}

/** Any of several tests. Plain equalities become one set, so that a list of thousands costs one look-up. */
export function compileTests(tests: readonly Test[], context: TestContext): CompiledTest {
  const equal = new Set<string>()
  const others: CompiledTest[] = []
  for (const test of tests) {
    if (test.kind === 'equals' && !test.cased) equal.add(test.text)
    else others.push(compileTest(test, context))
  }
  if (equal.size > 0) others.unshift({ cost: 1, check: anyText(false, (text) => equal.has(text)) })
  const [only] = others
  if (others.length === 1 && only !== undefined) return only
  const checks = others.toSorted((a, b) => a.cost - b.cost).map((other) => other.check)
  return {
    cost: others.reduce((sum, other) => sum + other.cost, 0),
    check: (found, view) => {
      for (const check of checks) if (check(found, view)) return true
      return false
    },
  }
}
