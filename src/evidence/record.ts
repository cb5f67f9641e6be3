import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { type Instant, jstDate } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'

/** A device out of use that nobody has said was erased. */
export type Unerased = { readonly id: string; readonly nickname: string; readonly retiredAt: Instant }

/** Devices taken out of use whose erasing is not on record, oldest first. */
export async function unerasedDevices(tx: Tx, company: string): Promise<Unerased[]> {
  return tx.rows<Unerased>(
    `select d.id, d.nickname, d.retired_at as "retiredAt" from device d
     where d.company_id = $1 and d.retired_at is not null and d.class in ('pc', 'laptop', 'server', 'nas', 'printer')
       and not exists (select 1 from evidence_record r where r.company_id = d.company_id and r.signal = 'device_retired'
         and r.item_key = 'device:' || d.id)
     order by d.retired_at limit 50`,
    [company],
  )
}

/**
 * A person of the company puts on record that a device out of use was erased, or that a restore was tried.
 * @param of.doneOn day in Japan, not in the future
 * Faults: NOT_FOUND for another company's device or one in use, BAD_INPUT for a day to come.
 */
export async function keepRecord(
  pool: Pool,
  actor: Actor,
  of: { readonly doneOn: string; readonly now: Instant } & (
    | { readonly signal: 'device_retired'; readonly device: string }
    | { readonly signal: 'restore_test'; readonly name: string }
  ),
): Promise<void> {
  must(actor.kind === 'company')
  if (of.doneOn > jstDate(of.now)) throw fault('BAD_INPUT', { field: 'doneOn' })
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    const item =
      of.signal === 'restore_test'
        ? { key: 'set', name: of.name }
        : await retired(tx, actor.organisation, of.device)
    await tx.run(
      `insert into evidence_record (id, company_id, signal, item_key, item_name, done_on, at, by_person, by_name)
       values ($1, $2, $3, $4, $5, $6::date, $7::timestamptz, $8, $9)`,
      [
        newId(),
        actor.organisation,
        of.signal,
        item.key,
        item.name,
        of.doneOn,
        moment(of.now),
        actor.person,
        actor.name,
      ],
    )
    await record(tx, actor, {
      organisation: actor.organisation,
      act: of.signal === 'restore_test' ? 'backup.restored' : 'device.erased',
      subject: item.key,
    })
  })
}

async function retired(tx: Tx, company: string, device: string): Promise<{ key: string; name: string }> {
  const found = (await unerasedDevices(tx, company)).find((one) => one.id === device)
  if (found === undefined) throw fault('NOT_FOUND')
  return { key: `device:${found.id}`, name: found.nickname }
}
