import { afterAll, beforeAll, expect, test } from 'vitest'
import { hour } from '../base/time.ts'
import { newId } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { tidy } from './loop.ts'
import { isPassing } from './take-batches.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('keys of batches are forgotten after seven days, of every company', async () => {
  const now = Date.UTC(2026, 10, 23)
  for (const code of ['M-0427', 'M-0291']) {
    const [company, sensor] = [newId(), newId()]
    await db.superuser.query(
      "insert into organisation (id, kind, name) values ($1, 'company', '山田製作所')",
      [company],
    )
    await db.superuser.query('insert into company (id, code) values ($1, $2)', [company, code])
    for (const [key, age] of [
      ['old', 169],
      ['young', 167],
    ] as const) {
      await db.superuser.query(
        'insert into batch_key (company_id, sensor_id, key, at, lines) values ($1, $2, $3, $4, 1)',
        [company, sensor, key, new Date(now - age * hour)],
      )
    }
  }
  await tidy(db.store.detect, now)
  const kept = await db.superuser.query('select key from batch_key')
  expect(kept.rows).toEqual([{ key: 'young' }, { key: 'young' }])
})

test('a database that is away or full is waited for; a fault of ours is not', () => {
  const error = (code?: string, message = 'x') =>
    Object.assign(new Error(message), code === undefined ? {} : { code })
  for (const code of ['08006', '40001', '40P01', '53100', '53300', '57P01', 'ECONNREFUSED', 'ENOSPC']) {
    expect(isPassing(error(code)), code).toBe(true)
  }
  expect(isPassing(error(undefined, 'Connection terminated unexpectedly'))).toBe(true)
  for (const code of ['42501', '22P02', '23505', '42703', 'INTERNAL', 'NOT_FOUND']) {
    expect(isPassing(error(code)), code).toBe(false)
  }
  expect(isPassing(new TypeError('undefined is not a function'))).toBe(false)
})
