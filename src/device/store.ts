import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import type { Credential, Device, HeardSensor, Sensor } from './device.ts'
import { conditionOf } from './rhythm.ts'

const deviceColumns = `id, company_id as company, site_id as site, nickname, class, place, person_name as person,
  known_as as "knownAs", retired_at as "retiredAt"`

/** The devices in use of one company, by nickname. */
export async function listDevices(tx: Tx, company: string): Promise<Device[]> {
  return tx.rows<Device>(
    `select ${deviceColumns} from device where company_id = $1 and retired_at is null order by nickname`,
    [company],
  )
}

/** One device of the scope. */
export async function findDevice(tx: Tx, id: string): Promise<Device | undefined> {
  return tx.one<Device>(`select ${deviceColumns} from device where id = $1`, [id])
}

/**
 * The device of a company that log lines call by any of these names or addresses; a nickname counts as a name.
 * @param names host names or addresses, any case
 */
export async function findDeviceByName(
  tx: Tx,
  company: string,
  names: readonly string[],
): Promise<Device | undefined> {
  const wanted = names.map((name) => name.toLowerCase())
  const found = await tx.rows<Device>(
    `select ${deviceColumns} from device
     where company_id = $1 and retired_at is null and (known_as && $2::text[] or lower(nickname) = any ($2::text[]))
     order by array_position($2::text[], lower(nickname)), created_at limit 1`,
    [company, wanted],
  )
  return found[0]
}

/** Writes a new device. */
export async function saveDevice(tx: Tx, device: Omit<Device, 'retiredAt'>): Promise<void> {
  await tx.run(
    `insert into device (id, company_id, site_id, nickname, class, place, person_name, known_as)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      device.id,
      device.company,
      device.site,
      device.nickname,
      device.class,
      device.place,
      device.person,
      device.knownAs,
    ],
  )
}

/** Writes what may change of a device. */
export async function updateDevice(tx: Tx, device: Device): Promise<void> {
  await tx.run(
    `update device set site_id = $2, nickname = $3, class = $4, place = $5, person_name = $6, known_as = $7 where id = $1`,
    [device.id, device.site, device.nickname, device.class, device.place, device.person, device.knownAs],
  )
}

/** Marks a device as out of use; its history stays. */
export async function retireDevice(tx: Tx, id: string, by: { person: string; at: Instant }): Promise<void> {
  await tx.run('update device set retired_at = $2, retired_by = $3 where id = $1 and retired_at is null', [
    id,
    moment(by.at),
    by.person,
  ])
}

const sensorColumns = `
  s.id, s.company_id as company, s.device_id as device, d.nickname as "deviceNickname", d.class as "deviceClass", s.name, s.source,
  s.class, s.required, s.cadence_seconds as "cadenceSeconds", s.cadence_source as "cadenceSource", s.created_at as "createdAt",
  h.first_received_at as "firstReceivedAt", h.last_received_at as "lastReceivedAt", h.last_event_at as "lastEventAt",
  coalesce(h.lines, 0) as lines, coalesce(h.partial, 0) as partial, coalesce(h.unreadable, 0) as unreadable,
  coalesce(h.late, 0) as late, h.skew_ms as "skewMs", h.skew_since as "skewSince"
  from sensor s left join sensor_health h on h.sensor_id = s.id left join device d on d.id = s.device_id`

/** The sensors in use of some companies, each with what may be said of it now. */
export async function listSensors(
  tx: Tx,
  companies: readonly string[],
  now: Instant,
): Promise<HeardSensor[]> {
  const sensors = await tx.rows<Sensor>(
    `select ${sensorColumns} where s.company_id = any ($1::uuid[]) and s.retired_at is null and s.canary is null
     order by s.company_id, s.created_at`,
    [companies],
  )
  return sensors.map((sensor) => ({ ...sensor, condition: conditionOf(sensor, now) }))
}

/** One sensor of the scope. */
export async function findSensor(tx: Tx, id: string, now: Instant): Promise<HeardSensor | undefined> {
  const sensor = await tx.one<Sensor>(`select ${sensorColumns} where s.id = $1 and s.retired_at is null`, [
    id,
  ])
  return sensor && { ...sensor, condition: conditionOf(sensor, now) }
}

/** The credentials in force of one sensor, newest first. */
export async function listCredentials(tx: Tx, sensor: string): Promise<Credential[]> {
  const tokens = await tx.rows<Credential>(
    `select 'token' as kind, id, hint, created_at as "createdAt" from sensor_token where sensor_id = $1 and revoked_at is null`,
    [sensor],
  )
  const addresses = await tx.rows<Credential>(
    `select 'address' as kind, id, host(address) as address, port, created_at as "createdAt" from sensor_address
     where sensor_id = $1 and revoked_at is null`,
    [sensor],
  )
  return [...tokens, ...addresses].sort((a, b) => b.createdAt - a.createdAt)
}

/** Lines per hour of one sensor over the 24 hours before `now`, oldest first; index 23 is the running hour. */
export async function hoursOf(tx: Tx, sensor: string, now: Instant): Promise<number[]> {
  const hour = 3_600_000
  const last = Math.floor(now / hour) * hour
  const rows = await tx.rows<{ hour: Instant; lines: number }>(
    'select hour, lines from sensor_hour where sensor_id = $1 and hour > $2',
    [sensor, moment(last - 24 * hour)],
  )
  const counts = new Map(rows.map((row) => [row.hour, row.lines]))
  return Array.from({ length: 24 }, (_, index) => counts.get(last - (23 - index) * hour) ?? 0)
}

/** What went wrong on the way in for one sensor since an instant, summed by kind. */
export async function incidentsOf(
  tx: Tx,
  sensor: string,
  since: Instant,
): Promise<{ kind: string; count: number; lastAt: Instant; detail: string }[]> {
  return tx.rows(
    `select kind, sum(count)::int8 as count, max(at) as "lastAt", (array_agg(detail order by at desc))[1] as detail
     from ingest_incident where sensor_id = $1 and at >= $2 group by kind order by max(at) desc`,
    [sensor, moment(since)],
  )
}

/** The newest lines of a sensor that could not be read, with why. */
export async function unreadableOf(
  tx: Tx,
  sensor: string,
): Promise<
  { day: string; batchNo: number; line: number; reason: string; raw: string; receivedAt: Instant }[]
> {
  return tx.rows(
    `select u.day, u.batch_no as "batchNo", u.line, u.reason, e.raw, e.received_at as "receivedAt"
     from unreadable_line u join event e on e.day = u.day and e.batch_no = u.batch_no and e.line = u.line
     where u.sensor_id = $1 order by u.batch_no desc, u.line desc limit 20`,
    [sensor],
  )
}

/** When each running receiver's newest closed canary had been sent. */
export async function canaries(
  tx: Tx,
): Promise<{ receiver: string; sentAt: Instant | null; closedSentAt: Instant | null }[]> {
  return tx.rows(
    `select receiver, sent_at as "sentAt", closed_sent_at as "closedSentAt" from canary order by receiver`,
  )
}
