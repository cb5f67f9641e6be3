import { describe, expect, test } from 'vitest'
import { hour, minute, second } from '../base/time.ts'
import { loadRuleBook, installRules } from '../detect/index.ts'
import { runLines } from '../detect/rule-cases.ts'
import { read } from '../source/index.ts'
import { practiceCompanies, yamada } from './cast.ts'
import { type DayLine, dayAtYamada } from './day.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
const lines = dayAtYamada(now)
const past = lines.filter((line) => line.at < now)
const live = lines.filter((line) => line.at >= now)
const sensorOf = (line: DayLine) => yamada.sensors.find((sensor) => sensor.key === line.sensor)
const found = (of: readonly DayLine[]) =>
  runLines(
    loadRuleBook(installRules()).current(),
    of.map((line) => line.line),
  )

describe('a day at 山田製作所', () => {
  test('is told in order: seven hours that lie in the past are sent at once, the attack as it happens', () => {
    expect(lines.map((line) => line.sendAt)).toEqual(
      lines.map((line) => line.sendAt).toSorted((a, b) => a - b),
    )
    expect(past.length).toBeGreaterThan(100)
    for (const line of past) {
      expect(line.sendAt).toBe(now)
      expect(line.at).toBeGreaterThanOrEqual(now - 7 * hour)
    }
    expect(past.map((line) => line.at)).toEqual(past.map((line) => line.at).toSorted((a, b) => a - b))
    expect(live.length).toBe(11)
    for (const line of live) expect(line.sendAt).toBe(line.at)
    expect(live.at(-1)?.at).toBeLessThanOrEqual(now + minute)
  })

  test('is spoken by sensors of the company, each line readable by its source and with the time it says', () => {
    for (const line of lines) {
      const source = sensorOf(line)?.source
      const parsed = read(line.line, 'auto', { receivedAt: line.sendAt, zoneMinutes: 540 })
      expect({ line, source: parsed.source, status: parsed.status }).toEqual({ line, source, status: 'ok' })
      expect(Math.abs(parsed.eventTime - line.at)).toBeLessThan(second)
    }
  })

  test('the morning holds what was stopped and nothing that wakes anybody', () => {
    expect(found(past).map((finding) => finding.detection)).toEqual(['gw.av.blocked'])
  })

  test('the attack is found: the command, the calls to the criminal’s computer, the new administrator', () => {
    const detections = new Set(found(live).map((finding) => finding.detection))
    expect([...detections].toSorted()).toEqual(
      ['ep.script.suspicious', 'gw.c2.blocked', 'os.admin.created'].toSorted(),
    )
  })
})

test('the firms of the practice are told apart: no code, address, person or sensor twice', () => {
  const sensors = practiceCompanies.flatMap((company) => company.sensors)
  for (const all of [
    practiceCompanies.map((company) => company.code),
    practiceCompanies.flatMap((company) => company.people.map((person) => person.email)),
    sensors.map((sensor) => sensor.key),
    sensors.flatMap((sensor) => ('from' in sensor.way ? [sensor.way.from] : [])),
  ]) {
    expect(new Set(all).size).toBe(all.length)
  }
  for (const sensor of sensors) expect([...sensor.device.nickname].length).toBeLessThanOrEqual(8)
})
