import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withoutScope } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { countLists, placeOf, placesPerList } from './status-place.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(() => db.superuser.query('delete from badge_status'))

const place = (entry: string, draw?: (below: number) => number) =>
  withoutScope(db.store.app, (tx) => placeOf(tx, entry, draw))

describe('the place of a badge in the status lists', () => {
  test('is drawn once and stays, also when many ask at once', async () => {
    const drawn = await Promise.all(Array.from({ length: 6 }, () => place('OSK-1')))
    expect(new Set(drawn.map((one) => `${one.list} ${one.place}`)).size).toBe(1)
    expect(drawn[0]?.list).toBe(1)
    expect(drawn[0]?.place).toBeLessThan(placesPerList)
  })

  test('tells nothing of the order of entries', async () => {
    const places: number[] = []
    for (let n = 0; n < 40; n += 1) places.push((await place(`OSK-${n}`)).place)
    expect(new Set(places).size).toBe(40)
    const rising = places.filter((one, at) => one > (places[at - 1] ?? 0)).length
    expect(rising).toBeGreaterThan(5)
    expect(rising).toBeLessThan(35)
  })

  test('goes to the next list when a list is so full that twelve draws find nothing', async () => {
    expect(await place('OSK-1', () => 7)).toEqual({ list: 1, place: 7 })
    expect(await place('OSK-2', () => 7)).toEqual({ list: 2, place: 7 })
    expect(await place('OSK-3', () => 8)).toEqual({ list: 2, place: 8 })
    expect(await withoutScope(db.store.app, countLists)).toBe(2)
  })

  test('is changed and taken away by nobody', async () => {
    await place('OSK-1')
    for (const text of ['update badge_status set place = 1', 'delete from badge_status'])
      await expect(db.store.app.query(text)).rejects.toThrow(/permission denied/)
  })
})
