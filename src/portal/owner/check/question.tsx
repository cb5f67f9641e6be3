import type { VNode } from 'preact'
import {
  ActForm,
  type Answer,
  Banner,
  type RouteSpec,
  route,
  type SignedCtx,
  sayTime,
} from '../../../http/index.ts'
import { sayEvidence } from '../../../evidence/index.ts'
import {
  keepSame,
  marksOf,
  partOf,
  QuestionForm,
  type Saved,
  saveAnswer,
  type SheetQuestion,
  sheetQuestion,
} from '../../../self-check/index.ts'
import { CheckPage } from './frame.tsx'
import { checkWords } from './words.ts'

const path = '/self-check/sheets/:sheet/questions/:question'
const ids = { sheet: 'sheet', question: 'question' } as const

/** One question of one sheet. */
export const question = route({
  method: 'GET',
  path,
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const asked = { sheet: ctx.params['sheet'] ?? '', question: ctx.params['question'] ?? '' }
    const view = await ctx.inCompany(ctx.actor.organisation, (tx) => sheetQuestion(tx, asked, ctx.now))
    if (view.check.finishedAt !== null) return { redirect: `/self-check/results/${view.check.id}` }
    return { page: <QuestionPage ctx={ctx} view={view} /> }
  },
})

/** One press: saved, and straight on to the next open question. */
export const answerQuestion = route({
  method: 'POST',
  path,
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const sheet = ctx.params['sheet'] ?? ''
    const given = { sheet, question: ctx.params['question'] ?? '', answer: ctx.form['answer'] ?? '' }
    const saved = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      saveAnswer(tx, { actor: ctx.actor }, given, ctx.now),
    )
    return { redirect: onTo(saved, sheet) }
  },
})

/** 「変わりありません」 for a part. */
export const same = route({
  method: 'POST',
  path: '/self-check/sheets/:sheet/same',
  area: 'owner',
  ids: { sheet: 'sheet' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const sheet = ctx.params['sheet'] ?? ''
    const part = partOf(ctx.form['part'] ?? '')
    const saved = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      keepSame(tx, ctx.actor, { sheet, part }, ctx.now),
    )
    return { redirect: onTo(saved, sheet) }
  },
})

function onTo(saved: Saved, sheet: string): string {
  switch (saved.kind) {
    case 'next':
      return `/self-check/sheets/${sheet}/questions/${saved.question}`
    case 'sheet-full':
      return '/self-check/together?done=full'
    case 'finished':
      return `/self-check/results/${saved.check}`
    default:
      return saved satisfies never
  }
}

function QuestionPage(props: { ctx: SignedCtx; view: SheetQuestion }): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang)
  const base = `/self-check/sheets/${view.sheet.id}`
  const back =
    view.before === undefined
      ? { href: '/self-check', text: say.back }
      : { href: `${base}/questions/${view.before}`, text: say.question.previous }
  const marks = marksOf({
    given: view.given && { answer: view.given, words: say.question.given },
    last: view.last && { answer: view.last.answer, words: say.question.lastTime },
  })
  return (
    <CheckPage ctx={ctx} title={say.question.title(view.no, view.of)} back={back}>
      {view.sheet.place !== '' && <p class="mm-note">{say.question.sheetOf(view.sheet.place)}</p>}
      <QuestionForm
        lang={ctx.lang}
        view={view}
        action={`${base}/questions/${view.question.key}`}
        marks={marks}
      >
        <Beside ctx={ctx} view={view} />
      </QuestionForm>
      {view.same > 1 && view.sheet.place === '' && (
        <div class="mm-notice__part">
          <Banner tone="info">
            <p>{say.question.sameThen}</p>
            <ActForm
              action={`${base}/same`}
              submit={say.question.same(view.same)}
              kind="secondary"
              hidden={{ part: view.question.part }}
            />
          </Banner>
        </div>
      )}
    </CheckPage>
  )
}

/** What the watch knows, in one sentence per signal; as help, never as the answer. */
export function Beside(props: {
  ctx: SignedCtx
  view: Pick<SheetQuestion, 'known' | 'question'>
}): VNode | null {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).question
  const sentences = view.known.map((one) => sayEvidence(ctx.lang, one.counts)).filter((text) => text !== '')
  if (sentences.length === 0) {
    // Without a record nothing is said: 25 times the same sentence would only be read.
    const declared = view.question.evidence.coverage === 'declare'
    return declared ? <p class="mm-note mm-notice__part">{say.declare}</p> : null
  }
  const asOf = Math.min(...view.known.map((one) => one.counts.asOf))
  return (
    <div class="mm-question__evidence">
      <p>
        <b>{say.evidenceHead}</b>
        {sentences.join(ctx.lang === 'ja' ? '' : ' ')}
      </p>
      <p class="mm-note">
        {say.evidenceAt(sayTime({ lang: ctx.lang, now: ctx.now }, asOf, 'plain'))}
        {ctx.lang === 'en' && ' '}
        {say.evidenceNote}
      </p>
    </div>
  )
}

export const questionRoutes: readonly RouteSpec[] = [question, answerQuestion, same]
