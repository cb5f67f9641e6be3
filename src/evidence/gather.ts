import { findDeviceByName } from '../device/index.ts'
import { day, type Instant, minute } from '../base/time.ts'
import { type EventLine, linesHolding, newestHolding } from '../event/index.ts'
import { read, type SourceName } from '../source/index.ts'
import { moment, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import { signOf, type Sign, telling, webFilterRefused, webFilterWorks } from './observe.ts'

/** What is looked through the first time. */
const farthest = 45 * day
/** Lines that arrive while we look are left for the next time. */
const settling = 5 * minute
/** Of one day and company; more would be a machine gone wild, and only the newest sign of each counts. */
const mostLines = 20_000
/** Lines older than this no longer show that a machine is alive. */
const alive = 2 * day

type Sensor = {
  readonly id: string
  readonly source: SourceName | 'auto'
  readonly class: string
  readonly device: string | null
  readonly deviceName: string | null
  readonly zoneMinutes: number
}

/**
 * Looks through the lines that arrived since the last time and keeps what they say of each machine, for every company of
 * the installation. Safe to repeat; meant to run once an hour or a day.
 * @returns how many companies were looked at
 */
export async function gatherDaily(deps: { readonly app: Pool }, now: Instant): Promise<number> {
  const companies = await withoutScope(deps.app, (tx) =>
    tx.rows<{ id: string }>('select watched_companies() as id'),
  )
  const failed: unknown[] = []
  for (const { id } of companies) {
    // What goes wrong with one company holds up no other.
    await gatherOf(deps.app, id, now).catch((error: unknown) => failed.push(error))
  }
  if (failed.length > 0)
    throw new AggregateError(failed, `evidence of ${failed.length} companies was not gathered`)
  return companies.length
}

/** The same for one company. A day of lines is one transaction, so that a stop loses at most one. */
export async function gatherOf(app: Pool, company: string, now: Instant): Promise<void> {
  const until = now - settling
  const upto = await within(app, { organisations: [company] }, (tx) => uptoOf(tx, company))
  for (let from = Math.max(upto ?? 0, until - farthest); from < until; from += day) {
    const window = { from, to: Math.min(from + day, until) }
    await within(app, { organisations: [company] }, (tx) => gatherWindow(tx, company, window))
  }
  await within(app, { organisations: [company] }, (tx) => lookForSigns(tx, company, until))
}

async function uptoOf(tx: Tx, company: string): Promise<Instant | undefined> {
  const row = await tx.one<{ upto: Instant }>('select upto from evidence_gathered where company_id = $1', [
    company,
  ])
  return row?.upto
}

type Window = { readonly from: Instant; readonly to: Instant }

async function gatherWindow(tx: Tx, company: string, window: Window): Promise<void> {
  const sensors = await sensorsOf(tx, company)
  const lines = [
    ...(await linesHolding(tx, company, { ...window, pieces: telling, limit: mostLines })),
    ...(await newestHolding(tx, company, { ...window, pieces: webFilterWorks })),
    ...(await newestHolding(tx, company, { ...window, pieces: webFilterRefused })),
  ]
  const newest = new Map<string, { sign: Sign; sensor: Sensor }>()
  for (const line of lines) {
    const sensor = sensors.get(line.sensor)
    const sign = sensor && signOfLine(line, sensor)
    if (sensor === undefined || sign === undefined) continue
    const key = `${sign.signal}|${sign.state}|${sign.host}|${sensor.id}`
    if ((newest.get(key)?.sign.at ?? 0) < sign.at) newest.set(key, { sign, sensor })
  }
  for (const { sign, sensor } of newest.values()) await keepSign(tx, company, { sign, sensor })
  await tx.run(
    `insert into evidence_gathered (company_id, upto) values ($1, $2::timestamptz)
     on conflict (company_id) do update set upto = excluded.upto`,
    [company, moment(window.to)],
  )
}

async function sensorsOf(tx: Tx, company: string): Promise<ReadonlyMap<string, Sensor>> {
  const rows = await tx.rows<Sensor>(
    `select s.id, s.source, s.class, s.device_id as device, d.nickname as "deviceName", s.zone_minutes as "zoneMinutes"
     from sensor s left join device d on d.id = s.device_id and d.retired_at is null where s.company_id = $1`,
    [company],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function signOfLine(line: EventLine, sensor: Sensor): Sign | undefined {
  const hints = { receivedAt: line.receivedAt, zoneMinutes: sensor.zoneMinutes }
  return signOf(read(line.raw, sensor.source, hints), line.receivedAt)
}

async function keepSign(tx: Tx, company: string, of: { sign: Sign; sensor: Sensor }): Promise<void> {
  const { sign, sensor } = of
  const item = await itemOf(tx, company, of)
  await tx.run(
    `insert into evidence_observation (company_id, signal, item_key, item_name, state, at, sensor_id, host)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8)
     on conflict (company_id, signal, item_key, state) do update
     set at = greatest(evidence_observation.at, excluded.at), item_name = excluded.item_name, sensor_id = excluded.sensor_id,
       host = excluded.host`,
    [company, sign.signal, item.key, item.name, sign.state, moment(sign.at), sensor.id, sign.host],
  )
}

/** The machine in the company's own words; a collector's own machine never answers for the machines behind it. */
async function itemOf(
  tx: Tx,
  company: string,
  { sign, sensor }: { sign: Sign; sensor: Sensor },
): Promise<{ key: string; name: string }> {
  const names = sign.host === '' ? [] : [sign.host, sign.host.split('.')[0] ?? sign.host]
  const named = names.length === 0 ? undefined : await findDeviceByName(tx, company, names)
  if (named !== undefined) return { key: `device:${named.id}`, name: named.nickname }
  const ownLines = sign.host === '' || ['pc', 'laptop', 'utm'].includes(sensor.class)
  if (ownLines && sensor.device !== null && sensor.deviceName !== null) {
    return { key: `device:${sensor.device}`, name: sensor.deviceName }
  }
  return { key: `host:${sign.host === '' ? sensor.id : sign.host}`, name: sign.host === '' ? '' : sign.host }
}

/** Machines whose last good sign is old: are they alive at all? A machine in a drawer is not behind. */
async function lookForSigns(tx: Tx, company: string, until: Instant): Promise<void> {
  const old = await tx.rows<{ signal: string; key: string; name: string; sensor: string; host: string }>(
    `select signal, item_key as key, item_name as name, sensor_id as sensor, host from evidence_observation
     where company_id = $1 and state = 'ok' and at < $2::timestamptz`,
    [company, moment(until - 7 * day)],
  )
  for (const item of old) {
    const [line] = await newestHolding(tx, company, {
      from: until - alive,
      to: until,
      sensor: item.sensor,
      // Names of machines stand in lines in capitals as Windows has them, or as DNS has them.
      pieces: item.host === '' ? [''] : [item.host, item.host.toUpperCase()],
    })
    if (line === undefined) continue
    await tx.run(
      `insert into evidence_observation (company_id, signal, item_key, item_name, state, at, sensor_id, host)
       values ($1, $2, $3, $4, 'seen', $5::timestamptz, $6, $7)
       on conflict (company_id, signal, item_key, state) do update set at = excluded.at`,
      [company, item.signal, item.key, item.name, moment(line.receivedAt), item.sensor, item.host],
    )
  }
}
