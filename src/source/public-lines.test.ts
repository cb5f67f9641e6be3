import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { read, recognise } from './read.ts'
import type { Hints, Parsed } from './source.ts'

/** Public log lines that nobody here wrote: read where they are, never copied. */
const folder =
  process.env['MIMAMORI_TEST_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const hints: Hints = { receivedAt: Date.UTC(2026, 10, 24), zoneMinutes: 540 }

type Case = { readonly family: string; readonly log_type: string; readonly lines: readonly string[] }

function deviceLines(): { readonly family: string; readonly line: string }[] {
  const text = readFileSync(`${folder}/device-logs.ndjson`, 'utf8')
  const cases = text
    .split('\n')
    .filter(Boolean)
    .map((each) => JSON.parse(each) as Case)
  return cases.flatMap(({ family, log_type, lines }) =>
    lines.map((line) => ({ family: `${family}/${log_type}`, line })),
  )
}

function share(parsed: readonly Parsed[]): number {
  return parsed.filter(({ status }) => status !== 'failed').length / parsed.length
}

describe.skipIf(!existsSync(`${folder}/device-logs.ndjson`))(
  '1,338 public device lines (skipped where the public data of MIMAMORI_TEST_DATA is absent)',
  () => {
    test('none breaks a parser; the share understood is printed', () => {
      const families = new Map<string, Parsed[]>()
      let count = 0
      for (const { family, line } of deviceLines()) {
        const parsed = read(line, 'auto', hints)
        expect(parsed.reason ?? '').not.toMatch(/^BUG/)
        families.set(family, [...(families.get(family) ?? []), parsed])
        count += 1
      }
      const rows = [...families].map(
        ([family, all]) =>
          `${family} ${Math.round(share(all) * 100)} % of ${all.length} (${[...new Set(all.map(({ source }) => source))].join(' ')})`,
      )
      console.info(rows.join('\n'))
      expect(count).toBe(1_338)
    })
    test('all four sources at once: no line breaks a parser that was not made for it', () => {
      for (const { line } of deviceLines())
        for (const source of ['fortigate', 'sshd', 'windows', 'syslog'] as const)
          expect(read(line, source, hints).reason ?? '').not.toMatch(/^BUG/)
    })
    test('FortiGate: at least 95 % are understood, each with its address and user', () => {
      const all = deviceLines().filter(({ family }) => family === 'fortinet/fortinet')
      const parsed = all.map(({ line }) => read(line, 'auto', hints))
      expect(parsed.length).toBeGreaterThan(5)
      expect(share(parsed)).toBeGreaterThanOrEqual(0.95)
      expect(
        parsed.every(({ source, common }) => source === 'fortigate' && common.src_ip === '192.168.0.1'),
      ).toBe(true)
    })
    test('sshd: at least 95 % are understood, and say where the guest came from', () => {
      const all = deviceLines().filter(({ line }) => /\bsshd(?:-session)?(?:\[\d+\]:| \d+ - )/.test(line))
      const parsed = all.map(({ line }) => read(line, 'auto', hints))
      expect(parsed.length).toBeGreaterThan(50)
      expect(parsed.every(({ source }) => source === 'sshd')).toBe(true)
      expect(share(parsed)).toBeGreaterThanOrEqual(0.95)
      const named = parsed.filter(({ common }) => common.src_ip !== undefined).length
      expect(named / parsed.length).toBeGreaterThan(0.9)
    })
    test('lines with a syslog head: at least 95 % are understood', () => {
      const all = deviceLines().filter(({ family }) => family.endsWith('/syslog'))
      expect(all.length).toBeGreaterThan(400)
      expect(share(all.map(({ line }) => read(line, 'auto', hints)))).toBeGreaterThanOrEqual(0.95)
    })
  },
)

describe.skipIf(!existsSync(`${folder}/windows-events.ndjson.gz`))(
  '20,000 public Windows events (skipped where the public data of MIMAMORI_TEST_DATA is absent)',
  () => {
    test('every one is recognised and understood, with its channel, id and computer', () => {
      const lines = gunzipSync(readFileSync(`${folder}/windows-events.ndjson.gz`))
        .toString()
        .split('\n')
        .filter(Boolean)
      expect(lines.length).toBe(20_000)
      const reasons = new Map<string, number>()
      for (const line of lines) {
        expect(recognise(line)).toBe('windows')
        const { status, reason, fields, timeSource } = read(line, 'auto', hints)
        if (
          status === 'failed' ||
          typeof fields['EventID'] !== 'number' ||
          typeof fields['Channel'] !== 'string' ||
          typeof fields['Computer'] !== 'string' ||
          timeSource !== 'event'
        )
          reasons.set(`${status} ${reason}`, (reasons.get(`${status} ${reason}`) ?? 0) + 1)
      }
      expect([...reasons]).toEqual([])
    }, 60_000)
  },
)

describe.skipIf(!existsSync(`${folder}/sigma-regression.ndjson`))(
  'public attack events in evtx_dump’s shape (skipped where the public data of MIMAMORI_TEST_DATA is absent)',
  () => {
    test('every one is understood', () => {
      const lines = readFileSync(`${folder}/sigma-regression.ndjson`, 'utf8').split('\n').filter(Boolean)
      const statuses = lines.map(
        (line) => read(JSON.stringify((JSON.parse(line) as { event: unknown }).event), 'auto', hints).status,
      )
      expect(new Set(statuses)).toEqual(new Set(['ok']))
    })
  },
)
