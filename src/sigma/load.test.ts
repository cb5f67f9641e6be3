import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { labels, load, ruleWith } from './test-kit.ts'

const detection = { sel: { A: 1 }, condition: 'sel' }
const errors = (document: unknown): readonly string[] =>
  load(document)
    .problems.filter((one) => one.level === 'error')
    .map((one) => one.message)
const warnings = (document: unknown): readonly string[] =>
  load(document)
    .problems.filter((one) => one.level === 'warning')
    .map((one) => one.message)

test('a rule keeps what it says of itself, unknown keys untouched, and the document', () => {
  const document = ruleWith(detection, {
    name: 'kakunin',
    status: 'test',
    level: 'high',
    author: '高橋',
    license: 'DRL-1.1',
    references: ['https://example.jp/a'],
    tags: ['attack.t1059.001'],
    falsepositives: 'なし',
    mimamori: { notice: 'gw.av.blocked' },
  })
  const [rule] = load(document).rules
  expect(rule).toMatchObject({
    title: '山田製作所の確かめ',
    id: '5f2a1c3e-0000-4000-8000-000000000001',
    name: 'kakunin',
    status: 'test',
    level: 'high',
    author: '高橋',
    license: 'DRL-1.1',
    references: ['https://example.jp/a'],
    tags: ['attack.t1059.001'],
    falsepositives: ['なし'],
    logsource: { product: 'windows', category: 'process_creation' },
    custom: { mimamori: { notice: 'gw.av.blocked' } },
    file: 'test.yml',
  })
  expect(rule?.raw).toBe(document)
})

test('a rule with an error is left out, with where it is at fault, and the others load', () => {
  const set = load(
    ruleWith(
      { sel: [{ A: 1 }, { 'B|kontains': 'x' }], condition: 'sel' },
      { id: undefined, title: '壊れた' },
    ),
    ruleWith(detection),
  )
  expect(set.rules).toHaveLength(1)
  expect(set.problems).toEqual([
    {
      rule: '壊れた',
      file: 'test.yml',
      level: 'error',
      message: 'unknown modifier `kontains`',
      path: ['detection', 'sel', 1, 'B|kontains'],
    },
  ])
})

test('documents that are no rule of today are refused with what to do', () => {
  expect(errors('text')).toHaveLength(1)
  expect(errors({ title: 'x' })).toEqual(['neither `detection` nor `correlation`'])
  expect(errors({ title: 'x', filter: {} })[0]).toContain('not supported yet')
  expect(errors({ title: 'x', action: 'global' })[0]).toContain('Sigma 1')
  expect(errors(ruleWith({ ...detection, timeframe: '5m' }))[0]).toContain('correlation')
  expect(errors(ruleWith({ condition: 'sel' }))[0]).toContain('no selection')
  expect(load(null, undefined).problems).toEqual([])
})

test('what would make the meaning unsure is refused', () => {
  expect(errors(ruleWith(detection, { title: undefined }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { title: 3 }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { level: 'severe' }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { status: 'new' }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { taxonomy: 'ecs' }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { logsource: {} }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { logsource: { product: 'windows', kategory: 'x' } }))).toHaveLength(1)
  expect(errors(ruleWith(detection, { logsource: undefined }))).toHaveLength(1)
})

test('an id or a name is taken by one rule only', () => {
  const set = load(ruleWith(detection), ruleWith(detection))
  expect(set.rules).toHaveLength(1)
  expect(set.problems[0]?.message).toContain('already used')
})

test('deprecated and unsupported rules stay out without an error', () => {
  for (const status of ['deprecated', 'unsupported']) {
    const set = load(ruleWith(detection, { status }))
    expect(set.rules).toHaveLength(0)
    expect(set.problems.map((one) => one.level)).toEqual(['warning'])
  }
})

test('what is suspicious is told, and the rule loads', () => {
  expect(warnings(ruleWith({ sel: { A: 1 }, other: { B: 1 }, condition: 'sel' }))[0]).toContain('`other`')
  expect(warnings(ruleWith({ sel: { A: 1 }, filter_x: { B: 1 }, condition: '1 of them' }))[0]).toContain(
    'filter_x',
  )
  expect(warnings(ruleWith(detection, { id: 'x-1' }))[0]).toContain('UUID')
  expect(
    warnings(ruleWith({ k: ['x'], condition: 'k' }, { logsource: { product: 'windows' } }))[0],
  ).toContain('keywords')
})

test('the hash of a rule follows its meaning, not its texts', () => {
  const hash = (document: unknown): string | undefined => load(document).rules[0]?.hash
  expect(hash(ruleWith(detection, { title: 'x', level: 'low' }))).toBe(hash(ruleWith(detection)))
  expect(hash(ruleWith({ sel: { A: 2 }, condition: 'sel' }))).not.toBe(hash(ruleWith(detection)))
})

test('a rule applies when each attribute it names is among the labels', () => {
  const fires = (logsource: unknown, given = labels): boolean =>
    compile(load(ruleWith(detection, { logsource }))).match({ A: 1 }, given).length > 0
  expect(fires({ product: 'windows' })).toBe(true)
  expect(fires({ category: 'Process_Creation' })).toBe(true)
  expect(fires({ product: 'linux', category: 'process_creation' })).toBe(false)
  expect(fires({ product: 'windows', service: 'security' })).toBe(false)
  expect(fires({ category: 'process_creation' }, { categories: [], services: [] })).toBe(false)
  const sysmon = { product: 'windows', categories: ['registry_set', 'registry_event'], services: ['sysmon'] }
  expect(fires({ product: 'windows', category: 'registry_event', service: 'sysmon' }, sysmon)).toBe(true)
})
