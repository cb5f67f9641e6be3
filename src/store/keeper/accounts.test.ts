import { chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, count, plant, type TestHome, testHome } from '../fixtures/home.ts'
import { quiet } from '../log.ts'
import { keepDatabase } from './keep.ts'
import { haveEnded } from './process.ts'

const isRoot = process.getuid?.() === 0

let it: TestHome
let home: string

beforeEach(() => {
  it = testHome()
  home = it.home
})

afterEach(() => it.clear())

describe.skipIf(!isRoot)('accounts (needs root)', () => {
  test('an ordinary user keeps a database in a home of mode 700', async () => {
    chmodSync(home, 0o700)
    chownSync(home, 65_534, 65_534)
    const { child, said } = await it.run({ uid: 65_534, gid: 65_534 })
    expect(said.code).toBeUndefined()
    await plant(said.url)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    // Root may start it once: it runs under the account that owns the data, so nothing changes hands.
    child.kill('SIGTERM')
    await haveEnded([child.pid ?? 0], 5_000)
    const keeper = await keepDatabase({ home, log: quiet })
    expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
    expect(statSync(`/proc/${keeper.pid()}`).uid).toBe(65_534)
    await keeper.stop()
  })

  test('root is told which folder keeps the database out', async () => {
    const inside = join(home, 'data')
    chmodSync(home, 0o700)
    await expect(keepDatabase({ home: inside, log: quiet })).rejects.toMatchObject({
      code: 'HOME_UNREACHABLE',
      details: { folder: home },
    })
  })

  test('root gets a home that the database can reach, also under a strict umask', async () => {
    chmodSync(home, 0o755)
    const umask = process.umask(0o077)
    try {
      const keeper = await keepDatabase({ home: join(home, 'var/lib/mimamori'), log: quiet })
      expect(await ask(keeper.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
      await keeper.stop()
      expect(statSync(join(home, 'var/lib/mimamori/secret')).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(umask)
    }
  })

  test('an ordinary user is told that the data are not theirs', async () => {
    const first = await keepDatabase({ home, log: quiet })
    await first.stop()
    chmodSync(home, 0o777)
    const { said } = await it.run({ uid: 1, gid: 1 })
    expect(said.code).toBe('HOME_UNREACHABLE')
  })
})
