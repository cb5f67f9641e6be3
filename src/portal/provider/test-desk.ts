import { makeSeal } from '../../seal/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readActor } from '../../access/actor.ts'
import { makeAccess } from '../../access/index.ts'
import { mustHave } from '../../access/test-access.ts'
import { type Detector, installRules, loadRuleBook, makeDetector, type RuleBook } from '../../detect/index.ts'
import { makeAppender } from '../../event/index.ts'
import { makeAssets } from '../../http/assets.ts'
import { minato, type TestServer, testServer } from '../../http/test-server.ts'
import { makeTown, type Town } from '../../notice/test-town.ts'
import { newId, quiet } from '../../store/index.ts'
import { providerRoutes } from './index.ts'
import type { ProviderParts, ProviderState } from './parts.ts'

/** The desk of a provider over two companies, asked as one of its people. */
export type Desk = {
  readonly town: Town
  readonly server: TestServer
  readonly parts: ProviderParts
  /** Asked by an administrator unless a test says otherwise. */
  role: 'admin' | 'analyst'
  now: number
  practice: boolean
  book: RuleBook
  /** Whether a sample day can be started here, and when it was. */
  days: number[] | undefined
  close(): Promise<void>
}

const receivers: ProviderState['receivers'] = {
  udp: { running: true, received: 0, dropped: 0, kernelDrops: 0, waiting: 0 },
  tcp: { running: true, connections: 0, slowed: 0, waiting: 0 },
}

/** A book without a single rule. */
export function emptyBook(): RuleBook {
  const folder = mkdtempSync(join(tmpdir(), 'mimamori-rules-'))
  const book = loadRuleBook(folder)
  rmSync(folder, { recursive: true })
  return book
}

function stateOf(town: Town, book: RuleBook): ProviderState {
  const detector: Detector = makeDetector({
    pool: town.detect,
    book,
    raise: () => Promise.resolve(),
    onCanary: () => Promise.resolve(),
    log: quiet,
    now: () => Date.now(),
  })
  return { detector: detector.state(), receivers, waiting: { lines: 0, bytes: 0 } }
}

function partsOf(town: Town, desk: () => Desk): ProviderParts {
  const { store } = town.database
  return {
    access: makeAccess({
      app: store.app,
      signIn: store.signIn,
      secret: 'a secret of the tests, long enough',
      baseUrl: 'http://localhost:8080',
      sendMail: () => Promise.resolve(),
      log: quiet,
    }),
    seal: makeSeal({ pool: store.app, secret: 'a secret of the tests, long enough' }),
    appender: makeAppender(store.ingest, { log: quiet }),
    state: () => stateOf(town, desk().book),
    rules: () => desk().book.rules(),
    reloadRules: () => desk().book.reload(),
    startDay: (now) => {
      desk().days?.push(now)
      return desk().days !== undefined
    },
    ports: () => ({ udp: 5514, tcp: 6514 }),
  }
}

/** Adds 木村, an administrator, beside the town's analyst. @returns her id */
async function addAdmin(town: Town): Promise<string> {
  const id = newId()
  await town.database.superuser.query(
    "insert into person (id, organisation_id, role, name, email) values ($1, $2, 'admin', '木村 葵', 'kimura@minato.example')",
    [id, town.analyst.organisation],
  )
  return id
}

/** Builds the desk in a database of its own, at an instant. */
export async function makeDesk(now: number): Promise<Desk> {
  const town = await makeTown()
  const admin = await addAdmin(town)
  const parts = partsOf(town, () => desk)
  const actor = async () =>
    mustHave(await readActor(town.app, desk.role === 'admin' ? admin : town.analyst.person))
  const provider = { id: town.analyst.organisation, name: 'みなと情報サービス' }
  const server = await testServer({
    routes: providerRoutes(parts),
    options: { assets: await makeAssets(fileURLToPath(new URL('./island', import.meta.url))) },
    db: town.app,
    deps: {
      session: async () => ({ actor: await actor(), cookies: [] }),
      house: () => Promise.resolve({ ...minato, provider, practice: desk.practice }),
      clock: () => desk.now,
    },
  })
  const desk: Desk = {
    town,
    server,
    parts,
    role: 'admin',
    now,
    practice: false,
    book: loadRuleBook(installRules()),
    days: [],
    close: async () => {
      await server.close()
      await parts.access.settled()
      await parts.appender.close()
      await town.database.drop()
    },
  }
  return desk
}
