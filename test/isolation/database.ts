import { describe, expect, test } from 'vitest'
import { isTextKind } from '../../src/http/index.ts'
import { type Pool, within, withoutScope } from '../../src/store/index.ts'
import { ownedTables } from './digest.ts'
import type { Kind, World } from './world.ts'

type Role = 'app' | 'detect' | 'ingest' | 'signIn'
const roles: readonly Role[] = ['app', 'detect', 'ingest', 'signIn']

/** The one table that a role reads beyond its scope: headers of batches, for the detector's cursor (sql/0003). */
const cursor = (role: Role, table: string): boolean => role === 'detect' && table === 'event_batch'

const codeOf = (thrown: unknown): string => {
  if (thrown instanceof Error && 'code' in thrown) return String(thrown.code)
  throw thrown
}
const denied = '42501'

/** Whose rows a role sees in a table. */
async function seen(
  pool: Pool,
  scope: readonly string[],
  of: { table: string; column: string },
): Promise<string[]> {
  const text = `select distinct "${of.column}"::text as v from public."${of.table}"`
  try {
    const rows =
      scope.length === 0
        ? await withoutScope(pool, (tx) => tx.rows<{ v: string }>(text))
        : await within(pool, { organisations: scope }, (tx) => tx.rows<{ v: string }>(text))
    return rows.map((row) => row.v)
  } catch (thrown) {
    expect(codeOf(thrown)).toBe(denied)
    return []
  }
}

const undo = new Error('undo')

/** Tries a statement in a scope and takes it back: how many rows it would have touched, or the code of its refusal. */
async function attempt(
  pool: Pool,
  scope: string,
  of: { text: string; values: readonly unknown[] },
): Promise<number | string> {
  let touched = 0
  try {
    await within(pool, { organisations: [scope] }, async (tx) => {
      touched = await tx.run(of.text, of.values)
      throw undo
    })
  } catch (thrown) {
    return thrown === undo ? touched : codeOf(thrown)
  }
  return touched
}

/** What the database itself refuses, whatever a program forgets. */
export function describeDatabase(world: () => World): void {
  describe('the database', () => {
    const pool = (role: Role): Pool => world().program.running.store[role]
    const tables = () => ownedTables(world().program.superuser)

    test('shows nobody a row without a scope', async () => {
      let looked = 0
      for (const each of await tables()) {
        for (const role of roles) {
          if (cursor(role, each.table)) continue
          looked += 1
          expect([role, each.table, ...(await seen(pool(role), [], each))]).toEqual([role, each.table])
        }
      }
      console.info(`isolation: ${looked} tables × roles show nothing without a scope`)
    })

    test("shows in one company's scope nothing of another", async () => {
      const { midori } = world().organisation
      for (const each of await tables()) {
        for (const role of roles) {
          if (cursor(role, each.table)) continue
          const others = (await seen(pool(role), [midori], each)).filter((id) => id !== midori)
          expect([role, each.table, ...others]).toEqual([role, each.table])
        }
      }
    })

    test('refuses each role to write, change, take or give away a row of another company', async () => {
      const { yamada, midori } = world().organisation
      let tried = 0
      for (const { table, column } of await tables()) {
        const row = await sampleRow(world(), { table, column, company: yamada })
        for (const role of ['app', 'detect', 'ingest'] as const) {
          const put = await attempt(pool(role), midori, {
            text: `insert into "${table}" select * from jsonb_populate_record(null::"${table}", $1::jsonb)`,
            values: [JSON.stringify(row)],
          })
          expect([role, 'insert', table, put]).toEqual([role, 'insert', table, denied])
          for (const text of [
            `update "${table}" set "${column}" = "${column}" where "${column}" = $1`,
            `delete from "${table}" where "${column}" = $1`,
          ]) {
            const touched = await attempt(pool(role), midori, { text, values: [yamada] })
            expect([role, text, touched === denied ? 0 : touched]).toEqual([role, text, 0])
          }
          const given = await attempt(pool(role), midori, {
            text: `update "${table}" set "${column}" = $1 where "${column}" = $2`,
            values: [yamada, midori],
          })
          expect([role, 'give away', table, given === denied ? 0 : given]).toEqual([
            role,
            'give away',
            table,
            0,
          ])
          tried += 4
        }
      }
      console.info(`isolation: ${tried} writes across companies refused by the database`)
    })

    test('refuses a row of one company that points at a thing of another', async () => {
      const { organisation, ids } = world()
      const point = (role: 'app' | 'detect', text: string, ...values: unknown[]) =>
        attempt(pool(role), organisation.midori, { text, values: [organisation.midori, ...values] })
      const broken = '23503'
      expect(
        await point(
          'app',
          `insert into alert_decision (id, company_id, alert_id, kind, at) values (gen_random_uuid(), $1, $2, 'case', now())`,
          ids.alert,
        ),
      ).toBe(broken)
      expect(
        await point(
          'app',
          `insert into sensor (id, company_id, device_id, name, class) values (gen_random_uuid(), $1, $2, '横取り', 'pc')`,
          ids.device,
        ),
      ).toBe(broken)
      expect(
        await point(
          'app',
          `insert into sensor_token (id, company_id, sensor_id, hash, hint) values (gen_random_uuid(), $1, $2, 'x', 'x')`,
          ids.sensor,
        ),
      ).toBe(broken)
      expect(
        await point(
          'detect',
          'insert into case_alert (company_id, case_id, alert_id, at) values ($1, $2, $3, now())',
          ids.case,
          ids.alert,
        ),
      ).toBe(broken)
    })

    test('refuses every role a day of events addressed by its name', async () => {
      const { rows } = await world().program.superuser.query<{ name: string }>(
        `select 'public.' || inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass`,
      )
      expect(rows.length).toBeGreaterThan(0)
      for (const { name } of rows) {
        for (const role of roles) {
          for (const text of [`select raw from ${name}`, `delete from ${name}`, `truncate ${name}`]) {
            const got = await attempt(pool(role), world().organisation.yamada, { text, values: [] })
            expect([role, text, got]).toEqual([role, text, denied])
          }
        }
      }
    })

    test('lets none of the running roles become the one that reads everything for the backup, nor the owner', async () => {
      const { rows } = await world().program.superuser.query<{ owner: string }>(
        `select tableowner as owner from pg_tables where tablename = 'event'`,
      )
      for (const role of roles) {
        for (const other of ['mimamori_backup', rows[0]?.owner ?? '']) {
          const got = await attempt(pool(role), world().organisation.midori, {
            text: `set local role "${other}"`,
            values: [],
          })
          expect([role, other, got]).toEqual([role, other, denied])
        }
      }
    })

    test('numbers nothing that a page names: every id in an address is random', async () => {
      const named = Object.entries(world().ids).filter(([kind]) => !isTextKind(kind as Kind))
      for (const [, id] of named) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/)
      const { rows } = await world().program.superuser.query<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns
         where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval%')`,
      )
      // The order in which records were made; in no address.
      const orders = ['held_line.no', 'self_check_later.seq', 'self_check_answer.seq', 'declaration_event.no']
      expect(rows.filter((row) => !orders.includes(row.name))).toEqual([])
    })
  })
}

/** A real row of the company as JSON; where it has none, a row that says no more than whose it is. */
async function sampleRow(
  world: World,
  of: { table: string; column: string; company: string },
): Promise<unknown> {
  const { rows } = await world.program.superuser.query<{ row: unknown }>(
    `select to_jsonb(t) as row from "${of.table}" t where "${of.column}" = $1 limit 1`,
    [of.company],
  )
  return rows[0]?.row ?? { [of.column]: of.company }
}
