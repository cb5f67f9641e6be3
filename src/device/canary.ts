import type { Instant } from '../base/time.ts'
import { saveCompany } from '../company/index.ts'
import { moment, newId, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import { insertSensor, insertToken } from './create-sensor.ts'
import type { Sender } from './doors.ts'

/** The receivers that carry a canary. */
export const canaryReceivers = ['http', 'syslog-udp', 'syslog-tcp'] as const
export type CanaryReceiver = (typeof canaryReceivers)[number]

/** The company that canary lines belong to; made with the provider's contract when it is missing. */
export async function canaryCompany(app: Pool, provider: string): Promise<string> {
  const found = await withoutScope(app, (tx) =>
    tx.one<{ id: string | null }>('select canary_company() as id'),
  )
  if (found?.id) return found.id
  const id = newId()
  await within(app, { organisations: [provider, id] }, (tx) =>
    saveCompany(
      tx,
      {
        id,
        name: 'みまもりの試験',
        code: 'M-0000',
        corporateNumber: null,
        soleProprietor: false,
        prefecture: null,
        trade: null,
        employees: null,
        canary: true,
      },
      { id: newId(), provider },
    ),
  )
  return id
}

/**
 * Makes sure that the canary's own company has one sensor per receiver, and gives each a fresh token (kept in memory only;
 * the ones of earlier runs are taken out of force).
 * @returns the token of each receiver
 */
export async function ensureCanaries(
  app: Pool,
  company: string,
  now: Instant,
): Promise<Readonly<Record<CanaryReceiver, string>>> {
  return within(app, { organisations: [company] }, async (tx) => {
    await tx.run('update sensor_token set revoked_at = $2 where company_id = $1 and revoked_at is null', [
      company,
      moment(now),
    ])
    const token = async (receiver: CanaryReceiver): Promise<string> =>
      insertToken(tx, { company, sensor: await canarySensor(tx, company, receiver), by: null })
    return {
      http: await token('http'),
      'syslog-udp': await token('syslog-udp'),
      'syslog-tcp': await token('syslog-tcp'),
    }
  })
}

async function canarySensor(tx: Tx, company: string, receiver: CanaryReceiver): Promise<string> {
  const found = await tx.one<{ id: string }>('select id from sensor where company_id = $1 and canary = $2', [
    company,
    receiver,
  ])
  if (found) return found.id
  const id = newId()
  await insertSensor(tx, {
    id,
    company,
    name: receiver,
    source: 'syslog',
    class: 'utm',
    required: false,
    cadenceSeconds: 60,
    by: null,
    canary: receiver,
  })
  return id
}

/** Remembers that a canary line left for a receiver. */
export async function markCanarySent(tx: Tx, receiver: string, at: Instant): Promise<void> {
  await tx.run(
    `insert into canary (receiver, sent_at) values ($1, $2) on conflict (receiver) do update set sent_at = excluded.sent_at`,
    [receiver, moment(at)],
  )
}

/** Closes the loop of the canary that had been sent at `sentAt`: its line has become a stored notice. */
export async function markCanaryClosed(
  tx: Tx,
  receiver: string,
  loop: { sentAt: Instant; at: Instant },
): Promise<void> {
  await tx.run(
    // A moment after now was written by a clock that has been put right since.
    `update canary set closed_at = $2, closed_sent_at =
       case when closed_sent_at > $2 then $3 else greatest(closed_sent_at, $3::timestamptz) end where receiver = $1`,
    [receiver, moment(loop.at), moment(loop.sentAt)],
  )
}

/** The line that a canary is: the rule of the canary knows it, and reads back from it when it left. */
export function canaryLine(receiver: CanaryReceiver, at: Instant): string {
  return `mimamori canary ${at}-${receiver}`
}

/**
 * Sends one canary line through every receiver and remembers that it left. A receiver that cannot be reached is no error
 * here: its canary does not close, and that is what the page says.
 */
export async function beatCanaries(parts: {
  readonly app: Pool
  readonly tokens: Readonly<Record<CanaryReceiver, string>>
  readonly sender: Sender
  readonly now: Instant
}): Promise<void> {
  const { tokens, sender, now } = parts
  await withoutScope(parts.app, async (tx) => {
    for (const receiver of canaryReceivers) await markCanarySent(tx, receiver, now)
  })
  const framed = (receiver: CanaryReceiver): string =>
    `<86>1 ${new Date(now).toISOString()} mimamori canary - - [mimamori@32473 t="${tokens[receiver]}"] ${canaryLine(receiver, now)}`
  const http = `<86>1 ${new Date(now).toISOString()} mimamori canary - - - ${canaryLine('http', now)}`
  await Promise.allSettled([
    sender.http(tokens.http, 'syslog', [http]),
    sender.udp('127.0.0.1', [framed('syslog-udp')]),
    sender.tcp(undefined, [framed('syslog-tcp')]),
  ])
}
