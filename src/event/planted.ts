import { randomUUID } from 'node:crypto'
import type { Pool } from '../store/index.ts'

/** Two companies and a provider for tests, each company with one sensor. */
export type Planted = {
  readonly provider: string
  /** 山田製作所 with its FortiGate. */
  readonly yamada: { readonly company: string; readonly sensor: string }
  /** 佐藤商店 with its router. */
  readonly sato: { readonly company: string; readonly sensor: string }
}

/** Plants them past row-level security; for tests only. */
export async function plant(superuser: Pool): Promise<Planted> {
  const provider = randomUUID()
  await superuser.query(
    `insert into organisation (id, kind, name) values ($1, 'provider', '見守りセンター')`,
    [provider],
  )
  await superuser.query(
    `insert into installation (provider_id, practice, desk_phone, desk_hours) values ($1, false, '0000', 'always')`,
    [provider],
  )
  const yamada = await plantCompany(superuser, { name: '山田製作所', code: 'M-0427', sensor: 'FortiGate' })
  const sato = await plantCompany(superuser, { name: '佐藤商店', code: 'M-0428', sensor: 'ルーター' })
  return { provider, yamada, sato }
}

async function plantCompany(
  superuser: Pool,
  it: { readonly name: string; readonly code: string; readonly sensor: string },
): Promise<{ company: string; sensor: string }> {
  const company = randomUUID()
  await superuser.query(`insert into organisation (id, kind, name) values ($1, 'company', $2)`, [
    company,
    it.name,
  ])
  await superuser.query('insert into company (id, code) values ($1, $2)', [company, it.code])
  const sensor = await plantSensor(superuser, { company, name: it.sensor })
  return { company, sensor }
}

/** One more sensor of a company. */
export async function plantSensor(
  superuser: Pool,
  it: { readonly company: string; readonly name: string; readonly linesPerSecond?: number },
): Promise<string> {
  const sensor = randomUUID()
  await superuser.query(
    `insert into sensor (id, company_id, name, class, lines_per_second) values ($1, $2, $3, 'utm', $4)`,
    [sensor, it.company, it.name, it.linesPerSecond ?? null],
  )
  return sensor
}
