import type { Instant } from '../base/time.ts'
import { moment, newId, type Pool, tell, type Tx, within } from '../store/index.ts'
import type { HeardSensor } from './device.ts'
import { learnCadence, ownerTold, silenceLimits } from './rhythm.ts'
import { listSensors } from './store.ts'

type OpenSilence = { id: string; sensor: string; since: Instant; ownerAt: Instant | null }

/**
 * Looks at one company's sensors: learns rhythms, opens a silence where a required sensor is not watched, tells the owner
 * at the limit of its class, and ends the silence when the sensor is heard again. Safe to repeat.
 * @param at.held while true (our own canary is late) nobody is told of a silence: it may be ours.
 * @param at.hearingSince since when lines have been able to reach us: what was not heard before is nobody's silence
 */
export async function findSilence(
  pools: { readonly app: Pool; readonly detect: Pool },
  company: string,
  at: { readonly now: Instant; readonly held: boolean; readonly hearingSince?: Instant },
): Promise<void> {
  await within(pools.app, { organisations: [company] }, (tx) => learnRhythms(tx, company))
  await within(pools.detect, { organisations: [company] }, async (tx) => {
    const sensors = await listSensors(tx, [company], at.now)
    const open = await tx.rows<OpenSilence>(
      `select id, sensor_id as sensor, since, owner_at as "ownerAt" from silence where company_id = $1 and ended_at is null`,
      [company],
    )
    for (const sensor of sensors) {
      const current = open.find((each) => each.sensor === sensor.id)
      if (sensor.condition === 'heard' && current)
        await endSilence(tx, { company, id: current.id, now: at.now })
      if (sensor.condition === 'unwatched' && !at.held)
        await keepSilence(tx, sensor, { current, now: at.now, from: at.hearingSince ?? 0 })
    }
  })
}

async function learnRhythms(tx: Tx, company: string): Promise<void> {
  const waiting = await tx.rows<{ id: string; class: HeardSensor['class']; gaps: number[] }>(
    `select s.id, s.class, h.recent_gaps as gaps from sensor s join sensor_health h on h.sensor_id = s.id
     where s.company_id = $1 and s.retired_at is null and s.cadence_source is distinct from 'set'`,
    [company],
  )
  for (const sensor of waiting) {
    const learned = learnCadence(sensor.gaps, sensor.class)
    if (learned === undefined) continue
    await tx.run(
      `update sensor set cadence_seconds = $2, cadence_source = 'learned' where id = $1 and cadence_seconds is distinct from $2`,
      [sensor.id, learned],
    )
  }
}

async function keepSilence(
  tx: Tx,
  sensor: HeardSensor,
  {
    current,
    now,
    from,
  }: { readonly current: OpenSilence | undefined; readonly now: Instant; readonly from: Instant },
): Promise<void> {
  const since = sensor.lastReceivedAt
  if (since === null) return
  const counted = Math.max(since, from)
  let silence = current
  if (!silence) {
    if (now - counted < silenceLimits[sensor.class].unwatched) return
    silence = { id: newId(), sensor: sensor.id, since, ownerAt: null }
    await tx.run(
      `insert into silence (id, company_id, sensor_id, since, found_at, desk_at) values ($1, $2, $3, $4, $5, $5)`,
      [silence.id, sensor.company, sensor.id, moment(since), moment(now)],
    )
  }
  if (silence.ownerAt !== null || now < ownerTold(sensor.class, counted)) return
  await tx.run('update silence set owner_at = $2 where id = $1', [silence.id, moment(now)])
  await tell(tx, { kind: 'silence.found', company: sensor.company, id: silence.id }, now)
}

async function endSilence(
  tx: Tx,
  { company, id, now }: { readonly company: string; readonly id: string; readonly now: Instant },
): Promise<void> {
  await tx.run('update silence set ended_at = $2 where id = $1', [id, moment(now)])
  await tell(tx, { kind: 'silence.ended', company, id }, now)
}

/** The silences of some companies that have not ended, with the sensor's words, longest first. */
export async function openSilences(
  tx: Tx,
  companies: readonly string[],
): Promise<
  {
    id: string
    company: string
    sensor: string
    name: string
    since: Instant
    foundAt: Instant
    ownerAt: Instant | null
  }[]
> {
  return tx.rows(
    `select x.id, x.company_id as company, x.sensor_id as sensor, coalesce(d.nickname, s.name) as name, x.since,
       x.found_at as "foundAt", x.owner_at as "ownerAt"
     from silence x join sensor s on s.id = x.sensor_id left join device d on d.id = s.device_id
     where x.company_id = any ($1::uuid[]) and x.ended_at is null order by x.since`,
    [companies],
  )
}
