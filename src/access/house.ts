import { second } from '../base/time.ts'
import type { House } from '../http/index.ts'
import { type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import type { Access } from './access.ts'
import type { Actor } from '../http/index.ts'
import { must } from './may.ts'

type Row = { provider: string; practice: boolean; deskPhone: string; deskHours: string }

/** Whose installation this is; undefined before the first run. */
export async function readHouse(app: Pool): Promise<House | undefined> {
  const row = await withoutScope(app, (tx) =>
    tx.one<Row>(
      `select provider_id as provider, practice, desk_phone as "deskPhone", desk_hours as "deskHours" from installation`,
    ),
  )
  if (!row) return undefined
  const provider = await within(app, { organisations: [row.provider] }, (tx) =>
    tx.one<{ id: string; name: string }>('select id, name from organisation where id = $1', [row.provider]),
  )
  return provider && { practice: row.practice, provider, deskPhone: row.deskPhone, deskHours: row.deskHours }
}

/** How old a remembered answer may be: short enough that nobody notices a change, long enough to spare every request. */
export const memory = 5 * second

/** The same from memory; an installation that is not set up is asked for each time. */
export async function houseOf(access: Access, now: number): Promise<House | undefined> {
  const { houseMemory } = access
  if (houseMemory.house && now - houseMemory.at < memory && now >= houseMemory.at) return houseMemory.house
  houseMemory.house = await readHouse(access.app)
  houseMemory.at = now
  return houseMemory.house
}

/** Refuses whoever is not of the provider whose installation this is: what everybody here reads is written by it alone. Fault: NOT_FOUND. */
export async function mustRun(tx: Tx, actor: Actor): Promise<void> {
  const row = await tx.one('select 1 from installation where provider_id = $1', [actor.organisation])
  must(row !== undefined)
}
