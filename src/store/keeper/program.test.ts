import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quiet } from '../log.ts'
import { nobody } from './account.ts'
import { findProgram, type Program, reachable } from './program.ts'

const isRoot = process.getuid?.() === 0

let folder: string
let original: Program

// A checkout as npm leaves it when it ran no install scripts, in a home folder of mode 700.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-checkout-'))
  const shipped = await findProgram(folder, undefined, quiet)
  const native = join(folder, 'native')
  cpSync(join(shipped.postgres, '../..'), native, { recursive: true, verbatimSymlinks: true })
  for (const { target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))) {
    rmSync(join(folder, target), { force: true })
  }
  original = {
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    version: `test-${process.pid}`,
  }
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const place of [join('/var/lib/mimamori', `pg-${original.version}`)])
    rmSync(place, { recursive: true, force: true })
})

describe.skipIf(process.platform !== 'linux')('the programs of PostgreSQL', () => {
  test('get the library names that a careful npm did not make', () => {
    expect(existsSync(join(folder, 'native/lib/libpq.so.5'))).toBe(false)
    expect(reachable(original, { home: folder, account: undefined, log: quiet })).toBe(original)
    expect(existsSync(join(folder, 'native/lib/libpq.so.5'))).toBe(true)
  })

  test.skipIf(!isRoot)('are copied to where the account of the database can run them, once', () => {
    chmodSync(folder, 0o700)
    const account = { uid: nobody, gid: nobody }
    const copy = reachable(original, { home: folder, account, log: quiet })
    expect(copy.postgres).toBe(join('/var/lib/mimamori', `pg-${original.version}`, 'bin/postgres'))
    const made = statSync(copy.postgres).ino
    expect(reachable(original, { home: folder, account, log: quiet })).toEqual(copy)
    expect(statSync(copy.postgres).ino).toBe(made)
  })
})
