import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, fromJst, hour } from '../base/time.ts'
import { withoutScope } from '../store/index.ts'
import type { Filled } from './application.ts'
import { answerQuestion, withdrawApplication } from './application-answer.ts'
import { askForChange, beginChange, openChange, stopByApplicant } from './application-change.ts'
import { fillForm, openCorrection, openForm, openState } from './application-fill.ts'
import { confirmForm, openConfirmation, sendForm } from './application-send.ts'
import { askApplicant } from './review-decide.ts'
import { findEntry } from './store.ts'
import { filledForm, policyPage, testRegister, type TestRegister, yamada } from './test-register.ts'

let it: TestRegister
const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })
const pool = () => it.parts.access.app
const entryOf = (number: string) => withoutScope(pool(), (tx) => findEntry(tx, number))
const agreed = () => it.asking(now).agreement

beforeAll(async () => {
  it = await testRegister()
})
afterAll(() => it.drop())
beforeEach(() => it.database.superuser.query('truncate registry_entry, application cascade'))

/** Applies and confirms. @returns the secret of the page of the state */
async function apply(filled: Filled): Promise<string> {
  const secret = await filledForm(it, filled, now)
  await sendForm(it.parts, { secret, asking: it.asking(now) }, now)
  await it.parts.access.settled()
  const state = await confirmForm(it.parts, it.secretIn('confirm', filled.email), now)
  await it.parts.access.settled()
  return state ?? ''
}
const stateOf = async (secret: string) => (await openState(pool(), secret, now))?.application
/** 山田製作所 in the register. @returns its number */
const enterYamada = async (): Promise<string> => (await stateOf(await apply(yamada)))?.number ?? ''

const email = yamada.email ?? ''
async function linkFor(number: string, to = email): Promise<string> {
  await askForChange(it.parts, { registry: it.registry, number, email: to }, now)
  await it.parts.access.settled()
  return it.secretIn('change', to)
}
async function change(secret: string, kind: 'details' | 'step-up', answers: Filled): Promise<string> {
  const draft = await beginChange(pool(), { secret, kind, language: 'ja' }, now)
  await fillForm(pool(), { secret: draft, answers: { ...answers, agreed: agreed() } }, now)
  return draft
}
/** An hour after the entry was made. */
const later = now + hour
const send = (secret: string) => sendForm(it.parts, { secret, asking: it.asking(later) }, later)

describe('a link for changes', () => {
  test('goes to the mailbox of the application only, and nothing says whether it went', async () => {
    const number = await enterYamada()
    const before = it.mails.length
    for (const wrong of ['someone@else.example', 'SATO@yamada-ss.example '])
      await askForChange(it.parts, { registry: it.registry, number, email: wrong }, now)
    await askForChange(it.parts, { registry: it.registry, number: 'OSK-000000000', email }, now)
    await it.parts.access.settled()
    expect(it.mails.length).toBe(before)
    const secret = await linkFor(number)
    expect(it.mails.at(-1)?.to).toBe(email)
    expect((await openChange(pool(), secret, now))?.entry.number).toBe(number)
  })

  test('ends after 48 hours, and when a newer one is sent', async () => {
    const number = await enterYamada()
    const first = await linkFor(number)
    expect(await openChange(pool(), first, now + 2 * day)).toBeUndefined()
    const second = await linkFor(number)
    expect(await openChange(pool(), first, now)).toBeUndefined()
    expect(await openChange(pool(), second, now + hour)).toBeDefined()
  })
})

describe('other details', () => {
  test('a new town is in the register at once, under the same number', async () => {
    const number = await enterYamada()
    const sent = await send(await change(await linkFor(number), 'details', { town: '堺市', street: '1-1' }))
    expect(sent.to).toBe('register')
    expect(await entryOf(number)).toMatchObject({ town: '堺市', name: yamada.name, status: 'active' })
    await it.parts.access.settled()
    expect(it.mails.at(-1)?.subject).toContain('登録の内容を変えました')
  })

  test('another name waits for a person, and the entry stays as it is meanwhile', async () => {
    const number = await enterYamada()
    const secret = await linkFor(number)
    const sent = await send(await change(secret, 'details', { name: '株式会社山田テック' }))
    const state = sent.to === 'register' ? await stateOf(sent.secret) : undefined
    expect(state?.state).toBe('review')
    expect(state?.reasons.map(({ reason }) => reason)).toEqual(['identity-changed'])
    expect((await entryOf(number))?.name).toBe(yamada.name)
    const opened = await openChange(pool(), secret, now)
    expect([opened?.pending, opened?.mayChange]).toEqual([true, false])
    await expect(beginChange(pool(), { secret, kind: 'details', language: 'ja' }, now)).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    )
  })

  test('another mailbox is confirmed there first, the earlier one hears of it, and only then may it change things', async () => {
    const number = await enterYamada()
    const old = await linkFor(number)
    const sent = await send(await change(old, 'details', { email: 'suzuki@yamada-ss.example' }))
    await it.parts.access.settled()
    expect(sent).toEqual({ to: 'mailbox', email: 'suzuki@yamada-ss.example' })
    expect(it.mails.findLast(({ to }) => to === email)?.subject).toContain(
      '連絡先のメールアドレスが変わります',
    )
    expect(await linkFor(number)).not.toBe(old)
    await confirmForm(it.parts, it.secretIn('confirm', 'suzuki@yamada-ss.example'), later)
    await it.parts.access.settled()
    expect(await openChange(pool(), it.secretIn('change', email), now)).toBeUndefined()
    expect(await openChange(pool(), await linkFor(number, 'suzuki@yamada-ss.example'), now)).toBeDefined()
  })
})

describe('stepping up', () => {
  const two: Filled = {
    ticked: [...(yamada.ticked ?? [])],
    pledgedName: '山田 太郎',
    pledgedTitle: '代表取締役',
    pledgedOn: '2026-11-25',
    selfCheckOn: '2026-11-01',
    policyUrl: 'https://www.yamada-ss.example/policy',
  }

  test('gives a new number; both are found, and lead to each other', async () => {
    it.visited = () => policyPage(yamada.name ?? '')
    const number = await enterYamada()
    const sent = await send(await change(await linkFor(number), 'step-up', two))
    await it.parts.access.settled()
    const state = sent.to === 'register' ? await stateOf(sent.secret) : undefined
    expect(state?.state).toBe('entered')
    const next = state?.number ?? ''
    expect(next).not.toBe(number)
    expect(await entryOf(next)).toMatchObject({ level: 'SA2', replaces: number, status: 'active' })
    expect(await entryOf(number)).toMatchObject({ replacedBy: next, status: 'stopped' })
  })

  test('asks for the promise again', async () => {
    const number = await enterYamada()
    const draft = await beginChange(
      pool(),
      { secret: await linkFor(number), kind: 'step-up', language: 'ja' },
      now,
    )
    await expect(send(draft)).rejects.toMatchObject({ code: 'BAD_INPUT', details: { step: 'pledge' } })
  })

  test('is not offered where the register has one star only', async () => {
    const number = await enterYamada()
    await it.set({ levels: ['SA1'] })
    const secret = await linkFor(number)
    expect((await openChange(pool(), secret, now))?.mayStepUp).toBe(false)
    await expect(beginChange(pool(), { secret, kind: 'step-up', language: 'ja' }, now)).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    )
    await it.set({ levels: ['SA1', 'SA2'] })
  })
})

describe('stopping', () => {
  test('ends the entry on that day, once, and keeps its page', async () => {
    const number = await enterYamada()
    const secret = await linkFor(number)
    const both = await Promise.allSettled([1, 2].map(() => stopByApplicant(it.parts, secret, later)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const entry = await entryOf(number)
    expect(entry).toMatchObject({ status: 'stopped', statusSince: later })
    expect(entry?.history[0]).toMatchObject({ kind: 'stopped', by: 'company' })
    expect(await openChange(pool(), secret, now)).toBeUndefined()
  })
})

describe('a question of the register', () => {
  const sole: Filled = {
    ...yamada,
    kind: 'sole',
    name: 'やまだデザイン',
    corporateNumber: undefined,
    street: undefined,
  }
  async function asked(): Promise<{ state: string; id: string }> {
    const state = await apply(sole)
    const id = (await stateOf(state))?.id ?? ''
    const { access } = it.parts
    await askApplicant({ access, actor: it.tanaka, application: id }, '屋号の届け出はありますか。', now)
    await access.settled()
    return { state, id }
  }

  test('is answered on the page of the state, and a person sees it again', async () => {
    const { state } = await asked()
    await answerQuestion(pool(), { secret: state, text: 'あります。' }, now)
    expect((await stateOf(state))?.state).toBe('review')
    await expect(answerQuestion(pool(), { secret: state, text: 'もう一度' }, now)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('is answered by correcting the form; even then a person decides', async () => {
    const { state } = await asked()
    const draft = await openCorrection(pool(), state, now)
    const legal = { kind: 'legal' as const, name: yamada.name, corporateNumber: yamada.corporateNumber }
    await fillForm(pool(), { secret: draft, answers: { ...legal, street: '1-1' } }, now)
    const sent = await send(draft)
    const after = sent.to === 'register' ? await stateOf(sent.secret) : undefined
    expect([after?.state, after?.reasons.map(({ reason }) => reason)]).toEqual(['review', ['always']])
    expect(await openForm(pool(), draft, now)).toBeUndefined()
  })

  test('an application that is not decided can be taken back; then nobody decides it any more', async () => {
    const { state, id } = await asked()
    await withdrawApplication(pool(), state, now)
    expect((await stateOf(state))?.state).toBe('withdrawn')
    const { access } = it.parts
    await expect(
      askApplicant({ access, actor: it.tanaka, application: id }, 'まだですか。', now),
    ).rejects.toMatchObject({ code: 'APPLICATION_SETTLED' })
  })
})

test('a link opens only what it was made for', async () => {
  const number = await enterYamada()
  const secret = await linkFor(number)
  expect(await openForm(pool(), secret, now)).toBeUndefined()
  expect(await openState(pool(), secret, now)).toBeUndefined()
  expect(await openConfirmation(it.parts, secret, now)).toBeUndefined()
  const { rows } = await it.database.superuser.query<{ hash: Buffer }>('select hash from application_link')
  for (const { hash } of rows) {
    const kept = hash.toString('base64url')
    expect(await openChange(pool(), kept, now)).toBeUndefined()
    expect(kept).not.toBe(secret)
  }
})
