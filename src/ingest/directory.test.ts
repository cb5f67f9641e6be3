import { expect, test } from 'vitest'
import type { Pool } from '../store/index.ts'
import { makeDirectory } from './directory.ts'

/** A database that is asked and answers when it is told to. */
function slowDatabase(): { pool: Pool; asked: () => number; atOnce: () => number; answer: () => void } {
  let asked = 0
  let now = 0
  let most = 0
  const waiting: (() => void)[] = []
  const client = {
    query: async (text: string) => {
      if (!text.includes('sensor_by_')) return { rows: [], command: text.toUpperCase() }
      asked += 1
      now += 1
      most = Math.max(most, now)
      await new Promise<void>((go) => waiting.push(go))
      now -= 1
      return { rows: [], command: 'SELECT' }
    },
    release: () => undefined,
  }
  const pool = { connect: () => Promise.resolve(client) } as unknown as Pool
  return {
    pool,
    asked: () => asked,
    atOnce: () => most,
    answer: () => waiting.splice(0).forEach((go) => go()),
  }
}

test('strangers with wrong tokens take few connections, and all get their answer', async () => {
  const database = slowDatabase()
  const directory = makeDirectory(database.pool, () => 0)
  let answered = 0
  const all = Array.from({ length: 50 }, async (_, i) => {
    expect(await directory.byToken(`wrong ${i}`)).toBeUndefined()
    answered += 1
  })
  while (answered < 50) {
    await new Promise(setImmediate)
    database.answer()
  }
  await Promise.all(all)
  expect(database.asked()).toBe(50)
  expect(database.atOnce()).toBe(3)
})

test('the same question is asked once in four seconds', async () => {
  let now = 0
  const database = slowDatabase()
  const directory = makeDirectory(database.pool, () => now)
  const ask = async (): Promise<void> => {
    const answers = [directory.byAddress('192.0.2.1', 5514), directory.byAddress('192.0.2.1', 5514)]
    await new Promise(setImmediate)
    database.answer()
    await Promise.all(answers)
  }
  await ask()
  now = 3_999
  await ask()
  expect(database.asked()).toBe(1)
  now = 4_000
  await ask()
  expect(database.asked()).toBe(2)
})
