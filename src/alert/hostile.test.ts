import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Instant, minute, second } from '../base/time.ts'
import { noteSequences } from '../ingest/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import {
  appenderOn,
  botnet,
  detectorOn,
  type Firm,
  morning,
  plantFirm,
  plantProvider,
  sent,
} from './test-firms.ts'

let db: TestDatabase
let provider: string
let code = 4000
const clock = (): Instant => morning + 10 * minute

beforeAll(async () => {
  db = await testDatabase()
  provider = (await plantProvider(db, 'みなと情報サービス')).provider
})
afterAll(() => db.drop())

const firm = (): Promise<Firm> => plantFirm(db, { provider, name: '山田製作所', code: `M-${++code}` })

/** Text that does not get smaller when it is packed. */
const noise = (length: number): string => randomBytes(length).toString('hex').slice(0, length)

const shadow = (of: { computer?: string; command?: string; time?: string }): string =>
  JSON.stringify({
    '@timestamp': of.time ?? '2026-11-23T01:00:00.000Z',
    winlog: {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      event_id: '1',
      computer_name: of.computer ?? 'keiri-02',
      event_data: {
        Image: 'C:\\Windows\\System32\\vssadmin.exe',
        CommandLine: of.command ?? 'vssadmin delete shadows /all /quiet',
      },
    },
  })

async function judge(
  firm: Firm,
  lines: readonly string[],
  sensor = firm.windows,
): Promise<{ alerts: number; setAside: readonly { reason: string }[]; ms: number }> {
  const appender = appenderOn(db)
  for (let at = 0; at < lines.length; at += 400)
    await sent(appender, { company: firm.company, sensor }, { lines: lines.slice(at, at + 400), at: morning })
  await appender.close()
  const detector = detectorOn(db, clock, { noteSequences })
  await detector.load()
  const begun = performance.now()
  while ((await detector.step()) > 0);
  await detector.save()
  const { rows } = await db.superuser.query<{ n: number }>(
    'select count(*)::int as n from alert where company_id = $1',
    [firm.company],
  )
  const setAside = detector.state().setAside.filter((each) => each.company === firm.company)
  return { alerts: rows[0]?.n ?? 0, setAside, ms: performance.now() - begun }
}

describe('an attacker who writes into the log cannot hide the attack', () => {
  const many: readonly [string, () => string][] = [
    ['nothing special', () => shadow({})],
    ['NUL in the command', () => shadow({ command: 'vssadmin delete shadows /all \0 /quiet' })],
    ['half a surrogate pair', () => shadow({ command: 'vssadmin delete shadows /all \ud800 /quiet' })],
    ['a name of 5,000 characters', () => shadow({ computer: noise(5_000) })],
    [
      'a command of 30,000 characters',
      () => shadow({ command: `vssadmin delete shadows /all ${noise(30_000)}` }),
    ],
    ['a year nobody will see', () => shadow({ time: '+275760-09-12T00:00:00.000Z' })],
    ['a year before our era', () => shadow({ time: '-000300-09-12T00:00:00.000Z' })],
    ['the year 0', () => shadow({ time: '0000-01-01T00:00:00.000Z' })],
  ]
  test.each(many)('%s', async (_name, line) => {
    const yamada = await firm()
    const found = await judge(yamada, [line()])
    expect(found).toMatchObject({ alerts: 1, setAside: [] })
  })

  test.each([
    ['seconds', '9999999999'],
    ['nanoseconds', '9999999999999999999'],
    ['too many digits', '8640000000000000000000'],
    ['below zero', '-62167219200000000000'],
  ])('a clock of the gateway far away: %s', async (_name, time) => {
    const yamada = await firm()
    const line = botnet(morning).replace(/eventtime=\d+/, `eventtime=${time}`)
    expect(await judge(yamada, [line], yamada.utm)).toMatchObject({ alerts: 1, setAside: [] })
  })

  test('a numbered sender with a name of 3,000 characters', async () => {
    const yamada = await firm()
    const line = `<189>1 2026-11-23T01:00:00Z ${noise(3_000)} app - - [meta sequenceId="7"] hello`
    expect(await judge(yamada, [line, botnet(morning)], yamada.utm)).toMatchObject({
      alerts: 1,
      setAside: [],
    })
  })
})

describe('a flood that fires a rule with every line', () => {
  test('from 2,000 machines nobody knows makes few stories', async () => {
    const yamada = await firm()
    const lines = Array.from({ length: 2_000 }, (_, i) =>
      botnet(morning + i, { from: `10.9.${i >> 8}.${i & 255}` }),
    )
    const found = await judge(yamada, lines, yamada.utm)
    expect(found.alerts).toBeLessThanOrEqual(21)
    expect(found.setAside).toEqual([])
    const { rows } = await db.superuser.query<{ n: number }>(
      'select sum(count)::int as n from alert where company_id = $1',
      [yamada.company],
    )
    expect(rows[0]?.n).toBe(2_000)
    expect(found.ms).toBeLessThan(15 * second)
  })

  test('with times that jump makes few stories, too, and the named machine keeps its name', async () => {
    const yamada = await firm()
    const appender = appenderOn(db)
    const from = { company: yamada.company, sensor: yamada.utm }
    for (let i = 0; i < 60; i++)
      await sent(appender, from, { lines: [botnet(morning - i * 20 * minute)], at: morning })
    await appender.close()
    expect(await judge(yamada, [botnet(morning)], yamada.utm)).toMatchObject({ setAside: [] })
    const { rows } = await db.superuser.query<{ device: string; n: number }>(
      'select device_id as device, count(*)::int as n from alert where company_id = $1 group by 1',
      [yamada.company],
    )
    expect(rows).toMatchObject([{ device: yamada.keiri }])
    expect(rows[0]?.n).toBeLessThanOrEqual(21)
  })
})
