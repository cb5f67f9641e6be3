import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { pledgeFacts, selfCheckFacts } from '../catalogue/index.ts'
import { day } from '../base/time.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import { saveAnswer, startCheck } from '../self-check/index.ts'
import { editionBefore, itemsOf, newestEdition, newItems, type PledgeEditionId } from './pledge.ts'
import { draftOf, listPledges, pledgeOf, pledgeText, ticksOf } from './store.ts'
import { closeTask, tasksOf, unpromised } from './to-do.ts'
import { confirmPledge, hashOf, tickItem } from './work-on.ts'

let town: Town
const now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(async () => {
  for (const table of ['pledge_tick', 'pledge', 'to_do_closing']) await run(`delete from ${table}`)
})

const run = (text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> =>
  town.database.superuser.query(text, values)
const owner = (): Actor => town.yamada.owner
const text = '株式会社山田製作所は、次のことに取り組むことを宣言します。'

async function tickAll(edition: PledgeEditionId, actor = owner()): Promise<void> {
  const found = pledgeFacts().editions.find((one) => one.id === edition)
  for (const item of found?.order ?? []) await tickItem(town.app, actor, { item, ticked: true, now })
}
const confirm = (edition: PledgeEditionId, more: object = {}, actor = owner()): Promise<string> =>
  confirmPledge(town.app, actor, {
    edition,
    name: '山田 一郎',
    title: '代表取締役',
    text,
    shownHash: hashOf(text),
    now,
    ...more,
  })
const pledge = (actor = owner()) => town.as(actor, (tx) => pledgeOf(tx, actor.organisation))

describe('the editions', () => {
  test('the newest has one item more than the one before, and both stay', () => {
    expect(newestEdition().id).toBe('jou6')
    expect(editionBefore('jou6')?.id).toBe('jou5')
    expect(editionBefore('jou5')).toBeUndefined()
    const five = pledgeFacts().editions[0]?.order ?? []
    expect(newItems({ edition: 'jou5', ticked: five }).map((item) => item.key)).toEqual(['pl.backup'])
  })

  test('each item knows its signals, minutes and yen from its question', () => {
    const [updates] = itemsOf(newestEdition())
    expect(updates).toMatchObject({ key: 'pl.updates', minutes: 30, yen: 0 })
    expect(updates?.signals[0]).toEqual({ signal: 'endpoint_patch', use: 'both' })
  })
})

describe('a promise', () => {
  test('is ticked item by item by anybody of the company, each with name and day, and a tick can be taken back', async () => {
    await tickItem(town.app, town.yamada.member, { item: 'pl.updates', ticked: true, now })
    await tickItem(town.app, owner(), { item: 'pl.backup', ticked: true, now })
    await tickItem(town.app, owner(), { item: 'pl.updates', ticked: true, now: now + 1 })
    const draft = await town.as(owner(), (tx) => draftOf(tx, town.yamada.id))
    expect(draft).toMatchObject({ edition: 'jou6', complete: false, ticked: ['pl.updates', 'pl.backup'] })
    const ticks = await town.as(owner(), (tx) => ticksOf(tx, { id: draft?.id ?? '' }))
    expect(ticks.find((one) => one.item === 'pl.updates')).toMatchObject({ by: '鈴木', at: now })
    await tickItem(town.app, owner(), { item: 'pl.backup', ticked: false, now })
    expect(await pledge()).toMatchObject({ complete: false, ticked: ['pl.updates'] })
  })

  test('is made by the owner in name and title; the exact text is kept with its hash, and nobody changes it', async () => {
    await tickAll('jou6', town.yamada.member)
    await expect(confirm('jou6', {}, town.yamada.member)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(confirm('jou6', {}, town.analyst)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const id = await confirm('jou6')
    expect(await pledge()).toEqual({
      id,
      edition: 'jou6',
      complete: true,
      by: { name: '山田 一郎', title: '代表取締役', at: now },
      textHash: hashOf(text),
      ticked: newestEdition().order,
    })
    expect(await town.as(owner(), (tx) => pledgeText(tx, id))).toBe(text)
    const changed = await town.as(owner(), (tx) =>
      tx.run("update pledge set by_name = '別の人' where company_id = $1", [town.yamada.id]),
    )
    expect(changed).toBe(0)
    const dropped = await town.as(owner(), (tx) =>
      tx.run('delete from pledge_tick where company_id = $1', [town.yamada.id]),
    )
    expect(dropped).toBe(0)
    await tickItem(town.app, owner(), { item: 'pl.updates', ticked: false, now })
    expect((await pledge())?.ticked).toHaveLength(6)
  })

  test('is not made while an item is not ticked, nor of a text that was not the one on the page', async () => {
    await tickAll('jou5')
    await expect(confirm('jou6')).rejects.toMatchObject({ details: { missing: ['pl.backup'] } })
    await expect(confirm('jou6', { ticksNewItems: true })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(confirm('jou5', { shownHash: hashOf('another') })).rejects.toMatchObject({
      details: { field: 'text' },
    })
    await confirm('jou5')
    expect(await pledge()).toMatchObject({ edition: 'jou5', complete: true })
  })

  test('of the edition before: one more item makes the newer one, and the older stays as it was', async () => {
    await tickAll('jou5')
    const first = await confirm('jou5')
    expect(await town.as(owner(), (tx) => unpromised(tx, town.yamada.id))).toMatchObject([
      { key: 'pl.backup' },
    ])
    await confirm('jou6', { ticksNewItems: true, now: now + day })
    expect(await pledge()).toMatchObject({ edition: 'jou6', complete: true, ticked: newestEdition().order })
    const all = await town.as(owner(), (tx) => listPledges(tx, town.yamada.id))
    expect(all.map((one) => one.edition)).toEqual(['jou6', 'jou5'])
    expect(all[1]).toMatchObject({ id: first, ticked: pledgeFacts().editions[0]?.order })
    expect(await town.as(owner(), (tx) => unpromised(tx, town.yamada.id))).toEqual([])
  })

  test('of 山田製作所 is not seen by 丸八運送, and does not stand in its way', async () => {
    await tickAll('jou6')
    await confirm('jou6')
    const { maruhachi } = town
    expect(await pledge(maruhachi.owner)).toBeUndefined()
    expect(await town.as(maruhachi.owner, (tx) => pledgeOf(tx, town.yamada.id))).toBeUndefined()
    await tickItem(town.app, maruhachi.owner, { item: 'pl.shares', ticked: true, now })
    expect(await pledge(maruhachi.owner)).toMatchObject({ complete: false, ticked: ['pl.shares'] })
    expect(await pledge()).toMatchObject({ complete: true })
  })
})

describe('things to do', () => {
  const tasks = () => town.as(owner(), (tx) => tasksOf(tx, town.yamada.id, now))

  test('before any self-check they are the items not ticked yet', async () => {
    await tickItem(town.app, owner(), { item: 'pl.updates', ticked: true, now })
    const { open } = await tasks()
    expect(open.map((one) => [one.key, one.why])).toEqual(
      newestEdition()
        .order.slice(1)
        .map((key) => [key, 'unticked']),
    )
    await expect(
      closeTask(town.app, owner(), { key: 'pl.backup', doneOn: '2026-11-25', now }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('what the record shows against a promised item stands first, waits two weeks when mended, and comes back', async () => {
    await tickAll('jou6')
    await run(
      `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at) values ($1, $2, $3, $3)`,
      [town.yamada.sensor, town.yamada.id, new Date(now).toISOString()],
    )
    await town.raise(town.yamada, { detection: 'auth.brute.success' }, now - day)
    const [task, ...rest] = (await tasks()).open
    expect(rest).toEqual([])
    expect(task).toMatchObject({ key: 'ev.passwords', why: 'contradicted', item: 'pl.passwords' })
    expect(task?.evidence[0]).toMatchObject({ signal: 'account_taken_over', items: ['経理-02'] })
    const done = { key: 'ev.passwords', doneOn: '2026-11-25', now }
    await expect(closeTask(town.app, town.maruhachi.owner, done)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(closeTask(town.app, owner(), { ...done, doneOn: '2026-11-26' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await closeTask(town.app, town.yamada.member, done)
    expect(await tasks()).toMatchObject({ open: [], closed: [{ key: 'ev.passwords', by: '鈴木' }] })
    await run('update sensor_health set last_received_at = $1 where sensor_id = $2', [
      new Date(now + 15 * day).toISOString(),
      town.yamada.sensor,
    ])
    const later = await town.as(owner(), (tx) => tasksOf(tx, town.yamada.id, now + 15 * day))
    expect(later.open.map((one) => one.key)).toEqual(['ev.passwords'])
    await run('delete from alert')
  })

  test('an item whose question the self-check lists stands there once, and closing it gives the question its new answer', async () => {
    await town.as(owner(), async (tx) => {
      await startCheck(
        tx,
        owner(),
        { edition: selfCheckFacts().editions.at(-1)?.id ?? '', together: false },
        now,
      )
    })
    const { rows } = await run('select id from self_check_sheet where company_id = $1', [town.yamada.id])
    const { id: sheet } = rows[0] as { id: string }
    for (const question of selfCheckFacts().questions.keys()) {
      const answer = question === 'sc.backup' ? 'not_done' : question === 'sc.education' ? 'unknown' : 'done'
      await town.as(owner(), (tx) => saveAnswer(tx, { actor: owner() }, { sheet, question, answer }, now))
    }
    const { open } = await tasks()
    expect(open.slice(0, 2).map((one) => [one.key, one.why])).toEqual([
      ['sc.education', 'unknown'],
      ['sc.backup', 'not_done'],
    ])
    expect(open.map((one) => one.key)).not.toContain('pl.backup')
    await closeTask(town.app, owner(), { key: 'sc.backup', doneOn: '2026-11-24', now: now + 1 })
    const after = await tasks()
    expect(after.open.map((one) => one.key)).not.toContain('sc.backup')
    expect(after.closed).toMatchObject([{ key: 'sc.backup', doneOn: '2026-11-24', by: '山田' }])
  })
})
