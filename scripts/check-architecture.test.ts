import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type HouseMap, house } from '../src/know.ts'
import { mapBreaches } from './architecture/breaches.ts'
import { readSource } from './architecture/read-imports.ts'
import { ringsOf } from './architecture/rings.ts'
import { checkArchitecture, lookAtArchitecture } from './check-architecture.ts'

const fixtures = fileURLToPath(new URL('./fixtures/architecture/', import.meta.url))

describe('every fixture with a breach fails with that breach and no other', () => {
  const named = readdirSync(fixtures).filter((name) => name !== 'sound')
  test.each(named)('%s', (name) => {
    const [kind = ''] = name.split('-')
    const breaches = checkArchitecture(fixtures + name, house)
    expect([...new Set(breaches.map((breach) => breach.kind))]).toEqual([kind])
    expect(breaches[0]?.message).not.toBe('')
  })

  test('there is a fixture for each kind of breach in files', () => {
    const kinds = new Set(named.map((name) => name.replace(/-.*/, '')))
    const expected = 'arrow barrel clock door empty outside pool purity ring unknown'.split(' ')
    expect([...kinds].toSorted()).toEqual(expected)
  })
})

test('a sound house passes, and the check says how much it read', () => {
  expect(lookAtArchitecture(`${fixtures}sound`, house)).toEqual({ breaches: [], files: 7, imports: 7 })
})

test('a breach names the file and the line', () => {
  const [breach] = checkArchitecture(`${fixtures}door-outside`, house)
  expect(breach?.where).toBe('src/notice/index.ts:1')
  expect(breach?.message).toBe('enter alert through src/alert/index.ts, not src/alert/store.ts')
})

describe('the map', () => {
  test('of Mimamori has no ring, no arrow up and no unknown name', () => {
    expect(mapBreaches(house)).toEqual([])
  })

  test.each([
    ['an arrow up', { base: folder(0, ['portal']), portal: folder(4, []) }, 'base → portal points up'],
    ['a ring', { alert: folder(3, ['case']), case: folder(3, ['alert']) }, 'a ring: alert ↔ case'],
    ['an unknown name', { case: folder(3, ['cases']) }, 'may import cases, which is not on the map'],
  ])('with %s is refused', (_, map: HouseMap, message) => {
    expect(mapBreaches(map).map((breach) => breach.message)).toEqual([expect.stringContaining(message)])
  })
})

test('imports are found in every form, with their lines', () => {
  const text = [
    "import type { A } from './a.ts'",
    'import {',
    '  b,',
    "} from '../b/index.ts'",
    "export * from './c.ts'",
    "export { d } from './d.ts'",
    "import './e.ts'",
    "const f = await import('./f.ts')",
    "type G = import('./g.ts').G",
    "import h from 'pg'",
    "// import i from './i.ts'",
    "const j = 'import'",
  ].join('\n')
  const { imports } = readSource('src/case/x.ts', text)
  expect(imports.map((it) => `${it.line} ${it.target ?? it.specifier}`).toSorted()).toEqual(
    [
      '1 src/case/a.ts',
      '4 src/b/index.ts',
      '5 src/case/c.ts',
      '6 src/case/d.ts',
      '7 src/case/e.ts',
      '8 src/case/f.ts',
      '9 src/case/g.ts',
      '10 pg',
    ].toSorted(),
  )
})

test('a ring of three is told once, and what merely leads into it is no part', () => {
  const arrows = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['x', 'a'],
    ['c', 'y'],
  ] as const
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of arrows) graph.set(from, new Set([...(graph.get(from) ?? []), to]))
  expect(ringsOf(graph)).toEqual([['a', 'b', 'c']])
})

function folder(floor: 0 | 3 | 4, may: string[]): HouseMap[string] {
  return { floor, may, holds: '' }
}
