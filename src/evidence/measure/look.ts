import { type Device, type HeardSensor, listDevices, listSensors } from '../../device/index.ts'
import { day, type Instant } from '../../base/time.ts'
import { moment, type Tx } from '../../store/index.ts'
import { type Counts, mostItems } from '../counts.ts'

/** What the measures look at, read once for all of them. */
export type Look = {
  readonly tx: Tx
  readonly company: string
  readonly now: Instant
  readonly devices: readonly Device[]
  readonly sensors: readonly HeardSensor[]
  /** When the newest line of all arrived; undefined = nothing was ever heard. */
  readonly heardAt: Instant | undefined
  /** How far the lines were looked through; undefined = not yet. */
  readonly gatheredUpto: Instant | undefined
  readonly observations: readonly Observation[]
  /** On how many days of the last 40 and of the last 8 each sensor was heard. */
  readonly days: ReadonlyMap<string, { readonly in40: number; readonly in8: number }>
}

/** The newest sign of one kind about one machine. */
export type Observation = {
  readonly signal: string
  readonly key: string
  readonly name: string
  readonly state: 'ok' | 'bad' | 'seen'
  readonly at: Instant
  readonly sensor: string
}

/** One signal measured; undefined = there is nothing to say. */
export type Measure = (look: Look) => Promise<Counts | undefined>

export async function lookAt(tx: Tx, company: string, now: Instant): Promise<Look> {
  const sensors = await listSensors(tx, [company], now)
  const gathered = await tx.one<{ upto: Instant }>(
    'select upto from evidence_gathered where company_id = $1',
    [company],
  )
  const heard = sensors.map((sensor) => sensor.lastReceivedAt).filter((at) => at !== null)
  return {
    tx,
    company,
    now,
    devices: await listDevices(tx, company),
    sensors,
    heardAt: heard.length === 0 ? undefined : Math.min(now, Math.max(...heard)),
    gatheredUpto: gathered?.upto,
    observations: await tx.rows<Observation>(
      `select signal, item_key as key, item_name as name, state, at, sensor_id as sensor from evidence_observation
       where company_id = $1 and at > $2::timestamptz order by item_name`,
      [company, moment(now - 400 * day)],
    ),
    days: await heardDays(tx, company, now),
  }
}

async function heardDays(tx: Tx, company: string, now: Instant): Promise<Look['days']> {
  const rows = await tx.rows<{ sensor: string; in40: number; in8: number }>(
    `select sensor_id as sensor, count(distinct hour::date)::int as in40,
       (count(distinct hour::date) filter (where hour > $3::timestamptz))::int as in8
     from sensor_hour where company_id = $1 and hour > $2::timestamptz and hour <= $4::timestamptz group by sensor_id`,
    [company, moment(now - 40 * day), moment(now - 8 * day), moment(now)],
  )
  return new Map(rows.map((row) => [row.sensor, row]))
}

/** Judged things as counts; undefined where nothing is known of any of them. */
export function countsOf(
  signal: string,
  things: readonly { readonly name: string; readonly state: 'ok' | 'bad' | 'unknown' }[],
  asOf: Instant,
): Counts | undefined {
  const [ok, bad] = (['ok', 'bad'] as const).map(
    (state) => things.filter((one) => one.state === state).length,
  ) as [number, number]
  if (ok + bad === 0) return undefined
  return {
    signal,
    total: things.length,
    ok,
    bad,
    unknown: things.length - ok - bad,
    asOf,
    items: things
      .filter((one) => one.state === 'bad')
      .map((one) => one.name)
      .slice(0, mostItems),
  }
}
