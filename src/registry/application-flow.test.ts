import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, fromJst, hour } from '../base/time.ts'
import { withoutScope } from '../store/index.ts'
import type { Filled } from './application.ts'
import { applicationsDaily } from './application-daily.ts'
import { fillForm, openForm, openState } from './application-fill.ts'
import { confirmForm, openConfirmation, sendForm } from './application-send.ts'
import { settle } from './application-settle.ts'
import { findEntry } from './store.ts'
import { filledForm, policyPage, testRegister, type TestRegister, yamada } from './test-register.ts'

let it: TestRegister
const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })
const pool = () => it.parts.access.app
let serial = 0

beforeAll(async () => {
  it = await testRegister()
})
afterAll(() => it.drop())
beforeEach(async () => {
  await it.set({ review: false, levels: ['SA1', 'SA2'] })
  it.visited = () => policyPage('株式会社')
})

/** Another firm each time, with a name, a number and a mailbox of its own. */
function firm(change: Filled = {}): Filled {
  serial++
  const name = `株式会社試験${String.fromCodePoint(0x4e00 + serial * 7)}${String.fromCodePoint(0x5200 + serial * 11)}`
  const numbers = ['6999901000002', '5999901000003', '4999901000004', '3999901000005', '2999901000006']
  const corporateNumber = numbers[serial % 5] ?? ''
  return {
    ...yamada,
    name,
    corporateNumber,
    email: `p${serial}@firm${serial}.example`,
    url: undefined,
    ...change,
  }
}
const clear = () => it.database.superuser.query('truncate registry_entry, application cascade')

async function send(filled: Filled): Promise<string> {
  const secret = await filledForm(it, filled, now)
  await sendForm(it.parts, { secret, asking: it.asking(now) }, now)
  await it.parts.access.settled()
  return it.secretIn('confirm', filled.email)
}
async function stateOf(secret: string | undefined) {
  await it.parts.access.settled()
  return (await openState(pool(), secret ?? '', now))?.application
}

describe('an application with nothing odd', () => {
  beforeAll(clear)

  test('is in the register as soon as its mailbox is confirmed', async () => {
    const filled = firm()
    const confirm = await send(filled)
    expect((await openConfirmation(it.parts, confirm, now))?.filled.name).toBe(filled.name)
    const state = await stateOf(await confirmForm(it.parts, confirm, now + hour))
    expect(state?.state).toBe('entered')
    const entry = await withoutScope(pool(), (tx) => findEntry(tx, state?.number ?? ''))
    expect(entry).toMatchObject({
      name: filled.name,
      corporateNumber: filled.corporateNumber,
      town: '東大阪市',
      level: 'SA1',
      pledgeEdition: 'jou6',
      declaredOn: '2026-11-25',
      status: 'active',
    })
    const mail = it.mails.at(-1)
    expect(mail?.to).toBe(filled.email)
    expect(mail?.text).toContain(`http://localhost:8080/registry/entries/${state?.number}`)
    expect(mail?.text).toContain(`http://localhost:8080/registry/entries/${state?.number}#badge`)
  })

  test('nothing of a person, a street or a head count is public', async () => {
    const { rows } = await it.database.superuser.query<{ all: string }>(
      'select (select string_agg(e::text, chr(10)) from registry_entry e) || (select string_agg(e::text, chr(10)) from registry_entry_event e) as all',
    )
    for (const word of ['佐藤', '山田 太郎', '代表取締役', '長田中', '@', '06-1234', '6-20'])
      expect(rows[0]?.all).not.toContain(word)
  })
})

describe('the link to confirm', () => {
  beforeEach(clear)

  test('works once; looking at it uses nothing up', async () => {
    const confirm = await send(firm())
    for (let n = 0; n < 5; n++) expect(await openConfirmation(it.parts, confirm, now)).toBeDefined()
    expect(await confirmForm(it.parts, confirm, now)).toBeDefined()
    expect(await openConfirmation(it.parts, confirm, now)).toBeUndefined()
    expect(await confirmForm(it.parts, confirm, now)).toBeUndefined()
  })

  test('ends after 48 hours', async () => {
    const confirm = await send(firm())
    expect(await confirmForm(it.parts, confirm, now + 2 * day)).toBeUndefined()
    expect(await confirmForm(it.parts, confirm, now + 2 * day - 1)).toBeDefined()
  })

  test('of a form, of another purpose, or made up, confirms nothing', async () => {
    const secret = await filledForm(it, firm(), now)
    await sendForm(it.parts, { secret, asking: it.asking(now) }, now)
    for (const wrong of [secret, 'x'.repeat(43), '', '../../x', 'none'])
      expect(await confirmForm(it.parts, wrong, now)).toBeUndefined()
  })

  test('of an earlier mail ends when a later one goes out, or when the form is changed', async () => {
    const filled = firm()
    const secret = await filledForm(it, filled, now)
    const sendNow = () => sendForm(it.parts, { secret, asking: it.asking(now) }, now)
    await sendNow()
    await it.parts.access.settled()
    const first = it.secretIn('confirm')
    await sendNow()
    await it.parts.access.settled()
    const second = it.secretIn('confirm')
    expect(second).not.toBe(first)
    expect(await confirmForm(it.parts, first, now)).toBeUndefined()
    await fillForm(pool(), { secret, answers: { town: '堺市' } }, now)
    expect(await confirmForm(it.parts, second, now)).toBeUndefined()
    expect((await openForm(pool(), secret, now))?.state).toBe('draft')
  })

  test('pressed twice at once makes one entry', async () => {
    const confirm = await send(firm())
    const both = await Promise.all([1, 2, 3, 4].map(() => confirmForm(it.parts, confirm, now)))
    expect(both.filter((secret) => secret !== undefined)).toHaveLength(1)
    const { rows } = await it.database.superuser.query('select number from registry_entry')
    expect(rows).toHaveLength(1)
  })

  test('two applications of one firm, confirmed at once, make one entry; the other waits for a person', async () => {
    const filled = firm()
    const links = [await send(filled), await send({ ...filled, email: 'other@firm.example' })]
    await Promise.all(links.map((link) => confirmForm(it.parts, link, now)))
    const { rows } = await it.database.superuser.query<{ state: string; n: number }>(
      'select state, count(*)::int as n from application group by 1 order by 1',
    )
    expect(rows).toEqual([
      { state: 'entered', n: 1 },
      { state: 'review', n: 1 },
    ])
  })
})

describe('what is odd waits for a person', () => {
  beforeEach(clear)
  const reasonsAfter = async (filled: Filled): Promise<string[]> => {
    const state = await stateOf(await confirmForm(it.parts, await send(filled), now))
    if (state?.state === 'entered') return ['entered']
    expect(state?.state).toBe('review')
    expect(it.mails.at(-1)?.text).toContain('2026年12月2日までに')
    return state?.reasons.map(({ reason }) => reason) ?? []
  }

  test('every application, where the register looks at each', async () => {
    await it.set({ review: true })
    expect(await reasonsAfter(firm())).toEqual(['always'])
  })

  test('a corporate number or a name with its prefecture that stands there already', async () => {
    const first = firm()
    expect(await reasonsAfter(first)).toEqual(['entered'])
    expect(await reasonsAfter(firm({ corporateNumber: first.corporateNumber }))).toEqual(['duplicate-number'])
    const same = { name: first.name?.replace('株式会社', '㈱') }
    expect(await reasonsAfter(firm({ ...same, corporateNumber: '7999901000001' }))).toEqual([
      'duplicate-name',
    ])
    const tokyo = { ...same, corporateNumber: '7999901000001', prefecture: '13' }
    expect(await reasonsAfter(firm(tokyo))).toEqual(['entered'])
  })

  test('a sole proprietor, whom no number tells apart', async () => {
    const sole = firm({ kind: 'sole', name: 'やまだデザイン', corporateNumber: undefined, street: undefined })
    expect(await reasonsAfter(sole)).toEqual(['sole-proprietor'])
  })

  test('a name of another kind, a claim, a mailbox for ten minutes', async () => {
    expect(await reasonsAfter(firm({ name: '有限会社みどり' }))).toEqual(['name-kind'])
    expect(await reasonsAfter(firm({ name: '株式会社IPA認定★★の会' }))).toEqual(['wording'])
    expect(await reasonsAfter(firm({ email: 'x@yopmail.com' }))).toEqual(['mail-disposable'])
  })

  test('of weak signs it takes two', async () => {
    const elsewhere = { email: 'adviser@adviser.example', url: 'https://www.kanda.example' }
    const numbers = ['6999901000002', '5999901000003', '4999901000004']
    for (const corporateNumber of numbers)
      expect(await reasonsAfter(firm({ ...elsewhere, corporateNumber }))).toEqual(['entered'])
    expect(await reasonsAfter(firm({ ...elsewhere, corporateNumber: '3999901000005' }))).toEqual([
      'mail-elsewhere',
      'mail-many',
    ])
  })
})

describe('two stars', () => {
  beforeEach(clear)
  const two = (change: Filled = {}): Filled =>
    firm({
      level: 'SA2',
      selfCheckOn: '2026-11-01',
      policyUrl: 'https://www.yamada-ss.example/policy',
      ...change,
    })

  test('the page of the policy is looked at once, after the mailbox is confirmed and not before', async () => {
    const filled = two()
    it.visited = () => policyPage(filled.name ?? '')
    const before = it.visits.length
    const confirm = await send(filled)
    expect(it.visits.length).toBe(before)
    const state = await stateOf(await confirmForm(it.parts, confirm, now))
    expect(it.visits.slice(before)).toEqual(['https://www.yamada-ss.example/policy'])
    expect(state?.state).toBe('entered')
    const entry = await withoutScope(pool(), (tx) => findEntry(tx, state?.number ?? ''))
    expect(entry).toMatchObject({ level: 'SA2', selfCheckOn: '2026-11-01', policyUrl: filled.policyUrl })
  })

  test('a page that cannot be seen, or lacks its parts, waits for a person', async () => {
    it.visited = (url) => ({ ok: false, why: 'timeout', url })
    expect((await stateOf(await confirmForm(it.parts, await send(two()), now)))?.reasons).toMatchObject([
      { reason: 'policy-unreachable', detail: 'timeout https://www.yamada-ss.example/policy' },
    ])
    it.visited = () => policyPage('株式会社ほかの会社')
    const other = await stateOf(await confirmForm(it.parts, await send(two()), now))
    expect(other?.reasons).toMatchObject([{ reason: 'policy-lacking' }])
  })

  test('a look that a stopped program left behind is taken up again, and only once', async () => {
    const filled = two()
    it.visited = () => policyPage(filled.name ?? '')
    await confirmForm(it.parts, await send(filled), now)
    await it.parts.access.settled()
    await it.database.superuser.query(
      `update application set state = 'checking', number = null, settled_at = null`,
    )
    await clearEntries()
    const done = await Promise.all([1, 2].map(() => applicationsDaily(it.parts, now + hour)))
    expect(done.map(({ decided }) => decided)).toEqual([1, 1])
    const { rows } = await it.database.superuser.query('select number from registry_entry')
    expect(rows).toHaveLength(1)
    const { rows: settled } = await it.database.superuser.query<{ id: string }>('select id from application')
    await settle(it.parts, { organisation: it.registry.id, application: settled[0]?.id ?? '' }, now)
    expect((await it.database.superuser.query('select number from registry_entry')).rows).toHaveLength(1)
  })
  const clearEntries = () => it.database.superuser.query('truncate registry_entry cascade')
})

describe('what is not whole is not sent', () => {
  test('and says which page lacks something', async () => {
    const secret = await filledForm(it, firm({ ticked: ['pl.updates'] }), now)
    await expect(sendForm(it.parts, { secret, asking: it.asking(now) }, now)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { step: 'pledge' },
    })
  })
})

describe('what nobody confirmed is forgotten', () => {
  beforeEach(clear)

  test('a form after seven days, with its links; an entry’s application stays', async () => {
    await confirmForm(it.parts, await send(firm()), now)
    await send(firm())
    await filledForm(it, firm(), now)
    expect((await applicationsDaily(it.parts, now + 6 * day)).forgotten).toBe(0)
    expect((await applicationsDaily(it.parts, now + 8 * day)).forgotten).toBe(2)
    const { rows } = await it.database.superuser.query<{ state: string }>('select state from application')
    expect(rows).toEqual([{ state: 'entered' }])
  })
})
