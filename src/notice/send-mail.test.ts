import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour, minute } from '../base/time.ts'
import type { Mail } from '../mail/index.ts'
import { forgetListeners, within } from '../store/index.ts'
import { handDue } from './hand-notice.ts'
import { linkLife, openLink } from './link.ts'
import { hearForNotices } from './on.ts'
import { mailTroubles, type SendCount, sendMails } from './send-mail.ts'
import { at, keepingMailer, makeTown, type TestCompany, type Town } from './test-town.ts'

let town: Town
let out: ReturnType<typeof keepingMailer>
const options = { baseUrl: 'https://mimamori.example' }

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(async () => {
  forgetListeners()
  hearForNotices()
  out = keepingMailer()
  await within(town.database.superuser, { organisations: [] }, async (tx) => {
    for (const table of [
      'notice_link',
      'notice_delivery',
      'notice_answer',
      'notice',
      'alert_decision',
      'alert',
    ]) {
      await tx.run(`delete from ${table}`)
    }
  })
})

async function step(now: number): Promise<SendCount> {
  await handDue(town.detect, now)
  return sendMails(town.detect, out, options, now)
}
const to = (company: TestCompany): Mail[] => out.mails.filter((mail) => mail.organisation === company.id)
const secretIn = (mail: Mail | undefined): string => /\/n\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''

describe('the mail of a notice', () => {
  test('the act first, then what happened, what not to do, the page, the fixed lines, how to make sure', async () => {
    const now = at(14, 31)
    await town.raise(town.yamada, { held: { kind: 'gateway-block', at: now, by: 'device' } }, now)
    await step(now)
    const [mail] = to(town.yamada)
    expect(mail?.subject).toBe('【いますぐ】経理-02を今すぐネットから外してください｜株式会社山田製作所')
    expect(mail?.text.replace(/\/n\/[\w-]{32}/, '/n/SECRET').replace(/\d{4}-\d{4}-\d/, 'NUMBER')).toBe(
      `山田 様

■ いますぐ：あなたの操作が必要です
経理-02を今すぐネットから外してください

■ なにが
14時21分から、経理-02が犯人のコンピューターと通信しています。
外から操作されている恐れがあります。
14時31分に入口で止めました。別の道から情報が出る恐れは残っています。

■ してほしいこと
1. LANの線を抜き、無線を切ってください。
2. 経理-02には触らず、すぐ電話してください。

■ しないでください
電源を切らないでください。

■ 電話 0120-000-000（平日 9:00〜18:00）
番号 M-0427 と言ってください。

■ 答えるページ（11月28日14:31まで開けます）
https://mimamori.example/n/SECRET
リンクはページを開くだけです。押すまで、何も変わりません。

お知らせ番号 NUMBER（電話で言えば通じます）
次の連絡は14時46分までにします。
担当はみなと情報サービスです。
くわしい記録（システム会社の方へ）：答えるページの下にあります。

■ 本物か確かめるには
契約書の番号に電話してお知らせ番号を言うか、次のページに番号を入れてください。
https://mimamori.example/check
このメールは、パスワードもお金もお願いしません。添付ファイルもありません。

みなと情報サービス
`,
    )
    expect(mail?.html).not.toMatch(/<img|<link|<script|src=|url\(/)
    expect(mail?.text).not.toContain('合言葉')
  })

  test('in the language of each person, marked when it is practice', async () => {
    await town.raise(town.yamada, {}, at(14))
    await within(town.database.superuser, { organisations: [] }, (tx) =>
      tx.run('update notice set practice = true'),
    )
    await step(at(14))
    const [ja, en] = to(town.yamada)
    expect(ja?.subject).toBe(
      '【練習用の見本】【いますぐ】経理-02を今すぐネットから外してください｜株式会社山田製作所',
    )
    expect(en?.subject).toBe('[Practice sample] [Now] Take 経理-02 off the network now | 株式会社山田製作所')
    expect(en?.text).toContain('Dear 鈴木,')
    expect(en?.text).toContain('This is a practice sample.')
  })

  test('a name with markup stays text', async () => {
    await town.raise(
      town.yamada,
      { detection: 'os.admin.created', severity: 'today', facts: { account: '<b>a&b' } },
      at(14),
    )
    await step(at(14, 3))
    expect(out.mails[0]?.html).not.toContain('<b>')
    expect(
      out.mails[0]?.subject.startsWith('【今日中】高橋さんに、電話で「作りましたか」と聞いてください：'),
    ).toBe(true)
  })

  test('its link opens this notice for 72 hours and nothing else, and opening changes nothing', async () => {
    await town.raise(town.yamada, {}, at(14))
    await step(at(14))
    const secret = secretIn(to(town.yamada)[0])
    const before = await whole()
    for (let opened = 0; opened < 5; opened += 1) {
      const page = await openLink(town.app, secret, at(15))
      expect(page?.person.name).toBe('山田')
      expect(page?.view.companyName).toBe('株式会社山田製作所')
    }
    expect(await whole()).toEqual(before)
    expect(await openLink(town.app, secret, at(14) + linkLife)).toBeUndefined()
    for (const wrong of ['', 'x', `${secret}x`, secret.toLowerCase()]) {
      expect(await openLink(town.app, wrong, at(15))).toBeUndefined()
    }
  })

  async function whole(): Promise<unknown> {
    return within(town.database.superuser, { organisations: [] }, async (tx) => [
      await tx.rows('select * from notice order by id'),
      await tx.rows('select * from notice_delivery order by id'),
      await tx.rows('select * from notice_answer'),
      await tx.rows('select * from notice_link order by hash'),
    ])
  }
})

describe('no company reads of another', () => {
  test('the same alarm in the same second: each person’s mail holds nothing of the other company', async () => {
    const now = at(14, 21)
    const held = { kind: 'gateway-block', at: now, by: 'device' }
    await Promise.all(
      [town.yamada, town.maruhachi].map((company) =>
        town.raise(company, { held, facts: { account: company.name } }, now),
      ),
    )
    await step(now)
    expect(out.mails).toHaveLength(4)
    for (const [mine, other] of [
      [town.yamada, town.maruhachi],
      [town.maruhachi, town.yamada],
    ] as const) {
      const people = [mine.owner, mine.member].map((person) => `${person.person}@example.jp`)
      for (const mail of to(mine)) {
        expect(people).toContain(mail.to)
        const whole = JSON.stringify(mail)
        for (const foreign of [
          other.id,
          other.name,
          other.owner.name,
          other.owner.code ?? '?',
          other.owner.person,
        ]) {
          expect(whole).not.toContain(foreign)
        }
        const page = await openLink(town.app, secretIn(mail), now)
        expect(page?.view.company).toBe(mine.id)
      }
    }
  })
})

describe('handing over', () => {
  test('twice at once sends each mail once', async () => {
    await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    await Promise.all([1, 2, 3].map(() => sendMails(town.detect, out, options, at(14))))
    expect(out.mails.map((mail) => mail.to).sort()).toEqual(
      [town.yamada.owner, town.yamada.member].map((person) => `${person.person}@example.jp`).sort(),
    )
    expect(await sendMails(town.detect, out, options, at(15))).toEqual({ sent: 0, failed: 0, waiting: 0 })
  })

  test('a busy station is tried again after 1, 2, 4 minutes, and the trouble is seen meanwhile', async () => {
    await town.raise(town.yamada, {}, at(14))
    out.fail = (mail) =>
      mail.to.startsWith(town.yamada.owner.person)
        ? Object.assign(new Error('try later'), { responseCode: 451 })
        : undefined
    const tries: number[] = []
    for (let minutes = 0; minutes < 9; minutes += 1) {
      const { failed } = await step(at(14) + minutes * minute)
      if (failed > 0) tries.push(minutes)
    }
    expect(tries).toEqual([0, 1, 3, 7])
    const troubles = await town.as(town.analyst, (tx) => mailTroubles(tx, { companies: town.analyst.scope }))
    expect(troubles).toMatchObject([
      { severity: 'now', person: '山田', state: 'queued', tries: 4, error: 'try later' },
    ])
    out.fail = () => undefined
    await step(at(14, 15))
    expect(to(town.yamada)).toHaveLength(2)
    expect(await town.as(town.analyst, (tx) => mailTroubles(tx, { companies: town.analyst.scope }))).toEqual(
      [],
    )
  })

  test('refused for good, or a day of vain tries: failed, and seen', async () => {
    await town.raise(town.yamada, {}, at(14))
    out.fail = (mail) =>
      mail.to.startsWith(town.yamada.owner.person)
        ? Object.assign(new Error('no such user'), { responseCode: 550 })
        : new Error('connection refused')
    await step(at(14))
    await step(at(14) + day + hour)
    const troubles = await town.as(town.analyst, (tx) => mailTroubles(tx, { companies: town.analyst.scope }))
    expect(troubles.map((each) => `${each.person} ${each.state}`).sort()).toEqual([
      '山田 failed',
      '鈴木 failed',
    ])
    expect(
      await town.as(town.maruhachi.owner, (tx) => mailTroubles(tx, { companies: [town.yamada.id] })),
    ).toEqual([])
  })

  test('killed between sending and marking, the mail goes again and is not lost', async () => {
    await town.raise(town.yamada, { severity: 'today', detection: 'os.admin.created' }, at(14))
    await handDue(town.detect, at(14, 3))
    const killed = sendMails(town.detect, { send: () => Promise.race([]) }, options, at(14, 3))
    await expect.poll(async () => (await tries())[0]).toBe(1)
    await step(at(14, 4))
    expect(to(town.yamada)).toHaveLength(1)
    expect(killed).toBeInstanceOf(Promise)
  })

  const tries = (): Promise<number[]> =>
    within(town.database.superuser, { organisations: [] }, async (tx) =>
      (await tx.rows<{ tries: number }>(`select tries from notice_delivery where channel = 'mail'`)).map(
        (row) => row.tries,
      ),
    )

  test('what was taken back is not sent', async () => {
    await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    await within(town.database.superuser, { organisations: [] }, (tx) =>
      tx.run('update notice set withdrawn_at = now()'),
    )
    await sendMails(town.detect, out, options, at(14))
    expect(out.mails).toEqual([])
  })

  test('what is told again says so', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    await step(at(14))
    await town.grow(
      town.yamada,
      { alert: alert, held: { kind: 'device-isolated', at: at(14, 5), by: 'provider' } },
      at(14, 5),
    )
    await step(at(14, 5))
    expect(to(town.yamada).at(2)?.subject).toBe(
      '【続報】【いますぐ】経理-02を使うのをやめ、そのまま置いてください：経理-02を遠くから切り離しました｜株式会社山田製作所',
    )
  })
})

describe('many notices', () => {
  test('今週中 comes as one mail a day at 7:00', async () => {
    for (let count = 0; count < 3; count += 1)
      await town.raise(town.yamada, { detection: 'inv.device.new', severity: 'week' }, at(10 + count))
    await step(at(13))
    expect(out.mails).toEqual([])
    await town.raise(town.yamada, { detection: 'backup.failed', severity: 'week' }, at(6) + day)
    await step(at(7) + day)
    expect(out.mails.map((mail) => mail.subject)).toEqual([
      '【今週中】お願いが4つあります｜株式会社山田製作所',
    ])
    expect(out.mails[0]?.text.match(/\/n\//g)).toHaveLength(4)
    await step(at(12) + day)
    expect(out.mails).toHaveLength(1)
  })

  test('ten of 今日中 within minutes are one mail with the count, and another company is not touched', async () => {
    for (let count = 0; count < 10; count += 1)
      await town.raise(town.yamada, { detection: 'os.admin.created', severity: 'today' }, at(14, 0, count))
    await town.raise(town.maruhachi, { detection: 'os.admin.created', severity: 'today' }, at(14))
    await step(at(14, 4))
    expect(to(town.yamada).map((mail) => mail.subject)).toEqual([
      '【今日中】お知らせが10件あります：何でもできる権限を持つ人が1人増えました｜株式会社山田製作所',
    ])
    expect(to(town.maruhachi)).toHaveLength(1)
  })

  test('trickling in, at most six mails reach a person in a quarter of an hour, and nothing is lost', async () => {
    for (let count = 0; count < 14; count += 1) {
      await town.raise(town.yamada, { detection: 'os.admin.created', severity: 'today' }, at(14, count))
    }
    for (let minutes = 0; minutes <= 16; minutes += 1) await step(at(14, 3) + minutes * minute)
    expect(out.mails.length).toBeLessThanOrEqual(7)
    await step(at(14, 35))
    const links = out.mails.flatMap((mail) => mail.text.match(/\/n\//g) ?? [])
    expect(links).toHaveLength(14)
  })
})
