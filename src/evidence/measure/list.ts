import type { Device } from '../../device/index.ts'
import { day, type Instant } from '../../base/time.ts'
import type { Counts } from '../counts.ts'
import { countsOf, type Look } from './look.ts'

/**
 * Computers of the list whose lines arrived in 7 days. Bad: no sensor at all, or one that has been silent for longer. Never
 * heard yet = unknown. Computers that nobody listed are not counted: nothing here looks for them.
 */
export async function endpointCoverage({
  devices,
  sensors,
  heardAt,
  now,
}: Look): Promise<Counts | undefined> {
  if (heardAt === undefined) return undefined
  const computers = devices.filter((device) => ['pc', 'laptop', 'server'].includes(device.class))
  return countsOf(
    'endpoint_coverage',
    computers.map((device) => {
      const own = sensors.filter((sensor) => sensor.device === device.id)
      const heard = own.map((sensor) => sensor.lastReceivedAt).filter((at) => at !== null)
      if (own.length > 0 && heard.length === 0) return { name: device.nickname, state: 'unknown' }
      return { name: device.nickname, state: Math.max(0, ...heard) > now - 7 * day ? 'ok' : 'bad' }
    }),
    heardAt,
  )
}

/** Shared machines belong to nobody; a computer has somebody who uses it. */
const isListed = (device: Device): boolean =>
  device.place !== null && (device.person !== null || !['pc', 'laptop'].includes(device.class))

/**
 * Devices listed with place and, for computers, the person. Bad: a sensor that is heard and belongs to no listed device. A
 * device without place or person is unknown.
 */
export async function deviceLedger({ devices, sensors, now }: Look): Promise<Counts | undefined> {
  const listed = devices.map((device) => ({
    name: device.nickname,
    state: isListed(device) ? ('ok' as const) : ('unknown' as const),
  }))
  const strangers = sensors
    .filter((sensor) => sensor.device === null && sensor.lastReceivedAt !== null)
    .map((sensor) => ({ name: sensor.name, state: 'bad' as const }))
  return countsOf('device_ledger', [...listed, ...strangers], now)
}

/** Devices taken out of use in 365 days, with the record that they were erased. */
export async function deviceRetired({ tx, company, now }: Look): Promise<Counts | undefined> {
  const rows = await tx.rows<{ name: string; retiredAt: Instant; erased: boolean }>(
    `select d.nickname as name, d.retired_at as "retiredAt", exists (select 1 from evidence_record r
       where r.company_id = d.company_id and r.signal = 'device_retired' and r.item_key = 'device:' || d.id) as erased
     from device d where d.company_id = $1 and d.retired_at is not null and d.class in ('pc', 'laptop', 'server', 'nas', 'printer')
     order by d.retired_at desc`,
    [company],
  )
  return countsOf(
    'device_retired',
    rows
      .filter((row) => row.retiredAt > now - 365 * day)
      .map((row) => ({ name: row.name, state: row.erased ? 'ok' : 'bad' })),
    now,
  )
}
