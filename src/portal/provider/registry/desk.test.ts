import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../base/time.ts'
import type { Actor } from '../../../http/index.ts'
import { minato, type TestServer, testServer, wednesday } from '../../../http/test-server.ts'
import { applicantPaths, confirmForm, openState, sendForm } from '../../../registry/index.ts'
import { filledForm, testRegister, type TestRegister, yamada } from '../../../registry/test-register.ts'
import { makeSeal } from '../../../seal/index.ts'
import { registryDeskRoutes } from './routes.ts'

let it: TestRegister
let server: TestServer
let actor: Actor
let now = wednesday

beforeAll(async () => {
  it = await testRegister()
  actor = it.kimura
  const { access } = it.parts
  server = await testServer({
    routes: registryDeskRoutes({
      access,
      seal: makeSeal({ pool: access.app, secret: 'a secret of the tests, long enough' }),
      appender: {
        append: () => Promise.reject(new Error('nothing is appended here')),
        waiting: () => ({ lines: 0, bytes: 0 }),
        hasRoom: () => true,
        whenRoom: () => Promise.resolve(),
        onAppended: () => () => undefined,
        troubled: () => false,
        close: () => Promise.resolve(),
      },
      state: () => undefined,
      rules: () => [],
      reloadRules: () => true,
      startDay: () => false,
      ports: () => undefined,
    }),
    db: access.app,
    deps: {
      session: async () => ({ actor, cookies: [] }),
      house: () =>
        Promise.resolve({ ...minato, provider: { id: it.kimura.organisation, name: 'みなと情報サービス' } }),
      clock: () => now,
    },
  })
})
afterAll(async () => {
  await server?.close()
  await it?.drop()
})

const get = (url: string, lang = 'ja') => server.inject({ url, headers: { cookie: `mm-lang=${lang}` } })
const clear = () => it.database.superuser.query('truncate registry_entry, application cascade')
const asApplicant = async (secret: string) => {
  await it.parts.access.settled()
  return (await openState(it.parts.access.app, secret, now))?.application
}

/** An application of a firm that waits for a person. @returns its id and the applicant's page */
async function waiting(name = 'やまだデザイン'): Promise<{ id: string; secret: string; email: string }> {
  const email = `${Math.random().toString(36).slice(2)}@yamada-design.example`
  const sole = { ...yamada, kind: 'sole' as const, name, corporateNumber: undefined, street: undefined }
  const form = await filledForm(it, { ...sole, townListed: false, email }, now)
  await sendForm(it.parts, { secret: form, asking: it.asking(now) }, now)
  await it.parts.access.settled()
  const secret = (await confirmForm(it.parts, it.secretIn('confirm', email), now)) ?? ''
  return { id: (await asApplicant(secret))?.id ?? '', secret, email }
}

describe('before there is a register', () => {
  beforeAll(() => it.database.superuser.query('truncate registry cascade'))
  afterAll(() => it.set({}))

  test('the administrator is shown how to open one, an analyst whom to ask, another provider nothing', async () => {
    expect((await get('/register-desk')).body).toContain('href="/register-desk/settings"')
    actor = it.tanaka
    expect((await get('/register-desk')).body).toContain('管理者に頼んでください')
    expect((await get('/register-desk/settings')).statusCode).toBe(404)
    actor = it.stranger
    expect((await get('/register-desk')).body).not.toContain('href="/register-desk/settings">登録簿を開く')
    expect((await get('/register-desk/settings')).statusCode).toBe(404)
    actor = it.kimura
  })

  const settings = {
    name: '大阪サイバー宣言登録簿',
    nameEn: 'Osaka Declarations Register',
    code: 'ｏｓｋ',
    levels: 'both',
    review: 'odd',
    terms: '正しく保ってください。',
    dataLicence: 'CC BY 4.0',
    dataLicenceUrl: '',
    contact: '06-0000-0000',
    state: 'open',
  }

  test('a preview keeps nothing; what is wrong is named', async () => {
    const preview = await server.post('/register-desk/settings', { ...settings, act: 'preview' })
    expect(preview.body).toContain('まだ保存していません')
    expect(preview.body).toContain('OSK-XXXXXXXXX')
    expect((await it.database.superuser.query('select from registry')).rowCount).toBe(0)
    const wrong = await server.post('/register-desk/settings', { ...settings, code: '大阪', name: '' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('href="#f-name"')
    const code = await server.post('/register-desk/settings', { ...settings, code: '大阪' })
    expect(code.body).toContain('href="#f-code"')
  })

  test('opened, it takes applications; its code stays for ever', async () => {
    const saved = await server.post('/register-desk/settings', { ...settings, act: 'save' })
    expect(saved.headers.location).toBe('/register-desk/settings?done=saved')
    await server.post('/register-desk/settings', { ...settings, code: 'TOK', review: 'always', act: 'save' })
    const { rows } = await it.database.superuser.query<{ code: string; review: boolean }>(
      'select code, review from registry',
    )
    expect(rows).toEqual([{ code: 'OSK', review: true }])
  })
})

describe('the queue', () => {
  beforeAll(clear)

  test('is empty kindly, and then names who waits and why', async () => {
    expect((await get('/register-desk')).body).toContain('人の手を通らずに載ります')
    const { id } = await waiting()
    const { body } = await get('/register-desk')
    expect(body).toContain(`href="/register-desk/applications/${id}"`)
    expect(body).toContain('個人事業主（番号で確かめられない）')
    expect(body).toContain('12月2日')
    now += 8 * day
    expect((await get('/register-desk')).body).toContain('期限を過ぎています')
    now -= 8 * day
  })

  test('forms that nobody confirmed are not there, by list or by address', async () => {
    await filledForm(it, { ...yamada, name: '株式会社未確認' }, now)
    const { rows } = await it.database.superuser.query<{ id: string }>(
      "select id from application where state = 'draft'",
    )
    expect((await get('/register-desk')).body).not.toContain('未確認')
    expect((await get(`/register-desk/applications/${rows[0]?.id}`)).statusCode).toBe(404)
  })
})

describe('a decision', () => {
  beforeAll(clear)
  const at = (id: string) => `/register-desk/applications/${id}`

  test('to accept: the number is issued once and mailed, however often it is pressed', async () => {
    const { id, secret, email } = await waiting()
    expect((await get(at(id))).body).toContain(email)
    const all = await Promise.all([1, 2, 3].map(() => server.post(`${at(id)}/acceptance`)))
    expect(all.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([303, 409, 409])
    const application = await asApplicant(secret)
    expect(application?.state).toBe('entered')
    expect(it.mails.findLast(({ to }) => to === email)?.text).toContain(application?.number ?? 'none')
    const { rows } = await it.database.superuser.query<{ number: string; town: string | null }>(
      'select number, town from registry_entry',
    )
    expect(rows).toEqual([{ number: application?.number, town: null }])
  })

  test('to ask back: the applicant answers, and it comes again', async () => {
    const { id, secret, email } = await waiting('やまだ写真館')
    expect((await server.post(`${at(id)}/question`, { question: '' })).statusCode).toBe(422)
    await server.post(`${at(id)}/question`, { question: '屋号の届け出はありますか。' })
    expect((await asApplicant(secret))?.state).toBe('asked')
    expect(it.mails.findLast(({ to }) => to === email)?.text).toContain('屋号の届け出はありますか。')
    expect((await get('/register-desk')).body).toContain('申し込んだ人の答えを待っているもの')
  })

  test('to refuse: with a reason, which can be taken back for 30 days', async () => {
    const { id, secret, email } = await waiting('やまだ商店')
    const empty = await server.post(`${at(id)}/refusal`, { reason: ' ' })
    expect([empty.statusCode, empty.body.includes('href="#f-reason"')]).toEqual([422, true])
    await server.post(`${at(id)}/refusal`, { reason: '同じ屋号が見つかりません。' })
    expect((await asApplicant(secret))?.state).toBe('refused')
    expect(it.mails.findLast(({ to }) => to === email)?.text).toContain('同じ屋号が見つかりません。')
    expect((await server.post(`${at(id)}/acceptance`)).statusCode).toBe(409)
    now += 31 * day
    expect((await server.post(`${at(id)}/reopening`)).statusCode).toBe(409)
    now -= 31 * day
    expect((await server.post(`${at(id)}/reopening`)).headers.location).toContain('done=reopened')
    expect((await asApplicant(secret))?.state).toBe('review')
  })
})

describe('an entry at the desk', () => {
  let number = ''
  let email = ''
  beforeAll(async () => {
    await clear()
    const made = await waiting('やまだ工房')
    email = made.email
    await server.post(`/register-desk/applications/${made.id}/acceptance`)
    number = (await asApplicant(made.secret))?.number ?? ''
  })
  const act = (name: string, form: Record<string, string>) =>
    server.post(`/register-desk/entries/${number}/${name}`, form)

  test('is found by number and by name', async () => {
    for (const q of [number, number.toLowerCase(), '山田工房', 'ヤマダ工房', '工房'])
      expect([
        q,
        (await get(`/register-desk/entries?q=${encodeURIComponent(q)}`)).body.includes(number),
      ]).toEqual([q, q !== '山田工房'])
    expect((await get('/register-desk/entries?q=%E3%81%AA%E3%81%84')).body).toContain(
      'に合う登録はありません',
    )
  })

  test('is suspended, resumed and ended with a reason that its applicant gets', async () => {
    expect((await act('suspension', {})).body).toContain('href="#f-reason-suspended"')
    await act('suspension', { 'reason-suspended': '方針のページが見られません。' })
    const { body } = await get(`/register-desk/entries/${number}`)
    expect(body).toContain('一時停止')
    expect(body).toContain('方針のページが見られません。')
    await it.parts.access.settled()
    expect(it.mails.findLast(({ to }) => to === email)?.text).toContain('方針のページが見られません。')
    expect((await act('suspension', { 'reason-suspended': 'もう一度' })).statusCode).toBe(409)
    expect((await act('resumption', { 'reason-active': '直りました。' })).statusCode).toBe(303)
    const unsure = await act('stopping', { 'reason-stopped': '廃業' })
    expect([unsure.statusCode, unsure.body.includes('href="#f-confirm"')]).toEqual([422, true])
    await act('stopping', { 'reason-stopped': '廃業しました。', confirm: 'yes' })
    const ended = (await get(`/register-desk/entries/${number}`)).body
    expect(ended).not.toContain('<textarea')
    expect(ended).toContain('終わった')
  })

  test('every field of its page has a label and an id of its own', async () => {
    const made = await waiting('やまだ工房二')
    await server.post(`/register-desk/applications/${made.id}/acceptance`)
    const other = (await asApplicant(made.secret))?.number ?? ''
    const { body } = await get(`/register-desk/entries/${other}`)
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the key of the badges', () => {
  test('is changed by an administrator, after a page that says what it does', async () => {
    expect((await get('/register-desk/key')).body).toContain('そのまま確かめられます')
    const done = await server.post('/register-desk/key')
    expect(done.headers.location).toMatch(/^\/register-desk\/settings\?key=/)
    actor = it.tanaka
    expect((await server.post('/register-desk/key')).statusCode).toBe(404)
    actor = it.kimura
  })
})

describe('another organisation', () => {
  test('sees nothing of applications, entries or settings, and changes nothing', async () => {
    await clear()
    const { id } = await waiting('やまだ庭園')
    actor = it.stranger
    const { body } = await get('/register-desk')
    expect(body).not.toContain('やまだ庭園')
    for (const path of [`/register-desk/applications/${id}`, '/register-desk/entries', '/register-desk/key'])
      expect((await get(path)).statusCode).toBe(404)
    for (const act of ['acceptance', 'question', 'refusal', 'reopening'])
      expect(
        (await server.post(`/register-desk/applications/${id}/${act}`, { question: 'x', reason: 'x' }))
          .statusCode,
      ).toBe(404)
    actor = it.kimura
    expect((await get(`/register-desk/applications/${id}`)).body).toContain('登録簿に載せる')
  })

  test('reads no row of applications, links or events in its own scope, nor without one', async () => {
    const { within, withoutScope } = await import('../../../store/index.ts')
    for (const table of ['application', 'application_event', 'application_link']) {
      const count = `select count(*)::int as n from ${table}`
      const pool = it.parts.access.app
      const foreign = await within(pool, { organisations: it.stranger.scope as string[] }, (tx) =>
        tx.one<{ n: number }>(count),
      )
      const none = await withoutScope(pool, (tx) => tx.one<{ n: number }>(count))
      expect([table, foreign?.n, none?.n]).toEqual([table, 0, 0])
    }
  })
})

test('every page of the desk stands in both languages', async () => {
  const { id } = await waiting('やまだ書店')
  for (const url of [
    '/register-desk',
    `/register-desk/applications/${id}`,
    '/register-desk/entries',
    '/register-desk/settings',
    '/register-desk/key',
  ])
    for (const lang of ['ja', 'en']) {
      const { body, statusCode } = await get(url, lang)
      expect([url, statusCode]).toEqual([url, 200])
      expect(body.match(/<h1/g)).toHaveLength(1)
      expect(body).not.toMatch(/undefined|\[object|NaN|style=/)
    }
  expect(applicantPaths.askForChange).toBe('/registry/change')
})
