import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withoutScope } from '../store/index.ts'
import { checkMany, linesOf, mostChecked, readLine } from './check-many.ts'
import { changeEntryStatus } from './store.ts'
import { type Shelf, testShelf, wednesday } from './test-shelf.ts'

let shelf: Shelf
beforeAll(async () => {
  shelf = await testShelf()
})
afterAll(() => shelf.database.drop())

const lines = (text: string) => {
  const read = linesOf(text)
  if (!read.ok) throw new Error(`line ${read.line}`)
  return read.lines
}
const check = (text: string) =>
  withoutScope(shelf.database.store.app, (tx) => checkMany(tx, lines(text), 'OSK'))

describe('a pasted list', () => {
  test('is read line by line; headings, empty lines and a byte order mark are not numbers', () => {
    expect(lines('\ufeff法人番号\r\n7999901000001\r\n\r\n山田,8999901000000')).toEqual([
      { line: 2, typed: '7999901000001' },
      { line: 4, typed: '山田,8999901000000' },
    ])
    expect(lines('')).toEqual([])
  })

  test('takes ten thousand lines and names the first line too many', () => {
    const full = Array.from({ length: mostChecked }, (_, n) => String(n)).join('\n')
    expect(lines(full)).toHaveLength(mostChecked)
    expect(linesOf(`${full}\n\n一つ多い1`)).toEqual({ ok: false, line: mostChecked + 2 })
  })

  test.each([
    ['7999901000001', { as: 'corporate', key: '7999901000001' }],
    ['T7-9999-0100-0001', { as: 'corporate', key: '7999901000001' }],
    ['株式会社山田製作所\t7999901000001\t大阪府', { as: 'corporate', key: '7999901000001' }],
    ['"山田, 太郎";"７９９９９０１０００００１"', { as: 'corporate', key: '7999901000001' }],
    ['7999901000002', { as: 'unreadable', why: 'check' }],
    ['OSK-00000000Z', { as: 'unreadable', why: 'check' }],
    ['51234567890', { as: 'official', key: '51234567890' }],
    ['41234567890', { as: 'official', key: '41234567890' }],
    ['山田製作所', { as: 'unreadable', why: 'form' }],
    [',,,', { as: 'unreadable', why: 'form' }],
  ])('reads %j', (typed, read) => {
    expect(readLine(typed, 'OSK')).toEqual(read)
  })
})

describe('many at once', () => {
  test('each line gets its answer, doubles too, in their order', async () => {
    const number = await shelf.enter()
    const stopped = await shelf.enter({ name: '大川商店', corporateNumber: undefined })
    await withoutScope(shelf.database.store.app, (tx) =>
      changeEntryStatus(tx, { number: stopped, status: 'stopped' }, { by: 'company', now: wednesday }),
    )
    const answers = await check(
      `${number}\n7999901000001\n${stopped.toLowerCase()}\n6000012070001\n51234567890\n${number}`,
    )
    expect(answers.map(({ line, read, entry }) => [line, read.as, entry?.number, entry?.status])).toEqual([
      [1, 'number', number, 'active'],
      [2, 'corporate', number, 'active'],
      [3, 'number', stopped, 'stopped'],
      [4, 'corporate', undefined, undefined],
      [5, 'official', undefined, undefined],
      [6, 'number', number, 'active'],
    ])
  })

  test('of a firm with several entries the one in force is told, and how many others there are', async () => {
    const corporateNumber = '8999901000000'
    const first = await shelf.enter({ corporateNumber, level: 'SA1', declaredOn: '2025-01-01' })
    const second = await shelf.enter({ corporateNumber, declaredOn: '2024-01-01', replaces: first })
    const [answer] = await check(corporateNumber)
    expect(answer).toMatchObject({ entry: { number: second, replaces: first }, others: 1 })
  })
})
