import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Access, makeAccess, type AccessMail } from '../access/index.ts'
import { day, type Instant, minute } from '../base/time.ts'
import type { AnswerId } from '../catalogue/index.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import { quiet } from '../store/index.ts'
import { lastCheck } from './door.ts'
import { finishCheck } from './finish-check.ts'
import { inviteRespondent, renewLink, revokeLink } from './invite.ts'
import { linkLife } from './link-store.ts'
import { answerByLink, openAnswerLink } from './respond.ts'
import { findResult } from './result-store.ts'
import { startCheck } from './start-check.ts'
import { answerAll, answersWith, order, ownSheet } from './test-answers.ts'
import { joiningOf, overviewOf, type SheetState } from './view.ts'

let town: Town
let access: Access
let mails: AccessMail[] = []
let broken = false
let wayOut = Promise.resolve()
let now: Instant = at(10)

beforeAll(async () => {
  town = await makeTown()
  access = makeAccess({
    app: town.app,
    signIn: town.app,
    secret: 'a secret of the tests, long enough',
    baseUrl: 'http://localhost:8080',
    sendMail: async (mail) => {
      await wayOut
      if (broken) throw new Error('no way out')
      mails.push(mail)
    },
    log: quiet,
  })
})
afterAll(() => town.database.drop())

const codeOf = (code: string) => expect.objectContaining({ code })
const secretIn = (text: string): string => /\/answer\/([\w-]+)/.exec(text)?.[1] ?? ''
const sheets = async (): Promise<readonly SheetState[]> => {
  const { open } = await town.as(town.yamada.owner, (tx) => overviewOf(tx, town.yamada.id))
  return open?.sheets ?? []
}
const sheetOf = async (place: string): Promise<SheetState | undefined> =>
  (await sheets()).find((one) => one.place === place)
const invite = (place: string, email?: string) =>
  inviteRespondent(
    access,
    town.yamada.owner,
    { place, name: `${place}の人`, email, language: 'ja' },
    (now += minute),
  )

/** Answers every question by a link, from another phone without an account. */
async function answerOnPhone(
  secret: string,
  answers: ReadonlyMap<string, AnswerId> = answersWith('done'),
): Promise<void> {
  for (const [question, answer] of answers) {
    await answerByLink(town.app, secret, { question, answer }, (now += 1000))
  }
}

test('two sites answer from two phones without accounts, one link is revoked, and the joined sheet shows the split answers', async () => {
  const owner = town.yamada.owner
  const check = await town.as(owner, (tx) => startCheck(tx, owner, { edition: '4.0', together: true }, now))
  const honsha = await invite('本社', 'honsha@yamada.example')
  const kawasaki = await invite('川崎工場')
  expect(honsha.address).toBe(undefined)
  await access.settled()
  expect(mails).toMatchObject([{ to: 'honsha@yamada.example', organisation: town.yamada.id }])
  expect(mails[0]?.text).toContain('山田さんから、「本社」の自社診断')
  const first = secretIn(mails[0]?.text ?? '')
  const second = secretIn(kawasaki.address ?? '')
  expect([first.length, second.length]).toEqual([43, 43])
  expect(await openAnswerLink(town.app, first, now)).toMatchObject({
    companyName: '株式会社山田製作所',
    askedBy: '山田',
    sheet: { place: '本社' },
    over: false,
  })
  await answerOnPhone(first)
  await answerOnPhone(
    second,
    answersWith('done', { 'sc.wifi': 'unknown', 'sc.rules': 'not_done', 'sc.access': 'partly' }),
  )

  await town.as(owner, (tx) => revokeLink(tx, owner, kawasaki.link, now))
  expect(await openAnswerLink(town.app, second, now)).toBe(undefined)
  await expect(answerByLink(town.app, second, { question: 'sc.wifi', answer: 'done' }, now)).rejects.toEqual(
    codeOf('NOT_FOUND'),
  )
  expect(await sheetOf('川崎工場')).toMatchObject({ answered: 25, link: { revokedAt: now } })

  const view = await town.as(owner, (tx) => joiningOf(tx, town.yamada.id))
  expect(view.open).toEqual([])
  expect(view.split.map((one) => [one.question.key, one.said.map((said) => said.answer)])).toEqual([
    ['sc.access', ['partly', 'done']],
    ['sc.wifi', ['unknown', 'done']],
    ['sc.rules', ['not_done', 'done']],
  ])
  const member = town.yamada.member
  await town.as(member, (tx) =>
    finishCheck(tx, member, { check, picks: new Map([['sc.rules', 'done']]) }, now),
  )
  expect(await town.as(owner, (tx) => lastCheck(tx, town.yamada.id))).toMatchObject({
    finishedBy: '鈴木',
    total: 93,
    mean: 94,
    unknown: 1,
  })
  const result = await town.as(owner, (tx) => findResult(tx, check))
  expect(result).toMatchObject({ sheets: 2 })
  expect(result?.lines.find((line) => line.key === 'sc.wifi')).toMatchObject({
    answer: 'unknown',
    spread: 5,
    said: [
      { place: '川崎工場', answer: 'unknown', by: '川崎工場の人' },
      { place: '本社', answer: 'done', by: '本社の人' },
    ],
  })
  await expect(
    answerByLink(town.app, first, { question: 'sc.wifi', answer: 'unknown' }, now),
  ).rejects.toEqual(codeOf('SELF_CHECK_OVER'))
  expect(await openAnswerLink(town.app, first, now)).toMatchObject({ over: true })
})

test('a full sheet of the person who started does not end a check of several people', async () => {
  const owner = town.yamada.owner
  await town.as(owner, (tx) => startCheck(tx, owner, { edition: '4.0', together: true }, now))
  const sheet = await town.as(owner, (tx) => ownSheet(tx, owner))
  const saved = await town.as(owner, (tx) =>
    answerAll(tx, owner, { sheet, answers: answersWith('done') }, now),
  )
  expect(saved).toEqual({ kind: 'sheet-full' })
})

test('a mail that cannot be sent is told, and a new link ends the one before', async () => {
  mails = []
  broken = true
  let open = (): void => undefined
  wayOut = new Promise((resolve) => {
    open = resolve
  })
  const made = await invite('営業部', 'eigyo@yamada.example')
  expect(await sheetOf('営業部')).toMatchObject({ link: { mail: 'waiting' } })
  open()
  await access.settled()
  expect(await sheetOf('営業部')).toMatchObject({ link: { mail: 'failed' } })
  broken = false
  await renewLink(access, town.yamada.owner, made.sheet, (now += minute))
  await access.settled()
  expect(await sheetOf('営業部')).toMatchObject({ link: { mail: 'handed', revokedAt: null } })
  const earlier = secretIn(mails[0]?.text ?? '')
  await renewLink(access, town.yamada.owner, made.sheet, (now += minute))
  await access.settled()
  expect(await openAnswerLink(town.app, earlier, now)).toBe(undefined)
  expect(await openAnswerLink(town.app, secretIn(mails[1]?.text ?? ''), now)).toMatchObject({
    sheet: { place: '営業部' },
  })
})

test('a link opens nothing after 30 days, and nothing but its own sheet before', async () => {
  const made = await invite('倉庫')
  const secret = secretIn(made.address ?? '')
  expect(await openAnswerLink(town.app, secret, now + linkLife - 1)).toBeDefined()
  expect(await openAnswerLink(town.app, secret, now + 30 * day)).toBe(undefined)
  expect(await openAnswerLink(town.app, `${secret.slice(0, 42)}A`, now)).toBe(undefined)
  expect(await openAnswerLink(town.app, 'short', now)).toBe(undefined)
  await answerByLink(town.app, secret, { question: order[0] ?? '', answer: 'partly' }, now)
  expect((await sheets()).filter((one) => one.answered === 1).map((one) => one.place)).toEqual(['倉庫'])
})

test('a place has one sheet, and its links cannot be made or ended from another company', async () => {
  await expect(invite('倉庫')).rejects.toEqual(codeOf('BAD_INPUT'))
  const sheet = await sheetOf('倉庫')
  const stranger = town.maruhachi.owner
  await expect(renewLink(access, stranger, sheet?.id ?? '', now)).rejects.toEqual(codeOf('NOT_FOUND'))
  await expect(
    town.as(stranger, (tx) => revokeLink(tx, stranger, sheet?.link?.id ?? '', now)),
  ).rejects.toEqual(codeOf('NOT_FOUND'))
})

test('secrets are kept as hashes only', async () => {
  const made = await invite('工場2')
  const secret = secretIn(made.address ?? '')
  const { rows } = await town.database.superuser.query(
    `select encode(hash, 'escape') as hash, mail from self_check_link where id = $1`,
    [made.link],
  )
  expect(rows).toMatchObject([{ mail: 'none' }])
  expect(JSON.stringify(rows)).not.toContain(secret)
})
