import type { Actor, Role } from '../access/index.ts'
import { fromJst, type Instant } from '../base/time.ts'
import type { Mail, Mailer } from '../mail/index.ts'
import { moment, newId, type Pool, tell, type Tx, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'

/** A company of the tests with its people. */
export type TestCompany = {
  readonly id: string
  readonly name: string
  readonly owner: Actor
  readonly member: Actor
  readonly device: string
  readonly sensor: string
}

/** A provider with an analyst and two companies that look alike; for tests only. */
export type Town = {
  readonly database: TestDatabase
  readonly app: Pool
  readonly detect: Pool
  readonly analyst: Actor
  readonly yamada: TestCompany
  readonly maruhachi: TestCompany
  /** Runs as the detector, in one company's scope. */
  asDetect<T>(company: TestCompany, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads as one of the people. */
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Stores an alert and tells that it was raised. */
  raise(company: TestCompany, alert: Partial<TestAlert>, now: Instant): Promise<string>
  /** Changes an alert and tells that it grew. */
  grow(
    company: TestCompany,
    change: Partial<TestAlert> & { readonly alert: string },
    now: Instant,
  ): Promise<void>
}

export type TestAlert = {
  readonly detection: string
  readonly severity: 'now' | 'today' | 'week' | 'info'
  readonly held: { readonly kind: string; readonly at: Instant; readonly by: string } | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly device: string | null
}

/** 2026-11-25, a Wednesday, in Japan. */
export const at = (h: number, m = 0, s = 0): Instant =>
  fromJst({ year: 2026, month: 11, day: 25, hour: h, minute: m, second: s })

/** A way out that keeps what it was given; `fail` decides which mails are refused and how. */
export function keepingMailer(): Mailer & {
  readonly mails: Mail[]
  fail: (mail: Mail) => Error | undefined
} {
  const mails: Mail[] = []
  return {
    mails,
    fail: () => undefined,
    async send(mail) {
      const error = this.fail(mail)
      if (error) throw error
      mails.push(mail)
      await Promise.resolve()
    },
  }
}

type Who = {
  readonly name: string
  readonly role: Role
  readonly order: number | null
  readonly language?: 'ja' | 'en'
}

/** Builds the town in a database of its own. */
export async function makeTown(options: { readonly practice?: boolean } = {}): Promise<Town> {
  const database = await testDatabase()
  const { app, detect } = database.store
  const provider = newId()
  const plant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    within(database.superuser, { organisations: [] }, work)
  await plant(async (tx) => {
    await tx.run(`insert into organisation (id, kind, name) values ($1, 'provider', 'みなと情報サービス')`, [
      provider,
    ])
    await tx.run(
      `insert into installation (provider_id, practice, desk_phone, desk_hours) values ($1, $2, '0120-000-000', '平日 9:00〜18:00')`,
      [provider, options.practice ?? false],
    )
  })
  const yamada = await plant((tx) =>
    makeCompany(tx, { provider, name: '株式会社山田製作所', code: 'M-0427', owner: '山田' }),
  )
  const maruhachi = await plant((tx) =>
    makeCompany(tx, { provider, name: '丸八運送', code: 'M-0428', owner: '八田' }),
  )
  const analyst = await plant((tx) =>
    makePerson(
      tx,
      { id: provider, name: 'みなと情報サービス', kind: 'provider', code: undefined },
      { name: '田中', role: 'analyst', order: null },
    ),
  )
  return {
    database,
    app,
    detect,
    analyst: { ...analyst, scope: [provider, yamada.id, maruhachi.id] },
    yamada,
    maruhachi,
    asDetect: (company, work) => within(detect, { organisations: [company.id] }, work),
    as: (actor, work) => within(app, { organisations: actor.scope, person: actor.person }, work),
    raise: (company, alert, now) =>
      within(detect, { organisations: [company.id] }, async (tx) => {
        const id = await saveAlert(tx, { company, alert }, now)
        await tell(tx, { kind: 'alert.raised', company: company.id, id }, now)
        return id
      }),
    grow: (company, { alert: id, ...change }, now) =>
      within(detect, { organisations: [company.id] }, async (tx) => {
        await changeAlert(tx, id, change)
        await tell(
          tx,
          { kind: 'alert.grew', company: company.id, id, moreUrgent: change.severity !== undefined },
          now,
        )
      }),
  }
}

type Place = {
  readonly id: string
  readonly name: string
  readonly kind: 'company' | 'provider'
  readonly code: string | undefined
}

async function makePerson(tx: Tx, place: Place, who: Who): Promise<Actor> {
  const id = newId()
  const language = who.language ?? 'ja'
  await tx.run(
    `insert into person (id, organisation_id, role, name, email, phone, language, contact_order) values ($1, $2, $3, $4, $5, '090-0000-0000', $6, $7)`,
    [id, place.id, who.role, who.name, `${id}@example.jp`, language, who.order],
  )
  return {
    person: id,
    organisation: place.id,
    organisationName: place.name,
    kind: place.kind,
    role: who.role,
    name: who.name,
    language,
    scope: [place.id],
    code: place.code,
  }
}

async function makeCompany(
  tx: Tx,
  of: { provider: string; name: string; code: string; owner: string },
): Promise<TestCompany> {
  const place: Place = { id: newId(), name: of.name, kind: 'company', code: of.code }
  const [device, sensor] = [newId(), newId()]
  await tx.run(`insert into organisation (id, kind, name) values ($1, 'company', $2)`, [place.id, of.name])
  await tx.run('insert into company (id, code) values ($1, $2)', [place.id, of.code])
  await tx.run(`insert into relation (id, kind, from_id, to_id) values ($1, 'contract', $2, $3)`, [
    newId(),
    of.provider,
    place.id,
  ])
  await tx.run(
    `insert into device (id, company_id, nickname, class, place, person_name) values ($1, $2, '経理-02', 'pc', '2階 経理', '高橋')`,
    [device, place.id],
  )
  await tx.run(
    `insert into sensor (id, company_id, device_id, name, class) values ($1, $2, $3, '経理-02', 'pc')`,
    [sensor, place.id, device],
  )
  return {
    id: place.id,
    name: of.name,
    owner: await makePerson(tx, place, { name: of.owner, role: 'owner', order: 1 }),
    member: await makePerson(tx, place, { name: '鈴木', role: 'member', order: 2, language: 'en' }),
    device,
    sensor,
  }
}

async function saveAlert(
  tx: Tx,
  { company, alert }: { company: TestCompany; alert: Partial<TestAlert> },
  now: Instant,
): Promise<string> {
  const id = newId()
  await tx.run(
    `insert into alert (id, company_id, family, group_key, detection, notice_type, device_id, sensor_id, severity, severity_reason,
       held, facts, count, first_at, last_at, arrived_at, raised_at)
     values ($1, $2, 'f', gen_random_uuid()::text, $3, 'n00', $4, $5, $6, 'test', $7, $8, 1, $9, $10, $10, $10)`,
    [
      id,
      company.id,
      alert.detection ?? 'net.beacon',
      alert.device === undefined ? company.device : alert.device,
      company.sensor,
      alert.severity ?? 'now',
      alert.held == null ? null : JSON.stringify(alert.held),
      JSON.stringify(alert.facts ?? {}),
      moment(now - 10 * 60_000),
      moment(now),
    ],
  )
  return id
}

async function changeAlert(tx: Tx, id: string, change: Partial<TestAlert>): Promise<void> {
  await tx.run(
    `update alert set count = count + 1, detection = coalesce($2, detection), severity = coalesce($3, severity),
       held = coalesce($4, held), facts = coalesce($5, facts) where id = $1`,
    [
      id,
      change.detection ?? null,
      change.severity ?? null,
      change.held == null ? null : JSON.stringify(change.held),
      change.facts ? JSON.stringify(change.facts) : null,
    ],
  )
}
