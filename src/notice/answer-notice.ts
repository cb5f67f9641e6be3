import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { retireDevice } from '../device/index.ts'
import { moment, newId, type Pool, tell, type Tx, within } from '../store/index.ts'
import { acts } from './catalogue.ts'
import { bearerOf } from './link.ts'
import { readHouse } from './make-notice.ts'
import { mayAnswerNotice, mayConsent, mayTakeDown } from './may.ts'
import { type AnswerRecord, isRepeat, type NoticeRecord, stateOf, takesAnswers } from './notice.ts'
import { type AnswerView, replyNow, showAnswer } from './show.ts'
import { type StandingRow, standing } from './standing.ts'
import { findAnswers, lockNotice, saveAnswer } from './store.ts'

/** What somebody gets back who answered. */
export type Answered = {
  readonly answer: AnswerView
  readonly next: 'none' | 'name-device'
  readonly device: string | null
}

type Giver = {
  readonly person: string
  readonly name: string
  readonly via: AnswerRecord['via']
  /** Whether an answer that acts is consent when this person gives it on this way. */
  readonly mayAct: boolean
  /** Who is named in the trail: the analyst for what was said on the telephone. */
  readonly by: string
}
type Giving = { readonly notice: string; readonly answer: string; readonly now: Instant }

/**
 * An owner's answer, signed in or by the mailed link. Pressed twice it is one answer; another answer later is kept as a
 * change. What acts needs the owner signed in; else it is taken down and waits for a call.
 * @param pool app role
 * Faults: NOT_FOUND (not this company's person, not there, not yet out), NOTICE_CLOSED, BAD_INPUT (no such button).
 */
export async function answerNotice(
  pool: Pool,
  input: Giving & { readonly by: { readonly actor: Actor } | { readonly secret: string } },
): Promise<Answered> {
  if ('actor' in input.by) {
    const { actor } = input.by
    must(mayAnswerNotice(actor, actor.organisation))
    const giver: Giver = {
      person: actor.person,
      name: actor.name,
      via: 'portal',
      mayAct: mayConsent(actor),
      by: actor.person,
    }
    return within(pool, { organisations: [actor.organisation], person: actor.person }, (tx) =>
      give(tx, giver, input),
    )
  }
  const bearer = await bearerOf(pool, input.by.secret, input.now)
  if (bearer?.notice !== input.notice) throw fault('NOT_FOUND')
  return within(pool, { organisations: [bearer.company], person: bearer.person }, async (tx) => {
    const person = await findContact(tx, bearer.company, bearer.person)
    const giver: Giver = { person: person.id, name: person.name, via: 'link', mayAct: false, by: person.id }
    return give(tx, giver, input)
  })
}

/**
 * An answer that one of the company's people gave on the telephone, taken down by the provider. Said by the owner it is
 * consent. Faults: as `answerNotice`.
 */
export async function answerByCall(
  pool: Pool,
  input: Giving & { readonly actor: Actor; readonly person: string },
): Promise<Answered> {
  const { actor } = input
  return within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const notice = await lockNotice(tx, input.notice)
    if (!notice) throw fault('NOT_FOUND')
    must(mayTakeDown(actor, notice.company))
    const person = await findContact(tx, notice.company, input.person)
    return give(
      tx,
      {
        person: person.id,
        name: person.name,
        via: 'call',
        mayAct: person.role === 'owner',
        by: actor.person,
      },
      input,
    )
  })
}

async function findContact(
  tx: Tx,
  company: string,
  person: string,
): Promise<{ id: string; name: string; role: string }> {
  const found = await tx.one<{ id: string; name: string; role: string }>(
    'select id, name, role from person where id = $1 and organisation_id = $2 and ended_at is null',
    [person, company],
  )
  if (!found) throw fault('NOT_FOUND')
  return found
}

async function give(tx: Tx, giver: Giver, { notice: id, answer: wanted, now }: Giving): Promise<Answered> {
  const notice = await mustTakeAnswers(tx, id)
  const index = notice.texts.ja.answers.findIndex((each) => each.id === wanted)
  const [ja, en] = [notice.texts.ja.answers[index], notice.texts.en.answers[index]]
  if (!ja || !en) throw fault('BAD_INPUT', { field: 'answer' })
  const earlier = await findAnswers(tx, [id])
  const last = earlier.at(-1)
  const acting = acts(ja.action, notice.severity)
  const consent = acting && giver.mayAct
  const device = await deviceOf(tx, notice)
  const next = ja.action === 'name-device' ? 'name-device' : 'none'
  if (last && isRepeat(last, { answer: wanted, consent })) {
    return { answer: showAnswer(last, earlier.length - 1, earlier), next, device }
  }
  const { hours } = await readHouse(tx)
  const reply = replyNow({ ja: ja.reply, en: en.reply }, notice.severity, {
    now,
    hours,
    since: notice.handedAt ?? notice.madeAt,
    pending: acting && !consent,
  })
  const answer: AnswerRecord = {
    id: newId(),
    notice: id,
    answer: wanted,
    action: ja.action,
    labelJa: ja.label,
    labelEn: en.label,
    replyJa: reply.texts.ja,
    replyEn: reply.texts.en,
    by: giver.person,
    byName: giver.name,
    at: now,
    via: giver.via,
    consent,
  }
  await saveAnswer(tx, notice.company, answer)
  await markAnswered(tx, answer)
  if (consent && ja.action === 'retire-device' && device !== null) await retire(tx, device, answer)
  await record(
    tx,
    { person: giver.by },
    {
      organisation: notice.company,
      act: consent ? 'notice.consented' : 'notice.answered',
      subject: id,
      detail: { answer: wanted, action: ja.action, via: giver.via, person: giver.person, label: ja.label },
    },
  )
  await tell(tx, { kind: 'notice.answered', company: notice.company, id, answer: answer.id }, now)
  const all = [...earlier, answer]
  return { answer: showAnswer(answer, all.length - 1, all), next, device }
}

async function mustTakeAnswers(tx: Tx, id: string): Promise<NoticeRecord> {
  const notice = await lockNotice(tx, id)
  const row = notice && (await tx.one<StandingRow>(`select ${standing} from notice n where n.id = $1`, [id]))
  if (!notice || !row) throw fault('NOT_FOUND')
  const state = stateOf({ ...notice, ...row })
  if (state === 'waiting') throw fault('NOT_FOUND')
  if (!takesAnswers(state)) throw fault('NOTICE_CLOSED', { id, state })
  return notice
}

async function deviceOf(tx: Tx, notice: NoticeRecord): Promise<string | null> {
  const found = await tx.one<{ device: string | null }>(
    `select coalesce((select device_id from alert where id = $1),
       (select s.device_id from silence x join sensor s on s.id = x.sensor_id where x.id = $2)) as device`,
    [notice.alert, notice.silence],
  )
  return found?.device ?? null
}

/** Takes a device out of use with what reports for it, as the owner said; its history stays. */
async function retire(tx: Tx, device: string, answer: AnswerRecord): Promise<void> {
  await retireDevice(tx, device, { person: answer.by, at: answer.at })
  await tx.run('update sensor set retired_at = $2 where device_id = $1 and retired_at is null', [
    device,
    moment(answer.at),
  ])
}

async function markAnswered(tx: Tx, answer: AnswerRecord): Promise<void> {
  await tx.run(
    `update notice_delivery set read_at = coalesce(read_at, $3),
       state = case when state in ('handed', 'delivered', 'read') then 'answered' else state end
     where notice_id = $1 and person_id = $2`,
    [answer.notice, answer.by, moment(answer.at)],
  )
}
