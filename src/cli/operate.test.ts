import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fault } from '../base/fault.ts'
import { explain } from './operate.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-cli-'))
  // As root the database runs as nobody, who must come through.
  chmodSync(folder, 0o755)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs `mimamori …` as a person would, with a home of its own inside the folder of this test. */
function mimamori(args: readonly string[], settings: Record<string, string> = {}): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    MIMAMORI_HOME: join(folder, 'home'),
    PORT: '0',
    SYSLOG_TCP_PORT: '0',
    SYSLOG_UDP_PORT: '0',
    ...settings,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (err += text.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

describe('the command line', () => {
  test.each(['backup', 'restore', 'migrate', 'doctor'])(
    '%s tells how it is used, and when it is used wrongly',
    async (name) => {
      const help = await mimamori([name, '--help'])
      expect([help.code, help.out]).toEqual([0, expect.stringContaining(`Usage: mimamori ${name}`)])
      const wrong = await mimamori([name, '--wrong'])
      expect([wrong.code, wrong.out]).toEqual([2, ''])
      expect(wrong.err).toContain(`Usage: mimamori ${name}`)
    },
  )

  test('carries an installation from one home to another', async () => {
    const file = join(folder, 'all.mimamori')
    const fresh = await mimamori(['doctor', '--json'])
    expect(JSON.parse(fresh.out)).toMatchObject({ ok: true })
    expect(existsSync(join(folder, 'home'))).toBe(false)

    const tooEarly = await mimamori(['backup', file])
    expect([tooEarly.code, tooEarly.err]).toEqual([1, expect.stringContaining('no database in it yet')])
    expect(existsSync(join(folder, 'home'))).toBe(false)

    const migrated = await mimamori(['migrate', '--json'])
    expect([migrated.code, JSON.parse(migrated.out)]).toEqual([0, { from: 0, to: expect.any(Number) }])

    const made = await mimamori(['backup', '--json', file])
    expect(made.code).toBe(0)
    expect(JSON.parse(made.out)).toMatchObject({ bytes: statSync(file).size })
    expect(made.err).toBe('')

    const elsewhere = { MIMAMORI_HOME: join(folder, 'elsewhere') }
    const back = await mimamori(['restore', '--json', file], elsewhere)
    expect([back.code, JSON.parse(back.out)]).toMatchObject([0, { rows: JSON.parse(made.out).rows }])
    const twice = await mimamori(['restore', file], elsewhere)
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('not empty')])

    const looked = await mimamori(['doctor', '--json'], elsewhere)
    const findings: { check: string; state: string }[] = JSON.parse(looked.out).findings
    expect(looked.code).toBe(0)
    expect(findings.filter(({ state }) => state === 'bad')).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['node', 'disk', 'left-over processes', 'database', 'schema', 'role of app']),
    )
  })

  test('says which settings are wrong, all at once', async () => {
    const ran = await mimamori(['migrate'], { PORT: 'web', MIMAMORI_PRACTICE: 'maybe' })
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(/PORT=web/)
    expect(ran.err).toMatch(/MIMAMORI_PRACTICE=maybe/)
  })

  test('says that a file is no backup', async () => {
    const ran = await mimamori(['restore', main], { MIMAMORI_HOME: join(folder, 'third') })
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('damaged or cut off')])
    const none = await mimamori(['restore', join(folder, 'none')], { MIMAMORI_HOME: join(folder, 'third') })
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('there is no such file')])
  })
})

describe('an error', () => {
  test('is told in lines, not in JSON', () => {
    expect(
      explain(fault('DATABASE_OWNER', { user: 'sato', runAsAdministrator: ['grant a', 'grant b'] })),
    ).toBe(
      'The user of DATABASE_URL lacks a right it needs.\n  user: sato\n  runAsAdministrator: \n    grant a\n    grant b',
    )
    expect(explain(new Error('plain'))).toBe('plain')
  })
})
