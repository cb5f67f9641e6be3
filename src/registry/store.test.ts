import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase(process.env['REG_SQL'] === undefined ? {} : { sql: process.env['REG_SQL'] })
})
afterAll(() => db.drop())

test('applies', async () => {
  expect((await db.superuser.query('select count(*) from registry_entry')).rows).toHaveLength(1)
})
