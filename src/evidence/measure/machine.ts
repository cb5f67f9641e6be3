import { day, type Instant } from '../../base/time.ts'
import { moment } from '../../store/index.ts'
import type { Counts } from '../counts.ts'
import { countsOf, type Look, type Observation } from './look.ts'

/** One machine that a signal is about, with its newest signs. */
type Machine = { readonly name: string; readonly signs: readonly Observation[] }

const isComputer = (kind: string): boolean => kind === 'pc' || kind === 'laptop'

/** All computers of the list, and what else gave a sign: a server, a computer that is not in the list. */
function machinesOf(look: Look, signal: string, listed: (kind: string) => boolean): Machine[] {
  const signs = look.observations.filter((one) => one.signal === signal)
  const known = look.devices
    .filter((device) => listed(device.class) || signs.some((one) => one.key === `device:${device.id}`))
    .map((device) => ({
      name: device.nickname,
      signs: signs.filter((one) => one.key === `device:${device.id}`),
    }))
  const strangers = new Map<string, Observation[]>()
  // A machine outside the list that has been quiet for long is nobody's any more.
  for (const one of signs)
    if (one.key.startsWith('host:') && one.at > look.now - 60 * day)
      strangers.set(one.key, [...(strangers.get(one.key) ?? []), one])
  return [...known, ...[...strangers.values()].map((each) => ({ name: each[0]?.name ?? '', signs: each }))]
}

const newest = (machine: Machine, state: Observation['state']): Observation | undefined =>
  machine.signs.filter((one) => one.state === state).sort((a, b) => b.at - a.at)[0]

/** What the gathered lines hold is as old as the newest line, or as the last time anybody looked. */
function asOf(look: Look): Instant | undefined {
  if (look.heardAt === undefined || look.gatheredUpto === undefined) return undefined
  return Math.min(look.heardAt, look.gatheredUpto)
}

/** Whether a machine was on and heard all the time: then a sign that did not come is an answer, too. */
function wasHeard(look: Look, machine: Machine, span: 'in40' | 'in8'): boolean {
  const sign = newest(machine, 'ok')
  const seen = newest(machine, 'seen')
  if (sign === undefined || seen === undefined || seen.at < look.now - 7 * day) return false
  const needed = { in40: 15, in8: 4 }
  return (look.days.get(sign.sensor)?.[span] ?? 0) >= needed[span]
}

/**
 * Windows computers with the monthly update of the last 30 days. Bad: more than 40 days ago although the computer was on
 * and heard. A computer whose updates were never heard of stays unknown: perhaps its collector does not send them.
 */
export async function endpointPatch(look: Look): Promise<Counts | undefined> {
  const at = asOf(look)
  if (at === undefined) return undefined
  return countsOf(
    'endpoint_patch',
    machinesOf(look, 'endpoint_patch', isComputer).map((machine) => {
      const installed = newest(machine, 'ok')
      const age = installed === undefined ? undefined : look.now - installed.at
      if (age !== undefined && age <= 30 * day) return { name: machine.name, state: 'ok' }
      const behind = age !== undefined && age > 40 * day && wasHeard(look, machine, 'in40')
      return { name: machine.name, state: behind ? 'bad' : 'unknown' }
    }),
    at,
  )
}

/**
 * Computers whose protection gave a sign of life in 3 days. Bad: switched off with no later sign that it is on, by its own
 * word or by an alert of the last 90 days; or definitions older than 7 days although the computer was heard.
 */
export async function endpointProtection(look: Look): Promise<Counts | undefined> {
  const at = asOf(look)
  if (at === undefined) return undefined
  const stopped = await stoppedAt(look)
  return countsOf(
    'endpoint_protection',
    machinesOf(look, 'endpoint_protection', isComputer).map((machine) => {
      const on = newest(machine, 'ok')?.at ?? 0
      const off = Math.max(newest(machine, 'bad')?.at ?? 0, stopped.get(machine.name) ?? 0)
      if (off > on && off > look.now - 90 * day) return { name: machine.name, state: 'bad' }
      if (on > look.now - 3 * day) return { name: machine.name, state: 'ok' }
      const old = on > 0 && on < look.now - 7 * day && wasHeard(look, machine, 'in8')
      return { name: machine.name, state: old ? 'bad' : 'unknown' }
    }),
    at,
  )
}

/** By nickname, when an alert last said that the protection was stopped, unless it was closed as harmless. */
async function stoppedAt({ tx, company, now }: Look): Promise<ReadonlyMap<string, Instant>> {
  const rows = await tx.rows<{ name: string; at: Instant }>(
    `select d.nickname as name, max(a.last_at) as at from alert a join device d on d.id = a.device_id
     where a.company_id = $1 and a.detection = 'ep.agent.stopped' and a.last_at > $2::timestamptz and not a.practice
       and not exists (select 1 from alert_decision x where x.company_id = a.company_id and x.alert_id = a.id
         and x.kind = 'closing' and x.withdrawn_at is null)
     group by d.nickname`,
    [company, moment(now - 90 * day)],
  )
  return new Map(rows.map((row) => [row.name, row.at]))
}

/** Machines whose own backup finished in 7 days. Bad: none for 14 days although the machine was heard. */
export async function backupJob(look: Look): Promise<Counts | undefined> {
  const at = asOf(look)
  if (at === undefined) return undefined
  return countsOf(
    'backup_job',
    machinesOf(look, 'backup_job', () => false).map((machine) => {
      const done = newest(machine, 'ok')?.at ?? 0
      if (done > look.now - 7 * day) return { name: machine.name, state: 'ok' }
      const missed = done > 0 && done < look.now - 14 * day && wasHeard(look, machine, 'in8')
      return { name: machine.name, state: missed ? 'bad' : 'unknown' }
    }),
    at,
  )
}

/** Gateways whose web filter rated an address in 7 days. Bad: refused since, because its licence is not valid. */
export async function webFilter(look: Look): Promise<Counts | undefined> {
  const at = asOf(look)
  if (at === undefined) return undefined
  return countsOf(
    'web_filter',
    machinesOf(look, 'web_filter', (kind) => kind === 'utm').map((machine) => {
      const works = newest(machine, 'ok')?.at ?? 0
      const refused = newest(machine, 'bad')?.at ?? 0
      if (refused > works && refused > look.now - 7 * day) return { name: machine.name, state: 'bad' }
      return { name: machine.name, state: works > look.now - 7 * day ? 'ok' : 'unknown' }
    }),
    at,
  )
}
