import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { read } from '../source/index.ts'
import { installRules, loadRuleBook } from './rule-book.ts'
import { freshWatch, type ReadLine, watchBatch } from './watch-batch.ts'

/** Logs of attacks and of everyday life that nobody here wrote; not part of the repository. */
const folder = process.env['MIMAMORI_TEST_DATA'] ?? join(import.meta.dirname, '../../../shared/data')
const present = existsSync(join(folder, 'windows-events.ndjson.gz'))
if (!present) console.warn(`public test data absent (${folder}): the rules are not tried on it`)

const edition = loadRuleBook(installRules()).current()
const company = '00000000-0000-4000-8000-000000000001'

type Tally = Map<string, { findings: number; events: number }>

/** Judges lines as batches of 200 in their order; by rule title, how many findings and events. */
async function tallyOf(
  lines: AsyncIterable<string> | Iterable<string>,
  tally: Tally = new Map(),
): Promise<Tally> {
  const watch = freshWatch(edition)
  let batch: ReadLine[] = []
  let batchNo = 0
  const latest = new Map<string, { title: string; count: number }>()
  const judge = (): void => {
    for (const { key, rule, count } of watchBatch(watch, company, batch))
      latest.set(key, { title: rule.title, count })
    batch = []
  }
  for await (const raw of lines) {
    if (batch.length === 0) batchNo++
    const first = read(raw, 'auto', { receivedAt: Date.UTC(2026, 10, 23), zoneMinutes: 0 })
    const place = { day: '2026-11-23', batchNo, line: batch.length + 1, sensor: company }
    batch.push({ ...place, receivedAt: first.eventTime, parsed: first })
    if (batch.length === 200) judge()
  }
  judge()
  for (const { title, count } of latest.values()) {
    const known = tally.get(title) ?? { findings: 0, events: 0 }
    tally.set(title, { findings: known.findings + 1, events: known.events + count })
  }
  return tally
}

function gunzipped(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(join(folder, file)).pipe(createGunzip()) })
}

function shown(tally: Tally): string {
  const rows = [...tally].sort((a, b) => b[1].events - a[1].events)
  return rows
    .map(([title, { findings, events }]) => `  ${title}: ${events} events, ${findings} findings`)
    .join('\n')
}

describe.skipIf(!present)(
  'logs that nobody here wrote (skipped where the public data of MIMAMORI_TEST_DATA is absent)',
  () => {
    test('at least five rules fire on them', { timeout: 120_000 }, async () => {
      const all: Tally = new Map()
      const cases = readFileSync(join(folder, 'device-logs.ndjson'), 'utf8').trim().split('\n')
      for (const text of cases) {
        const { lines }: { lines: string[] } = JSON.parse(text)
        await tallyOf(lines, all)
      }
      const regression = readFileSync(join(folder, 'sigma-regression.ndjson'), 'utf8').trim().split('\n')
      for (const text of regression) {
        const { event }: { event: unknown } = JSON.parse(text)
        await tallyOf([JSON.stringify(event)], all)
      }
      await tallyOf(gunzipped('windows-events.ndjson.gz'), all)
      console.info(`rules that fired on public logs:\n${shown(all)}`)
      expect(all.size).toBeGreaterThanOrEqual(5)
      expect([...all.keys()]).toEqual(
        expect.arrayContaining([
          'Many refused VPN sign-ins from one address',
          'Many refused SSH sign-ins from one address',
          'Security log cleared',
          'PowerShell fetches a program and runs it',
        ]),
      )
    })

    test('everyday logs of Windows raise little', { timeout: 120_000 }, async () => {
      const tally = await tallyOf(gunzipped('windows-bench.ndjson.gz'))
      console.info(`on 30,000 events in natural proportion (attack exercises among them):\n${shown(tally)}`)
      const findings = [...tally.values()].reduce((sum, each) => sum + each.findings, 0)
      expect(findings).toBeLessThan(60)
    })
  },
)
