import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { type Instant, minute, second } from '../base/time.ts'
import { forgetListeners, listen, newId, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import type { Decision } from './alert.ts'
import { closeAlert, decide, withdraw } from './decide.ts'
import { alertDetail } from './detail.ts'
import { queue, queueRow, recentAlerts } from './queue.ts'
import {
  appenderOn,
  botnet,
  detectorOn,
  type Firm,
  morning,
  plantFirm,
  plantProvider,
  sent,
  virus,
} from './test-firms.ts'

let db: TestDatabase
let minato: { provider: string; analyst: string }
let takahashi: Actor
let yamada: Firm
let code = 3000
let decided: string[] = []
const now = morning + minute

beforeAll(async () => {
  db = await testDatabase()
  minato = await plantProvider(db, 'みなと情報サービス')
  listen('alert.decided', (_tx, { id }) => {
    decided.push(id)
    return Promise.resolve()
  })
})
afterAll(async () => {
  forgetListeners()
  await db.drop()
})
beforeEach(async () => {
  yamada = await plantFirm(db, { provider: minato.provider, name: '株式会社山田製作所', code: `M-${++code}` })
  takahashi = analystOf(minato, [yamada.company])
  decided = []
})

function analystOf(of: { provider: string; analyst: string }, companies: string[]): Actor {
  return {
    person: of.analyst,
    organisation: of.provider,
    organisationName: 'みなと情報サービス',
    kind: 'provider',
    role: 'analyst',
    name: '高橋 由紀',
    language: 'ja',
    scope: [of.provider, ...companies],
    code: undefined,
  }
}

async function happen(lines: readonly { at: Instant; line: string }[], at: Instant = now): Promise<string[]> {
  const appender = appenderOn(db)
  for (const each of lines) {
    await sent(appender, { company: yamada.company, sensor: yamada.utm }, { lines: [each.line], at: each.at })
  }
  await appender.close()
  const detector = detectorOn(db, () => at)
  await detector.load()
  while ((await detector.step()) > 0);
  await detector.save()
  const rows = await db.superuser.query<{ id: string }>(
    'select id from alert where company_id = $1 order by first_at',
    [yamada.company],
  )
  return rows.rows.map((row) => row.id)
}

const call = { at: morning, line: botnet(morning) }
const file = {
  at: morning + second,
  line: virus(morning + second, { action: 'passthrough', from: '192.168.27.52' }),
}
const say = (alert: string, decision: Decision, at = now) =>
  decide(db.store.app, takahashi, { alert, decision, now: at })
const seen = <T>(work: Parameters<typeof within<T>>[2]): Promise<T> =>
  within(db.store.app, { organisations: takahashi.scope }, work)
const stateOf = (id: string, at = now) => seen(async (tx) => (await queueRow(tx, id, at))?.state)

describe('a decision', () => {
  test('closing takes the alert off the queue, is in the trail, and can be taken back', async () => {
    const [alert = ''] = await happen([call])
    const { id } = await say(alert, { kind: 'closing', reason: 'sensor-test', note: '導入の試験' })
    expect(await seen((tx) => queue(tx, takahashi.scope, now))).toEqual([])
    expect(await stateOf(alert)).toBe('closed')
    expect(decided).toEqual([alert])
    const trail = await db.superuser.query(
      'select person_id, act, subject from audit where organisation_id = $1',
      [yamada.company],
    )
    expect(trail.rows).toEqual([{ person_id: takahashi.person, act: 'alert.closing', subject: alert }])
    await expect(say(alert, { kind: 'closing', reason: 'handled' })).rejects.toMatchObject({
      code: 'ALERT_CLOSED',
    })
    expect(await withdraw(db.store.app, takahashi, { decision: id, now: now + 8 * second })).toEqual({
      alert,
    })
    expect(await withdraw(db.store.app, takahashi, { decision: id, now: now + 9 * second })).toEqual({
      alert,
    })
    expect(await stateOf(alert)).toBe('new')
    const detail = await seen((tx) => alertDetail(tx, alert, now))
    expect(detail.decisions).toMatchObject([
      { kind: 'closing', withdrawnAt: now + 8 * second, by: { name: '高橋 由紀' } },
    ])
  })

  test('only the newest decision can be taken back', async () => {
    const [alert = ''] = await happen([call])
    const first = await say(alert, { kind: 'question', note: '誰が使っていますか' })
    const second_ = await say(alert, { kind: 'assignment', assignee: takahashi.person }, now + second)
    await expect(withdraw(db.store.app, takahashi, { decision: first.id, now })).rejects.toMatchObject({
      code: 'DECISION_TOO_LATE',
    })
    await withdraw(db.store.app, takahashi, { decision: second_.id, now })
    await withdraw(db.store.app, takahashi, { decision: first.id, now })
    expect(await stateOf(alert)).toBe('new')
  })

  test('what comes after a closing is a new alert; what comes after a merge belongs to the one that took it in', async () => {
    const [c2 = '', av = ''] = await happen([call, file])
    await say(av, { kind: 'merge', into: c2 })
    expect(await stateOf(av)).toBe('merged')
    const later = morning + 2 * minute
    await happen([{ at: later, line: virus(later, { action: 'passthrough', from: '192.168.27.52' }) }])
    expect(await seen((tx) => queueRow(tx, c2, now))).toMatchObject({ count: 2, detection: 'gw.c2.blocked' })
    await say(c2, { kind: 'closing', reason: 'handled' })
    const all = await happen([{ at: later + second, line: botnet(later + second) }])
    expect(all).toHaveLength(3)
  })

  test('put off until an instant, it comes back by itself', async () => {
    const [alert = ''] = await happen([call])
    await say(alert, { kind: 'later', until: now + 30 * minute })
    expect(await stateOf(alert)).toBe('later')
    expect(await stateOf(alert, now + 31 * minute)).toBe('new')
  })

  test('a merge into itself, into a settled alert or into another firm’s is refused', async () => {
    const [c2 = '', av = ''] = await happen([call, file])
    await say(av, { kind: 'closing', reason: 'information' })
    const other = await plantFirm(db, { provider: minato.provider, name: 'みどり園芸', code: `M-${++code}` })
    const mine = yamada
    yamada = other
    const [theirs = ''] = await happen([call])
    yamada = mine
    takahashi = analystOf(minato, [yamada.company, other.company])
    for (const into of [c2, av, theirs, newId()]) {
      await expect(say(c2, { kind: 'merge', into })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    }
  })

  test('an owner, a stranger, and an analyst of another provider find nothing to decide on', async () => {
    const [alert = ''] = await happen([call])
    const { id } = await say(alert, { kind: 'question', note: '?' })
    const minami = await plantProvider(db, '南警備保障')
    const owner: Actor = { ...takahashi, kind: 'company', role: 'owner', scope: [yamada.company] }
    for (const actor of [owner, analystOf(minami, []), analystOf(minato, [])]) {
      const decision = { kind: 'closing', reason: 'handled' } as const
      await expect(decide(db.store.app, actor, { alert, decision, now })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(withdraw(db.store.app, actor, { decision: id, now })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    await expect(say(alert, { kind: 'assignment', assignee: minami.analyst })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    const alone = within(db.store.app, { organisations: [minami.provider] }, (tx) =>
      alertDetail(tx, alert, now),
    )
    await expect(alone).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('when its case ends or the owner explains it, the program closes it once', async () => {
    const [alert = ''] = await happen([call])
    const close = () =>
      seen((tx) =>
        closeAlert(tx, { company: yamada.company, alert, by: null, reason: 'handled', note: '' }, now),
      )
    await close()
    await close()
    const detail = await seen((tx) => alertDetail(tx, alert, now))
    expect(detail).toMatchObject({ state: 'closed', decisions: [{ kind: 'closing', by: null }] })
  })
})

describe('the queue', () => {
  test('puts an open call task first, then the nearest promise, and what was put off last', async () => {
    const ids = await happen([
      call,
      file,
      { at: morning + 2 * second, line: botnet(morning + 2 * second, { from: '192.168.27.10' }) },
    ])
    const [c2 = '', av = '', nas = ''] = ids
    await db.superuser.query(
      `insert into task (id, company_id, kind, alert_id, due_at, text_ja, text_en, made_at)
       values ($1, $2, 'call', $3, $4, '電話', 'call', $5)`,
      [newId(), yamada.company, nas, new Date(now + 15 * minute), new Date(now)],
    )
    const order = async () => (await seen((tx) => queue(tx, takahashi.scope, now))).map((row) => row.id)
    expect(await order()).toEqual([nas, c2, av])
    await say(c2, { kind: 'later', until: now + minute })
    expect(await order()).toEqual([nas, av, c2])
    const [top] = await seen((tx) => queue(tx, takahashi.scope, now))
    expect(top).toMatchObject({
      companyName: '株式会社山田製作所',
      code: `M-${code}`,
      severity: 'now',
      device: { nickname: 'NAS-01', class: 'nas' },
      promise: { kind: 'call', dueAt: now + 15 * minute },
      rule: { author: 'Mimamori', licence: 'Apache-2.0' },
      late: false,
    })
    expect(await seen((tx) => recentAlerts(tx, [yamada.company], { limit: 2, now }))).toHaveLength(2)
  })

  test('an いますぐ is promised a call within 15 minutes of being raised', async () => {
    await happen([call], now)
    const [row] = await seen((tx) => queue(tx, takahashi.scope, now))
    expect(row).toMatchObject({
      promise: { kind: 'call', dueAt: now + 15 * minute },
      callTask: null,
      state: 'new',
    })
  })
})

test('the detail shows the raw lines with their fields, the rules with their authors, and related alerts', async () => {
  const [c2 = '', av = ''] = await happen([call, file])
  const detail = await seen((tx) => alertDetail(tx, c2, now))
  expect(detail.evidence).toMatchObject([
    { raw: call.line, at: morning, status: 'ok', fields: { attack: 'Test.Botnet' } },
  ])
  expect(detail.rules).toMatchObject([{ author: 'Mimamori', licence: 'Apache-2.0', level: 'critical' }])
  expect(detail.detections).toMatchObject([{ count: 1, fields: { src_ip: '192.168.27.52' } }])
  expect(detail.related).toMatchObject([{ id: av, sameDevice: true, device: '経理-02', state: 'new' }])
  expect(detail.names).toEqual(['FGT-YAMADA', '192.168.27.52', '203.0.113.66'])
  expect(detail).toMatchObject({ evidenceCount: 1, evidenceKept: 1 })
})
