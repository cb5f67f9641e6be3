import { expect, test } from 'vitest'
import { fromJst } from '../base/time.ts'
import { read } from '../source/index.ts'
import { installRules, loadRuleBook } from './rule-book.ts'
import { freshWatch, type ReadLine, watchBatch } from './watch-batch.ts'

const noon = fromJst({ year: 2026, month: 11, day: 25, hour: 12 })
const book = loadRuleBook(installRules(), noon)

function refused(at: number, from: string): string {
  return `<189>devname="FGT" devid="FGT40F" eventtime=${at}000000 tz="+0900" logid="0101039426" type="event" subtype="vpn" level="alert" action="ssl-login-fail" remip=${from} user="admin" reason="sslvpn_login_permission_denied"`
}

function batch(no: number, from: (i: number) => string): ReadLine[] {
  return Array.from({ length: 1_000 }, (_, i) => {
    const at = noon + no * 1_000 + i
    const raw = refused(at, from(no * 1_000 + i))
    const parsed = read(raw, 'fortigate', { receivedAt: at, zoneMinutes: 540 })
    return { day: '2026-11-25', batchNo: no, line: i + 1, sensor: 'utm', receivedAt: at, parsed }
  })
}

test('one company that is flooded from addresses without number takes a bounded place, and the others keep theirs', () => {
  const watch = freshWatch(book.current())
  for (const line of batch(0, () => '198.51.100.23').slice(0, 5)) watchBatch(watch, '佐藤商店', [line])
  for (let no = 1; no <= 30; no++)
    watchBatch(
      watch,
      '山田製作所',
      batch(no, (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`),
    )
  expect(watch.correlator.counts().groups).toBeLessThan(5_100)
  for (let no = 31; no <= 60; no++)
    watchBatch(
      watch,
      '山田製作所',
      batch(no, (i) => `203.0.113.${i & 15}`),
    )
  expect(watch.correlator.counts().entries).toBeLessThan(20_100)
  const sato = watchBatch(watch, '佐藤商店', batch(61, () => '198.51.100.23').slice(0, 5))
  expect(sato.map((finding) => finding.count)).toContain(10)
}, 60_000)
