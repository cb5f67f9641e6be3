import { type Access, makeAccess } from '../access/index.ts'
import type { Actor } from '../http/index.ts'
import { newId, quiet, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import type { Visited } from '../visit/index.ts'
import { agreementHash, type Asking, type Filled } from './application.ts'
import { fillForm, startApplication } from './application-fill.ts'
import type { ApplicationParts } from './application-settle.ts'
import type { Registry } from './entry.ts'
import { saveRegistry } from './settings.ts'

type Mail = Parameters<Access['sendMail']>[0]

/** A register that takes applications, with what it mails and what a look at a web page finds; for tests only. */
export type TestRegister = {
  readonly database: TestDatabase
  readonly parts: ApplicationParts
  registry: Registry
  readonly mails: Mail[]
  /** What the next looks find. */
  visited: (url: string) => Visited
  readonly visits: string[]
  /** An administrator and an analyst of the organisation that runs it, and one of another provider. */
  readonly kimura: Actor
  readonly tanaka: Actor
  readonly stranger: Actor
  asking(now: number): Asking
  set(change: Partial<Registry>): Promise<void>
  /** The address of the newest mail's page, e.g. `confirm` → its secret. */
  secretIn(page: 'confirm' | 'applications' | 'change', email?: string): string
  drop(): Promise<void>
}

export const pledgeItems: Readonly<Record<string, readonly string[]>> = {
  jou5: ['pl.updates', 'pl.antivirus', 'pl.passwords', 'pl.shares', 'pl.threat_news'],
  jou6: ['pl.updates', 'pl.antivirus', 'pl.passwords', 'pl.shares', 'pl.threat_news', 'pl.backup'],
}

/** 株式会社山田製作所 in 東大阪市, with nothing odd about it. */
export const yamada: Filled = {
  kind: 'legal',
  name: '株式会社山田製作所',
  nameKana: 'やまだせいさくしょ',
  corporateNumber: '7999901000001',
  prefecture: '27',
  town: '東大阪市',
  street: '長田中1-2-3',
  industry: 'E',
  employees: '6-20',
  url: 'https://www.yamada-ss.example',
  person: '佐藤 恵',
  email: 'sato@yamada-ss.example',
  phone: '06-1234-5678',
  level: 'SA1',
  edition: 'jou6',
  ticked: [...(pledgeItems['jou6'] ?? [])],
  pledgedName: '山田 太郎',
  pledgedTitle: '代表取締役',
  pledgedOn: '2026-11-25',
}

/** A page of a policy as it should be. */
export const policyPage = (name: string): Visited => ({
  ok: true,
  status: 200,
  url: 'https://www.yamada-ss.example/policy',
  type: 'text/html',
  bytes: new Uint8Array(),
  text: `情報セキュリティ基本方針 ${name} 制定日：令和8年4月1日 代表取締役 山田太郎`,
})

const agreement = agreementHash(['test'])

// oxlint-disable-next-line max-lines-per-function -- one list of what a test may ask of the register
export async function testRegister(): Promise<TestRegister> {
  const sql = process.env['MIMAMORI_TEST_SQL']
  const database = await testDatabase(sql === undefined ? {} : { sql })
  const mails: Mail[] = []
  const visits: string[] = []
  const { kimura, tanaka, stranger } = await makePeople(database)
  const access = makeAccess({
    app: database.store.app,
    signIn: database.store.signIn,
    secret: 'a secret of the tests, long enough',
    baseUrl: 'http://localhost:8080',
    sendMail: async (mail) => void mails.push(mail),
    log: quiet,
  })
  const registry: Registry = {
    id: kimura.organisation,
    code: 'OSK',
    name: '大阪サイバー宣言登録簿',
    nameEn: 'Osaka Declarations Register',
    levels: ['SA1', 'SA2'],
    review: false,
    terms: '載った内容は正しく保ってください。',
    dataLicence: 'CC BY 4.0',
    dataLicenceUrl: undefined,
    contact: '06-0000-0000',
    openedAt: Date.UTC(2026, 10, 1),
  }
  const keep = (next: Registry): Promise<void> =>
    within(database.store.app, { organisations: [next.id] }, (tx) => saveRegistry(tx, next))
  await keep(registry)
  const register: TestRegister = {
    database,
    parts: {
      access,
      visit: async (url) => {
        visits.push(url)
        await Promise.resolve()
        return register.visited(url)
      },
    },
    registry,
    mails,
    visits,
    visited: () => policyPage('株式会社山田製作所'),
    kimura,
    tanaka,
    stranger,
    asking: (now) => ({
      levels: register.registry.levels,
      editions: new Map(Object.entries(pledgeItems)),
      agreement,
      now,
    }),
    set: async (change) => {
      register.registry = { ...register.registry, ...change }
      await keep(register.registry)
    },
    secretIn: (page, email) => {
      const mail = mails.findLast(
        ({ to, text }) => (email ?? to) === to && text.includes(`/registry/${page}/`),
      )
      return new RegExp(`/registry/${page}/([\\w-]+)`).exec(mail?.text ?? '')?.[1] ?? 'none'
    },
    drop: async () => {
      await access.settled()
      await database.drop()
    },
  }
  return register
}

async function makePeople(database: TestDatabase) {
  const run = (text: string, values: unknown[]) => database.superuser.query(text, values)
  const [minato, kohoku] = [newId(), newId()]
  await run(
    `insert into organisation (id, kind, name) values ($1, 'provider', 'みなと情報サービス'), ($2, 'provider', '港北セキュリティ')`,
    [minato, kohoku],
  )
  await run(
    `insert into installation (provider_id, practice, desk_phone, desk_hours) values ($1, false, '0120-000-000', '平日')`,
    [minato],
  )
  const person = async (organisation: string, name: string, role: 'admin' | 'analyst'): Promise<Actor> => {
    const id = newId()
    await run('insert into person (id, organisation_id, role, name, email) values ($1, $2, $3, $4, $5)', [
      id,
      organisation,
      role,
      name,
      `${id}@example.jp`,
    ])
    return {
      person: id,
      organisation,
      organisationName: organisation === minato ? 'みなと情報サービス' : '港北セキュリティ',
      kind: 'provider',
      role,
      name,
      language: 'ja',
      scope: [organisation],
      code: undefined,
    }
  }
  return {
    kimura: await person(minato, '木村 葵', 'admin'),
    tanaka: await person(minato, '田中', 'analyst'),
    stranger: await person(kohoku, '小野', 'admin'),
  }
}

/** Fills a form of the register, agreed to. @returns its secret */
export async function filledForm(register: TestRegister, filled: Filled, now: number): Promise<string> {
  const pool = register.parts.access.app
  const secret = await startApplication(pool, { registry: register.registry, language: 'ja' }, now)
  await fillForm(pool, { secret, answers: { ...filled, agreed: agreement } }, now)
  return secret
}
