import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { moment, newId, within } from '../store/index.ts'
import { savePerson } from './account.ts'
import type { Access } from './access.ts'
import { record } from './record.ts'

export type SetUp = {
  readonly providerName: string
  readonly adminName: string
  readonly adminEmail: string
  readonly deskPhone: string
  readonly deskHours: string
  readonly practice?: boolean
}

function isSecond(thrown: unknown): boolean {
  return thrown instanceof Error && 'constraint' in thrown && thrown.constraint === 'installation_pkey'
}

/**
 * Makes the provider whose installation this is and its first administrator; once, on an empty installation.
 * Fault: NOT_FOUND when it is set up already.
 */
export async function setUpInstallation(
  access: Access,
  input: SetUp,
  now: Instant,
): Promise<{ readonly provider: string; readonly person: string }> {
  const provider = newId()
  try {
    return await within(access.app, { organisations: [provider] }, async (tx) => {
      await tx.run(`insert into organisation (id, kind, name) values ($1, 'provider', $2)`, [
        provider,
        input.providerName,
      ])
      await tx.run(
        'insert into installation (provider_id, practice, desk_phone, desk_hours, set_up_at) values ($1, $2, $3, $4, $5)',
        [provider, input.practice ?? false, input.deskPhone, input.deskHours, moment(now)],
      )
      const person = await savePerson(access, tx, {
        organisation: provider,
        role: 'admin',
        name: input.adminName,
        email: input.adminEmail,
        language: 'ja',
        now,
      })
      await record(tx, { person }, { organisation: provider, act: 'installation.set-up' })
      return { provider, person }
    })
  } catch (thrown) {
    throw isSecond(thrown) ? fault('NOT_FOUND') : thrown
  } finally {
    access.houseMemory.house = undefined
  }
}
