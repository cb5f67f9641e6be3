import type { Instant } from '../../base/time.ts'
import { canaries, type HeardSensor, listSensors, type OwnerState, ownerState } from '../../device/index.ts'
import { homeNotices } from '../../notice/index.ts'
import type { Tx } from '../../store/index.ts'

export type Watch = {
  readonly state: OwnerState
  readonly sensors: readonly HeardSensor[]
  readonly notices: Awaited<ReturnType<typeof homeNotices>>
}

/** What an owner calls the thing behind a sensor. */
export function nameOf(sensor: Pick<HeardSensor, 'deviceNickname' | 'name'>): string {
  return sensor.deviceNickname ?? sensor.name
}

/** Reads everything that the state of one company's watch is computed from, and computes it. */
export async function readWatch(tx: Tx, company: string, now: Instant): Promise<Watch> {
  const sensors = await listSensors(tx, [company], now)
  const notices = await homeNotices(tx, company)
  const beats = await canaries(tx)
  const state = ownerState(
    {
      sensors: sensors.map((sensor) => ({ ...sensor, name: nameOf(sensor) })),
      urgent: notices.urgent.length,
      toSee: notices.toSee.length,
      canaries: beats.map((beat) => beat.closedSentAt),
    },
    now,
  )
  return { state, sensors, notices }
}
