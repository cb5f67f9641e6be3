import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { examine } from './doctor.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-doctor-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settings = (more: Record<string, string> = {}) =>
  readConfig({
    MIMAMORI_HOME: join(folder, 'home'),
    PORT: '0',
    SYSLOG_TCP_PORT: '0',
    SYSLOG_UDP_PORT: '0',
    ...more,
  })

async function finding(check: string | RegExp, more: Record<string, string> = {}): Promise<unknown> {
  const found = await examine(settings(more))
  return found.find((one) => (typeof check === 'string' ? one.check === check : check.test(one.check)))
}

describe('the doctor', () => {
  test('finds a port that another program has, and says which setting to change', async () => {
    const other = createServer()
    await new Promise<void>((ready) => {
      other.listen(0, '127.0.0.1', ready)
    })
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    expect(await finding(`port ${port}/tcp`, { SYSLOG_TCP_PORT: port })).toMatchObject({
      state: 'bad',
      advice: expect.stringContaining('SYSLOG_TCP_PORT'),
    })
    other.close()
  })

  test('finds a database that nobody answers for', async () => {
    expect(
      await finding('database', { DATABASE_URL: 'postgres://sato:himitsu@127.0.0.1:1/mimamori' }),
    ).toMatchObject({
      state: 'bad',
      found: expect.not.stringContaining('himitsu'),
    })
  })

  test.skipIf(process.getuid?.() !== 0)('lets root practise and nothing more', async () => {
    expect(await finding('account')).toMatchObject({ state: 'warn' })
    expect(await finding('account', { MIMAMORI_PRACTICE: '0' })).toMatchObject({ state: 'bad' })
  })

  test('makes nothing where nothing was', async () => {
    expect(await finding('database')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('none yet'),
    })
  })
})
