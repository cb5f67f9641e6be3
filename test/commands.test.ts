import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practiceProvider } from '../src/practice/index.ts'
import { browse, type Browsing, wordsOf } from './browse.ts'
import { checkout, mimamori } from './command.ts'
import { ask, killDatabase } from './kept.ts'
import { type Launched, launchProgram } from './program.ts'
import { issueToken, until } from './real-installation.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-commands-'))
  // As root the database runs as nobody, who must come through.
  chmodSync(folder, 0o755)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const names = ['start', 'migrate', 'replay', 'parse', 'backup', 'restore', 'doctor'] as const
const sample = join(checkout, 'src/source/fortigate/samples/yamada.log')

describe('the command line', () => {
  test('lists its commands, and says which one it does not know', async () => {
    const help = await mimamori(['--help'])
    expect([help.code, help.err]).toEqual([0, ''])
    for (const name of names) expect(help.out).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'))
    const wrong = await mimamori(['wach'])
    expect([wrong.code, wrong.out]).toEqual([2, ''])
    expect(wrong.err).toContain('there is no command "wach"')
    expect((await mimamori([])).code).toBe(2)
  })

  test.each(names)('%s tells how it is used, and when it is used wrongly', async (name) => {
    const [help, wrong] = await Promise.all([mimamori([name, '--help']), mimamori([name, '--wrong'])])
    expect([help.code, help.err]).toEqual([0, ''])
    expect(help.out).toContain(`Usage: mimamori ${name}`)
    expect(help.out).toMatch(/^Exit code: 0 .+, 1 .+, 2 /m)
    expect([wrong.code, wrong.out]).toEqual([2, ''])
    expect(wrong.err).toContain(`mimamori ${name}: Unknown option '--wrong'`)
    expect(wrong.err).toContain(`Usage: mimamori ${name}`)
  })

  test('parse prints one event a line, of the source it recognises or is told', async () => {
    const all = await mimamori(['parse', sample])
    const events = all.out.trimEnd().split('\n')
    expect([all.code, all.err]).toEqual([
      0,
      expect.stringMatching(/^13 lines: 11 ok, 2 partial, 0 failed\n$/),
    ])
    expect(events).toHaveLength(13)
    for (const event of events) expect(JSON.parse(event)).toMatchObject({ source: 'fortigate' })
    const told = await mimamori(['parse', '--source', 'sshd', sample])
    expect(told.code).toBe(1)
    const none = await mimamori(['parse', join(folder, 'none.log')])
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('none.log')])
  })

  test('doctor finds nothing bad where nothing is yet, and makes nothing', async () => {
    const home = join(folder, 'nothing')
    const env = { MIMAMORI_HOME: home, PORT: '0', SYSLOG_TCP_PORT: '0', SYSLOG_UDP_PORT: '0' }
    const looked = await mimamori(['doctor', '--json'], { env })
    expect([looked.code, JSON.parse(looked.out)]).toMatchObject([0, { ok: true }])
    expect(existsSync(home)).toBe(false)
    const read = await mimamori(['doctor'], { env })
    expect(read.out).toMatch(/^ok {3}node: v\d+/)
  })

  test('replay says that nobody answers, and that a file is not there', async () => {
    const nobody = ['replay', '--token', 'x', '--url', 'http://127.0.0.1:9']
    const away = await mimamori([...nobody, sample])
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('http://127.0.0.1:9')])
    const none = await mimamori([...nobody, join(folder, 'none.log')])
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('none.log')])
  })
})

describe('on a running practice installation', () => {
  const env = { BASE_URL: '' }
  let first: Launched
  let second: Launched | undefined
  let admin: Browsing
  let token: string
  let log: string

  beforeAll(async () => {
    first = await launchProgram({ practice: true, env })
    admin = await signedIn(first)
    const [server] = await ask<{ id: string }>(
      first.home,
      `select s.id from sensor s join company c on c.id = s.company_id
       where s.source = 'syslog' and not c.canary limit 1`,
    )
    token = await issueToken(admin, server?.id ?? '')
    log = join(folder, 'sato.log')
    const lines = Array.from(
      { length: 3_000 },
      (_, at) => `Nov 20 10:00:00 nas storaged[7]: replayed line ${at}`,
    )
    writeFileSync(log, `${lines.join('\n')}\n`)
  }, 90_000)

  afterAll(async () => {
    for (const program of [first, second]) {
      if (program === undefined) continue
      if (program.child.exitCode === null) await program.kill()
      await killDatabase(program.home)
      await program.remove()
    }
  })

  const replay = (words: readonly string[]): ReturnType<typeof mimamori> =>
    mimamori(['replay', '--url', first.baseUrl, ...words, log], { env: { MIMAMORI_TOKEN: token } })

  test('replay stores a file once, and tells what it did', async () => {
    const sent = await replay(['--json', '--batch', '1000'])
    expect([sent.code, sent.err]).toEqual([0, ''])
    expect(JSON.parse(sent.out)).toEqual({ lines: 3_000, accepted: 3_000, duplicate: 0, failed: 0 })
    const again = await replay(['--batch', '1000'])
    expect([again.code, again.out]).toEqual([
      0,
      '3000 lines: 0 stored, 3000 stored before, 0 stored but not read as sent\n',
    ])
    const [kept] = await ask<{ n: number }>(
      first.home,
      "select count(*) as n from event where raw like '%replayed line%'",
    )
    expect(kept?.n).toBe(3_000)
    const wrong = await replay(['--token', 'wrong'])
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringContaining('The sensor token is missing or wrong.'),
    ])
  })

  const terminal = '/usr/bin/script'
  test.skipIf(!existsSync(terminal))('replay shows a bar to a person (skipped without script)', async () => {
    const command = `${checkout}/bin/mimamori replay --url ${first.baseUrl} --batch 1000 ${log}`
    const run = promisify(execFile)
    const { stdout } = await run(terminal, ['-qec', command, '/dev/null'], {
      env: { PATH: process.env['PATH'], MIMAMORI_TOKEN: token },
    })
    expect(stdout).toMatch(/replay \[#+-+\] +\d+% [\d,]+/)
  })

  test('doctor looks while it runs, migrate leaves it alone', async () => {
    const running = { env: first.env }
    const looked = await mimamori(['doctor', '--json'], running)
    expect(JSON.parse(looked.out)).toMatchObject({ ok: true })
    expect(looked.out).toContain(`Mimamori runs as process ${first.child.pid}`)
    const migrated = await mimamori(['migrate'], running)
    expect([migrated.code, migrated.err]).toEqual([1, expect.stringContaining(`pid: ${first.child.pid}`)])
  })

  test('a backup comes back in another home, which starts and shows the same cases', async () => {
    const file = join(folder, 'all.mimamori')
    await until('a case of the sample day', async () => (await casesOn(admin)).length > 0, 100_000)
    const shown = await casesOn(admin)
    const made = await mimamori(['backup', '--json', file], { env: first.env })
    expect([made.code, made.err]).toEqual([0, ''])
    await first.stop()

    const home = join(folder, 'restored')
    const elsewhere = { env: { MIMAMORI_HOME: home, PORT: '0', SYSLOG_TCP_PORT: '0', SYSLOG_UDP_PORT: '0' } }
    const back = await mimamori(['restore', '--json', file], elsewhere)
    expect([back.code, back.err]).toEqual([0, ''])
    expect(JSON.parse(back.out).rows).toBe(JSON.parse(made.out).rows)
    process.stdout.write(
      `  backup: ${JSON.parse(made.out).rows} rows, ${JSON.parse(made.out).bytes} bytes, all back\n`,
    )
    const twice = await mimamori(['restore', file], elsewhere)
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('not empty')])

    second = await launchProgram({ practice: true, env, home })
    const cases = await casesOn(await signedIn(second))
    expect(cases).toEqual(expect.arrayContaining(shown))
    const [kept] = await ask<{ n: number }>(
      home,
      "select count(*) as n from event where raw like '%replayed line%'",
    )
    expect(kept?.n).toBe(3_000)
  }, 180_000)
})

async function signedIn(program: Launched): Promise<Browsing> {
  const browsing = browse(program.baseUrl)
  const { pathname } = new URL(await program.entryLink(practiceProvider.admin.email))
  await browsing.fill(pathname, pathname)
  return browsing
}

async function casesOn(admin: Browsing): Promise<string[]> {
  const words = wordsOf((await admin.open('/cases')).html)
  return [...words.matchAll(/C-\d{4}-\d/g)].map(([number]) => number)
}
