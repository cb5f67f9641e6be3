import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant, minute } from '../base/time.ts'
import { forgetListeners, listen, moment, newId, within } from '../store/index.ts'
import { type Answered, answerByCall, answerNotice } from './answer-notice.ts'
import { handDue } from './hand-notice.ts'
import { makeLink } from './link.ts'
import { homeNotices } from './list.ts'
import { hearForNotices } from './on.ts'
import { type NoticeView, noticeView } from './show.ts'
import { at, makeTown, type TestAlert, type TestCompany, type Town } from './test-town.ts'

let town: Town
const told: string[] = []

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  told.length = 0
  listen('notice.answered', async (_tx, message) => {
    told.push(message.answer)
    await Promise.resolve()
  })
})

async function notice(
  alert: Partial<TestAlert>,
  now: Instant,
  company: TestCompany = town.yamada,
): Promise<string> {
  const id = await town.raise(company, alert, now)
  await handDue(town.detect, now + 4 * minute)
  return town.as(company.owner, async (tx) => {
    const row = await tx.one<{ id: string }>('select id from notice where alert_id = $1', [id])
    return row?.id ?? ''
  })
}
const view = (id: string, now: Instant): Promise<NoticeView> =>
  town.as(town.yamada.owner, (tx) => noticeView(tx, id, { now }))
const press = (id: string, answer: string, now: Instant, actor = town.yamada.owner): Promise<Answered> =>
  answerNotice(town.app, { by: { actor }, notice: id, answer, now })
const link = (id: string, now: Instant, company = town.yamada): Promise<string> =>
  town.asDetect(company, (tx) =>
    makeLink(tx, { company: company.id, notice: id, person: company.owner.person }, now),
  )

describe('the owner answers', () => {
  test('once; pressing it five times is one answer, and the reply names the time of the pressing', async () => {
    const id = await notice({}, at(14, 21))
    const given = await Promise.all([1, 2, 3, 4, 5].map(() => press(id, 'help', at(14, 33))))
    expect(new Set(given.map((each) => each.answer.id)).size).toBe(1)
    expect(given[0]?.answer).toMatchObject({
      label: { ja: 'できない・電話がほしい', en: 'I cannot - call me' },
      reply: { ja: '14時48分までに電話します。', en: 'We will call by 14:48.' },
      by: { name: '山田' },
      via: 'portal',
      consent: false,
    })
    const shown = await view(id, at(14, 40))
    expect(shown.state).toBe('answered')
    expect(shown.answers).toHaveLength(1)
    expect(
      shown.deliveries.find((each) => each.channel === 'portal' && each.person.name === '山田')?.state,
    ).toBe('answered')
    expect(told).toHaveLength(1)
    const trail = await town.as(town.yamada.owner, (tx) =>
      tx.rows(`select act, detail from audit where subject = $1`, [id]),
    )
    expect(trail).toMatchObject([
      { act: 'notice.answered', detail: { answer: 'help', via: 'portal', label: 'できない・電話がほしい' } },
    ])
  })

  test('something else later: kept as a change, the first stays readable', async () => {
    const id = await notice({}, at(14))
    await press(id, 'help', at(14, 5))
    const changed = await press(id, 'unplugged', at(14, 9))
    expect(changed.answer.changed).toBe(true)
    expect((await view(id, at(14, 10))).answers.map((each) => [each.answer, each.changed])).toEqual([
      ['help', false],
      ['unplugged', true],
    ])
  })

  test('an answer that acts, signed in, is the owner’s consent', async () => {
    const id = await notice({ detection: 'ep.log.cleared' }, at(14))
    const { answer } = await press(id, 'unknown', at(14, 5))
    expect(answer).toMatchObject({
      action: 'contain',
      consent: true,
      reply: { ja: 'すぐに切り離して、14時20分までに電話します。' },
    })
  })

  test('in the evening the reply to 今日中 names the next morning, never more than the contract', async () => {
    const id = await notice({ detection: 'os.admin.created', severity: 'today' }, at(20))
    expect((await press(id, 'unknown', at(20, 30))).answer.reply.ja).toBe(
      '使えないようにして、明日10時00分までに電話します。',
    )
  })

  test('a device that is no longer used is taken out of the watch with what reports for it', async () => {
    const { yamada } = town
    const [silence, id] = [newId(), newId()]
    await town.asDetect(yamada, async (tx) => {
      await tx.run(
        'insert into silence (id, company_id, sensor_id, since, found_at, owner_at) values ($1, $2, $3, $4, $5, $5)',
        [silence, yamada.id, yamada.sensor, moment(at(9) - 3 * day), moment(at(9))],
      )
      const { hearSilenceFound } = await import('./make-notice.ts')
      await hearSilenceFound(tx, silence, at(9))
      await tx.run('update notice set id = $1 where silence_id = $2', [id, silence])
    })
    await handDue(town.detect, at(9))
    const byLink = await answerNotice(town.app, {
      by: { secret: await link(id, at(9)) },
      notice: id,
      answer: 'retired',
      now: at(9, 1),
    })
    expect(byLink.answer).toMatchObject({
      consent: false,
      reply: { ja: '受け取りました。明日9時01分までに電話で確かめます。' },
    })
    expect(await retiredAt()).toBeNull()
    expect((await press(id, 'retired', at(9, 2))).answer).toMatchObject({ consent: true, changed: false })
    expect(await retiredAt()).toBe(at(9, 2))
    await town.as(yamada.owner, (tx) =>
      tx.run('update device set retired_at = null where id = $1', [yamada.device]),
    )

    async function retiredAt(): Promise<number | null | undefined> {
      return town.as(yamada.owner, async (tx) => {
        const row = await tx.one<{ at: number | null }>('select retired_at as at from device where id = $1', [
          yamada.device,
        ])
        return row?.at
      })
    }
  })

  test('the home asks until there is an answer', async () => {
    const id = await notice({ detection: 'mail.phish.clicked', severity: 'today' }, at(14))
    const see = async (): Promise<string[]> =>
      (await town.as(town.yamada.owner, (tx) => homeNotices(tx, town.yamada.id))).toSee.map((row) => row.id)
    expect(await see()).toContain(id)
    await press(id, 'not-entered', at(14, 10))
    expect(await see()).not.toContain(id)
  })
})

describe('what acts needs the owner', () => {
  test('by a mailed link it is taken down, nothing is done, and the reply is that we call', async () => {
    const id = await notice({ detection: 'ep.log.cleared' }, at(14))
    const secret = await link(id, at(14))
    const { answer } = await answerNotice(town.app, {
      by: { secret },
      notice: id,
      answer: 'unknown',
      now: at(14, 5),
    })
    expect(answer).toMatchObject({
      via: 'link',
      consent: false,
      reply: { ja: '受け取りました。14時20分までに電話で確かめます。' },
    })
    const page = await town.as(town.yamada.owner, (tx) => noticeView(tx, id, { now: at(14, 5), via: 'link' }))
    expect(page.choices.map((choice) => choice.then.ja)).toEqual([
      '念のため、14時20分までに電話で確かめます。',
      '受け取りました。14時20分までに電話で確かめます。',
    ])
  })

  test('signed in afterwards the same answer is the consent that was missing', async () => {
    const id = await notice({ detection: 'ep.log.cleared' }, at(14))
    const secret = await link(id, at(14))
    await answerNotice(town.app, { by: { secret }, notice: id, answer: 'unknown', now: at(14, 5) })
    expect((await press(id, 'unknown', at(14, 6))).answer.consent).toBe(true)
    const again = await answerNotice(town.app, {
      by: { secret },
      notice: id,
      answer: 'unknown',
      now: at(14, 7),
    })
    expect(again.answer.consent).toBe(true)
    expect(told).toHaveLength(2)
  })

  test('a member’s answer waits for the call, too', async () => {
    const id = await notice({ detection: 'ep.log.cleared' }, at(14))
    expect((await press(id, 'unknown', at(14, 5), town.yamada.member)).answer.consent).toBe(false)
  })

  test('closing an いますぐ or 今日中 acts; closing a 今週中 by link does not need more', async () => {
    const id = await notice({ detection: 'auth.brute.success' }, at(14))
    expect(
      (
        await answerNotice(town.app, {
          by: { secret: await link(id, at(14)) },
          notice: id,
          answer: 'self',
          now: at(14, 5),
        })
      ).answer,
    ).toMatchObject({
      action: 'close',
      consent: false,
      reply: { ja: '受け取りました。14時20分までに電話で確かめます。' },
    })
  })

  test('said by the owner on the telephone it is consent; the trail names who took it down', async () => {
    const id = await notice({ detection: 'ep.log.cleared' }, at(14))
    const input = { actor: town.analyst, notice: id, answer: 'unknown', now: at(14, 5) }
    const said = await answerByCall(town.app, { ...input, person: town.yamada.member.person })
    expect(said.answer).toMatchObject({ via: 'call', consent: false, by: { name: '鈴木' } })
    const owner = await answerByCall(town.app, { ...input, person: town.yamada.owner.person, now: at(14, 6) })
    expect(owner.answer).toMatchObject({ via: 'call', consent: true })
    const trail = await town.as(town.analyst, (tx) =>
      tx.rows<{ by: string }>('select person_id as by from audit where subject = $1', [id]),
    )
    expect(trail.map((row) => row.by)).toEqual([town.analyst.person, town.analyst.person])
  })
})

describe('refused, as if it were not there', () => {
  test('another company’s owner, an analyst, a link of another notice, an expired link, somebody who left', async () => {
    const id = await notice({}, at(14))
    const other = await notice({}, at(14), town.maruhachi)
    const foreign = { code: 'NOT_FOUND' }
    await expect(press(id, 'help', at(14, 5), town.maruhachi.owner)).rejects.toMatchObject(foreign)
    await expect(press(id, 'help', at(14, 5), town.analyst)).rejects.toMatchObject(foreign)
    const widened = { ...town.maruhachi.owner, scope: [town.maruhachi.id, town.yamada.id] }
    await expect(press(id, 'help', at(14, 5), widened)).rejects.toMatchObject(foreign)
    const theirs = await link(other, at(14), town.maruhachi)
    const by = { secret: theirs }
    await expect(
      answerNotice(town.app, { by, notice: id, answer: 'help', now: at(14, 5) }),
    ).rejects.toMatchObject(foreign)
    const old = { secret: await link(id, at(14) - 3 * day) }
    await expect(
      answerNotice(town.app, { by: old, notice: id, answer: 'help', now: at(14, 5) }),
    ).rejects.toMatchObject(foreign)
    const call = { actor: town.analyst, notice: id, answer: 'help', now: at(14, 5) }
    await expect(
      answerByCall(town.app, { ...call, person: town.maruhachi.owner.person }),
    ).rejects.toMatchObject(foreign)
    await expect(
      answerByCall(town.app, { ...call, actor: town.maruhachi.owner, person: town.yamada.owner.person }),
    ).rejects.toMatchObject(foreign)
    const secret = await link(id, at(14))
    const left = (when: string | null): Promise<unknown> =>
      within(town.database.superuser, { organisations: [] }, (tx) =>
        tx.run('update person set ended_at = $2 where id = $1', [town.yamada.owner.person, when]),
      )
    await left('2026-11-25')
    await expect(
      answerNotice(town.app, { by: { secret }, notice: id, answer: 'help', now: at(14, 5) }),
    ).rejects.toMatchObject(foreign)
    await left(null)
    expect((await view(id, at(14, 6))).answers).toEqual([])
  })

  test('no such button, not yet out, or over', async () => {
    const id = await notice({}, at(14))
    await expect(press(id, 'maybe', at(14, 5))).rejects.toMatchObject({ code: 'BAD_INPUT' })
    const alert = await town.raise(town.yamada, { detection: 'os.admin.created', severity: 'today' }, at(23))
    const waiting = await town.as(town.yamada.owner, (tx) =>
      tx.one<{ id: string }>('select id from notice where alert_id = $1', [alert]),
    )
    await expect(press(waiting?.id ?? '', 'ours', at(23, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await town.as(town.analyst, (tx) =>
      tx.run(
        `insert into alert_decision (id, company_id, alert_id, kind, reason, by_person, at)
         select gen_random_uuid(), company_id, alert_id, 'closing', 'false-alarm', $2, $3 from notice where id = $1`,
        [id, town.analyst.person, moment(at(14, 6))],
      ),
    )
    await expect(press(id, 'help', at(14, 7))).rejects.toMatchObject({ code: 'NOTICE_CLOSED' })
    expect(await view(id, at(14, 8))).toMatchObject({ state: 'over', choices: [] })
  })
})
