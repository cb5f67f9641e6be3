import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { labels, load, ruleWith } from './test-kit.ts'

const detection = {
  tool: { 'Image|endswith': '\\vssadmin.exe', 'CommandLine|contains|all': ['delete', 'shadows'] },
  word: ['secret'],
  filter: { User: 'バックアップ' },
  condition: '(tool or word) and not filter',
}
const engine = compile(load(ruleWith(detection)))
const id = '5f2a1c3e-0000-4000-8000-000000000001'

test('a hit names the selections that were true and the values that matched', () => {
  const event = {
    Image: 'C:\\vssadmin.exe',
    CommandLine: 'vssadmin delete shadows',
    User: '佐藤',
    note: { x: 'Secret' },
  }
  const [hit] = engine.match(event, labels)
  expect(hit?.selections).toEqual(['tool', 'word'])
  expect(hit?.fields).toEqual({
    Image: 'C:\\vssadmin.exe',
    CommandLine: 'vssadmin delete shadows',
    'note.x': 'Secret',
  })
  expect(hit?.rule.title).toBe('山田製作所の確かめ')
})

test('an explanation shows each item with what the event holds', () => {
  const event = { Image: 'C:\\vssadmin.exe', CommandLine: 'vssadmin list shadows' }
  const tree = engine.explain(event, labels, id)
  expect(tree?.result).toBe(false)
  const items = JSON.stringify(tree)
  expect(items).toContain(
    '{"node":"Image|endswith","result":true,"field":"Image","value":"C:\\\\vssadmin.exe"}',
  )
  expect(items).toContain('{"node":"User","result":false,"field":"User","value":null}')
  expect(engine.explain(event, { categories: [], services: [] }, id)?.of?.[0]).toEqual({
    node: 'logsource',
    result: false,
  })
  expect(engine.explain(event, labels, 'なし')).toBeUndefined()
})

test('an explanation agrees with matching', () => {
  const value = fc.constantFrom('C:\\vssadmin.exe', 'delete shadows', 'secret', 'バックアップ', null, 3)
  const event = fc.record({ Image: value, CommandLine: value, User: value }, { requiredKeys: [] })
  fc.assert(
    fc.property(event, (one) => {
      expect(engine.explain(one, labels, id)?.result).toBe(engine.match(one, labels).length === 1)
    }),
  )
})

test('matching never throws, whatever the event holds', () => {
  const items = {
    A: 'x*y?',
    'B|re|i': '^(a|b)+$',
    'C|cidr': 'fd00::/8',
    'D|lt': 3,
    'E|fieldref': 'F',
    'a.b.c': 1,
    'G|exists': true,
    'H|windash|contains': ['-a'],
    I: null,
    'J|contains|cased': 'Q',
  }
  const every = compile(
    load(
      ruleWith({
        all: items,
        any: Object.entries(items).map(([key, one]) => ({ [key]: one })),
        words: ['evil'],
        condition: 'all or any or words',
      }),
    ),
  )
  const keys = fc.constantFrom(
    'A',
    'B',
    'C',
    'D',
    'E',
    'F',
    'a',
    'b',
    'c',
    'a.b.c',
    '__proto__',
    'constructor',
    'G',
  )
  const anything = fc.anything({
    key: keys,
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withSparseArray: true,
    maxDepth: 4,
  })
  fc.assert(
    fc.property(fc.dictionary(keys, anything), (event) => {
      for (const hit of every.match(event, labels)) expect(hit.selections.length).toBeGreaterThan(0)
      every.explain(event, labels, id)
    }),
    { numRuns: 1_000 },
  )
})

test('very deep events are looked into only so far', () => {
  let deep: unknown = 'evil'
  for (let i = 0; i < 10_000; i++) deep = i % 2 === 0 ? [deep] : { a: deep }
  const words = compile(load(ruleWith({ words: ['evil'], path: { 'a.a': 1 }, condition: '1 of *' })))
  expect(words.match({ a: deep }, labels)).toEqual([])
})
