import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Role, RouteSpec } from '../../src/http/index.ts'
import { machineRoutes } from '../../src/http/machine.ts'
import { readerRoutes } from '../../src/http/reader.ts'
import { makeNumberCheck } from '../../src/notice/index.ts'
import { practiceProvider, yamada } from '../../src/practice/index.ts'
import { routesOf } from '../../src/routes.ts'
import { makeSeal } from '../../src/seal/index.ts'
import { makeVisit } from '../../src/visit/index.ts'
import { type Program, startProgram } from '../program.ts'
import { plantApplication } from './application.ts'
import { plantLesson } from './lesson.ts'
import { plantPolicy } from './policy.ts'
import { plantProof } from './proof.ts'
import { plantStars } from './stars.ts'

/** A kind of thing that a `:param` of a route can name. */
export type Kind = NonNullable<RouteSpec['ids']>[string]

/** One route as the test walks it; `handle` is not needed, since everything goes through the web. */
export type Walked = Pick<RouteSpec, 'method' | 'path' | 'area' | 'roles' | 'ids'>

/** Somebody who visits; `organisation` is missing for a stranger. */
export type Visiting = {
  readonly name: string
  readonly email?: string
  readonly organisation?: string
  readonly kind?: 'company' | 'provider'
  readonly role?: Role
}

type Organisations = 'minato' | 'kohoku' | 'yamada' | 'midori' | 'hoshino'

export type World = {
  readonly program: Program
  readonly routes: readonly Walked[]
  readonly organisation: Readonly<Record<Organisations, string>>
  /** One thing of 山田製作所 (or, of what only a provider has, of its provider) for each kind. */
  readonly ids: Readonly<Record<Kind, string>>
  /** A second alert of 山田製作所, to merge into. */
  readonly otherAlert: string
  /** The secret in the mail with which 山田製作所 was told. */
  readonly mailedSecret: string
  /** Words that only pages of 山田製作所 may hold. */
  readonly words: readonly string[]
  /** Every id of its rows. */
  readonly uuids: readonly string[]
}

/** Everybody who has nothing to do with 山田製作所. */
export const foreigners = (of: World['organisation']): readonly Visiting[] => [
  { name: 'nobody' },
  company('owner of みどり園芸', 'midorikawa@midori-engei.example', of.midori, 'owner'),
  company('member of みどり園芸', 'kinoshita@midori-engei.example', of.midori, 'member'),
  company('owner of 星野印刷', 'hoshino@hoshino.example', of.hoshino, 'owner'),
  provider('analyst of 港北セキュリティ', 'mori@kohoku.example', of.kohoku, 'analyst'),
  provider('admin of 港北セキュリティ', 'ono@kohoku.example', of.kohoku, 'admin'),
]

/** Everybody who may see something of 山田製作所, each within a role. */
export const ours = (of: World['organisation']): readonly Visiting[] => [
  company('owner of 山田製作所', 'yamada@yamada-ss.example', of.yamada, 'owner'),
  company('member of 山田製作所', 'sato@yamada-ss.example', of.yamada, 'member'),
  provider('analyst of みなと', practiceProvider.analyst.email, of.minato, 'analyst'),
  provider('admin of みなと', practiceProvider.admin.email, of.minato, 'admin'),
]

function company(name: string, email: string, organisation: string, role: Role): Visiting {
  return { name, email, organisation, role, kind: 'company' }
}

function provider(name: string, email: string, organisation: string, role: Role): Visiting {
  return { name, email, organisation, role, kind: 'provider' }
}

/**
 * The practice with its attack begun, a second provider with a company of its own, and a thing of each kind at 山田製作所.
 * Nothing moves by itself any more.
 */
export async function makeWorld(): Promise<World> {
  const program = await startProgram({ practice: true })
  await untilAttacked(program)
  await program.hush()
  await program.running.access.settled()
  const organisation = await plantOthers(program)
  const ids = await findIds(program, organisation)
  const alerts = await column(program, 'select id as v from alert where company_id = $1', organisation.yamada)
  const mails = await column(
    program,
    'select text_body as v from practice_mail where organisation_id = $1',
    organisation.yamada,
  )
  return {
    program,
    organisation,
    ids,
    routes: routesOfProgram(program),
    otherAlert: alerts.find((id) => id !== ids.alert) ?? '',
    mailedSecret: /\/n\/([\w-]+)/.exec(mails.join(' '))?.[1] ?? '',
    words: await wordsOf(program, organisation.yamada),
    uuids: await uuidsOf(program, organisation.yamada),
  }
}

/** Until 山田製作所 has a case, its call task, and the mail about it. */
async function untilAttacked(program: Program): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await program.superuser.query<{ n: number }>(
        `select least((select count(*) from "case"), (select count(*) from task where case_id is not null),
           (select count(*) from notice_delivery where state = 'handed' and channel = 'mail'),
           (select count(*) from practice_mail where text_body like '%/n/%'))::int as n`,
      )
      expect(rows[0]?.n).toBeGreaterThan(0)
    },
    { timeout: 100_000, interval: 250 },
  )
}

/** Every route that the server knows, as it declares them. */
export function routesOfProgram(program: Program): readonly Walked[] {
  const pages = routesOf({
    access: program.running.access,
    checkNumber: makeNumberCheck(program.running.store.app),
    appender: {
      append: () => Promise.reject(new Error('only the list is read')),
      waiting: () => ({ lines: 0, bytes: 0 }),
      hasRoom: () => true,
      whenRoom: () => Promise.resolve(),
      onAppended: () => () => undefined,
      troubled: () => false,
      close: () => Promise.resolve(),
    },
    seal: makeSeal({ pool: program.running.store.app, secret: 'only the list is read' }),
    visit: makeVisit(),
    watch: () => undefined,
  })
  return [
    ...pages,
    ...readerRoutes(false),
    ...machineRoutes({ readiness: async () => ({}) }),
    { method: 'POST', path: '/ingest/v1/:source', area: 'machine', ids: { source: 'name' } },
    { method: 'GET', path: '/assets/:name', area: 'machine', ids: { name: 'name' } },
  ]
}

async function column(program: Program, text: string, ...values: unknown[]): Promise<string[]> {
  const { rows } = await program.superuser.query<{ v: string }>(text, values)
  return rows.map((row) => row.v)
}

/** A provider beside ours with one company, and people of both. */
async function plantOthers(program: Program): Promise<World['organisation']> {
  const run = (text: string, ...values: unknown[]) => program.superuser.query(text, values)
  const find = async (text: string, value: string) => (await column(program, text, value))[0] ?? ''
  const [kohoku, hoshino] = [randomUUID(), randomUUID()]
  await run(
    `insert into organisation (id, kind, name) values ($1, 'provider', '港北セキュリティ'), ($2, 'company', '星野印刷')`,
    kohoku,
    hoshino,
  )
  await run(`insert into company (id, code) values ($1, 'M-0777')`, hoshino)
  await run(
    `insert into relation (id, kind, from_id, to_id) values ($1, 'contract', $2, $3)`,
    randomUUID(),
    kohoku,
    hoshino,
  )
  const organisation = {
    kohoku,
    hoshino,
    minato: await find('select id as v from organisation where name = $1', practiceProvider.name),
    yamada: await find('select id as v from company where code = $1', yamada.code),
    midori: await find('select id as v from company where code = $1', 'M-0291'),
  }
  const known = new Set(await column(program, 'select email as v from person'))
  for (const person of foreigners(organisation)) {
    if (person.email === undefined || known.has(person.email)) continue
    const id = randomUUID()
    await run(
      `insert into sign_in."user" (id, name, email, "emailVerified") values ($1, $2, $3, true)`,
      id,
      person.name,
      person.email,
    )
    await run(
      'insert into person (id, organisation_id, role, name, email) values ($1, $2, $3, $4, $5)',
      id,
      person.organisation,
      person.role,
      person.name,
      person.email,
    )
  }
  return organisation
}

/** What is not there by itself is planted: a silence, a held line, a decision. */
export async function findIds(
  program: Program,
  of: Pick<World['organisation'], 'yamada' | 'minato'>,
): Promise<Record<Kind, string>> {
  const one = async (text: string, ...values: unknown[]) => (await column(program, text, ...values))[0] ?? ''
  const mine = (table: string, more = 'true') =>
    one(`select id as v from ${table} where company_id = $1 and ${more} limit 1`, of.yamada)
  const [silence, held, decision] = [randomUUID(), randomUUID(), randomUUID()]
  const alert = await one(
    'select alert_id as v from case_alert where company_id = $1 order by at limit 1',
    of.yamada,
  )
  const sensor = await mine('sensor', "class = 'pc'")
  const quietSensor = await mine('sensor', "class = 'server'")
  await program.superuser.query(
    'insert into silence (id, company_id, sensor_id, since, found_at) values ($1, $2, $3, now(), now())',
    [silence, of.yamada, quietSensor],
  )
  await program.superuser.query(
    `insert into held_line (id, organisation_id, received_at, transport, peer, port, raw)
     values ($1, $2, now(), 'syslog-udp', '127.0.0.99', 5514, '<13>held line of 佐藤 恵')`,
    [held, of.minato],
  )
  await program.superuser.query(
    `insert into alert_decision (id, company_id, alert_id, kind, at) values ($1, $2, $3, 'question', now())`,
    [decision, of.yamada, alert],
  )
  const person = await one(
    "select id as v from person where organisation_id = $1 and role = 'member'",
    of.yamada,
  )
  const planted = {
    ...(await plantApplication(program.superuser, of.minato)),
    ...(await plantStars(program.superuser, of.yamada)),
    ...(await plantLesson(program.superuser, of.yamada)),
    ...(await plantPolicy(program.superuser, of.yamada, person)),
    ...(await plantProof(program.superuser, of.yamada)),
  }
  return {
    company: of.yamada,
    alert,
    sensor,
    silence,
    held,
    decision,
    case: await mine('"case"'),
    notice: await mine('notice', "severity = 'now' and alert_id is not null"),
    device: await mine('device', "class = 'pc'"),
    task: await mine('task', "kind = 'call' and done_at is null"),
    site: await mine('site'),
    token: await one('select id as v from sensor_token where sensor_id = $1', sensor),
    address: await mine('sensor_address'),
    person,
    mail: await one('select id as v from practice_mail where organisation_id = $1 limit 1', of.yamada),
    // What the database keeps of a secret lets nobody in.
    secret: await one(
      `select rtrim(translate(encode(hash, 'base64'), '+/', '-_'), '=') as v from notice_link where company_id = $1 limit 1`,
      of.yamada,
    ),
    name: 'auto',
    'self-check': randomUUID(),
    sheet: randomUUID(),
    'to-do': randomUUID(),
    'answer-link': 'none',
    'lesson-link': 'none',
    'proof-link': 'none',
    'application-link': 'none',
    question: 'sc.updates',
    item: 'pl.updates',
    lesson: 'tricks',
    news: 'ransom-vpn',
    published: 'none',
    'status-list': 'none',
    ...planted,
  }
}

/** Names, numbers, addresses and raw lines of one company, as far as no other company has the same. */
async function wordsOf(program: Program, company: string): Promise<string[]> {
  const found = await column(
    program,
    `select unnest(array[o.name, c.code]) as v from organisation o join company c on c.id = o.id where o.id = $1
     union select unnest(array[nickname, person_name] || known_as) from device where company_id = $1
     union select unnest(array[name, email, phone]) from person where organisation_id = $1
     union select name from sensor where company_id = $1
     union select unnest(array[address, name]) from site where company_id = $1
     union select number from "case" where company_id = $1
     union select left(number, 4) || '-' || substr(number, 5, 4) || '-' || right(number, 1) from notice where company_id = $1
     union select hint from sensor_token where company_id = $1
     union select left(raw, 120) from event where company_id = $1`,
    company,
  )
  const shared = await column(
    program,
    `select unnest(array[nickname, person_name] || known_as) as v from device where company_id <> $1
     union select name from sensor where company_id <> $1
     union select unnest(array[address, name]) from site where company_id <> $1`,
    company,
  )
  const fixed = [
    '山田',
    'yamada',
    '203.0.113.66',
    'update.practice.example',
    'Practice.Botnet',
    'held line of',
  ]
  const words = [...fixed, ...found].filter(
    (word) => word !== null && word.length > 1 && !shared.includes(word),
  )
  return [...new Set(words)]
}

/** Every id that a row of the company, or a row about it, has. */
async function uuidsOf(program: Program, company: string): Promise<string[]> {
  const { rows } = await program.superuser.query<{ name: string; owner: string }>(
    `select c.table_name as name, min(c.column_name) as owner from information_schema.columns c
     join information_schema.columns i on i.table_name = c.table_name and i.table_schema = c.table_schema and i.column_name = 'id'
     join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and c.column_name in ('company_id', 'organisation_id') and i.data_type = 'uuid'
     group by c.table_name`,
  )
  const ids: string[] = [company]
  for (const { name, owner } of rows) {
    ids.push(...(await column(program, `select id as v from "${name}" where ${owner} = $1`, company)))
  }
  return ids
}
