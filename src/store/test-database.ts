import { randomBytes } from 'node:crypto'
import { quiet } from './log.ts'
import { migrate } from './migrate.ts'
import { type Base, openPools, type Store } from './open.ts'
import { connect, makePool, type Pool } from './pool.ts'
import { ensureRoles, groups, loginOf, type Part, quoted, urlTo } from './roles.ts'

/** Databases for tests: each test file gets a clone of the migrated template, in the one cluster of the run. */
export const template = 'mimamori_template'

/** What `test/global-setup.ts` hands to the test files, as JSON in this variable. */
export const testVariable = 'MIMAMORI_TEST_CLUSTER'

export type TestCluster = {
  readonly superuserUrl: string
  readonly ownerUrl: string
  readonly secret: string
  /** Why the template could not be migrated: only tests that need it fail. */
  readonly problem?: string
}

export function testCluster(): TestCluster {
  const text = process.env[testVariable]
  if (text === undefined) throw new Error('test/global-setup.ts did not run; is it in vitest.config.ts?')
  const cluster: TestCluster = JSON.parse(text)
  return cluster
}

/** A database without tables, but with its roles. */
export type EmptyDatabase = Base & {
  readonly name: string
  /** Looks past row-level security: to plant rows and to count, in tests only. */
  readonly superuserUrl: string
  drop(): Promise<void>
}

async function asSuperuser(cluster: TestCluster, statements: readonly string[]): Promise<void> {
  const client = await connect({ url: cluster.superuserUrl, log: quiet })
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function create(cluster: TestCluster, from: string): Promise<EmptyDatabase> {
  const name = `mimamori_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const owner = decodeURIComponent(new URL(cluster.ownerUrl).username)
  await asSuperuser(cluster, [
    `create database ${quoted(name)} owner ${owner} template ${from} strategy file_copy`,
  ])
  const ownerUrl = urlTo(cluster.ownerUrl, name)
  const client = await connect({ url: ownerUrl, log: quiet })
  await ensureRoles(client, { ownerUrl, secret: cluster.secret })
  await client.end()
  const logins = (Object.keys(groups) as Part[]).map((part) => `drop role ${quoted(loginOf(part, name))}`)
  const drop = (): Promise<void> =>
    asSuperuser(cluster, [`drop database if exists ${quoted(name)} with (force)`, ...logins])
  return {
    name,
    ownerUrl,
    secret: cluster.secret,
    superuserUrl: urlTo(cluster.superuserUrl, name),
    stop: () => Promise.resolve(),
    drop,
  }
}

/** A database with roles and no tables, e.g. to restore into. */
export function emptyTestDatabase(): Promise<EmptyDatabase> {
  return create(testCluster(), 'template1')
}

export type TestDatabase = {
  readonly store: Store
  readonly name: string
  /** The owner of the tables; bound by forced row-level security all the same. */
  readonly ownerUrl: string
  readonly superuserUrl: string
  /** Looks past row-level security: to plant rows and to count, in tests only. */
  readonly superuser: Pool
  drop(): Promise<void>
}

/**
 * A database of one test file, with the schema of `sql/` or of another folder, opened as the program opens it. Call
 * `drop` in `afterAll`.
 */
export async function testDatabase(options: { readonly sql?: string } = {}): Promise<TestDatabase> {
  const cluster = testCluster()
  if (options.sql === undefined && cluster.problem !== undefined) throw new Error(cluster.problem)
  const empty = await create(cluster, options.sql === undefined ? template : 'template1')
  if (options.sql !== undefined) {
    await migrate({ ownerUrl: empty.ownerUrl, log: quiet, folder: options.sql })
  }
  const store = await openPools(empty, quiet)
  const superuser = makePool({ url: empty.superuserUrl, log: quiet, max: 3, name: 'test superuser' })
  const drop = async (): Promise<void> => {
    await Promise.all([store.close(), superuser.end()])
    await empty.drop()
  }
  const { name, ownerUrl, superuserUrl } = empty
  return { store, name, ownerUrl, superuserUrl, superuser, drop }
}
