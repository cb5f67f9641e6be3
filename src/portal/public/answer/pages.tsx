import type { VNode } from 'preact'
import { selfCheck as en } from '../../../../words/en/self-check.ts'
import { selfCheck as ja } from '../../../../words/ja/self-check.ts'
import { selfCheckFacts } from '../../../catalogue/index.ts'
import {
  type Answer,
  type Ctx,
  LinkButton,
  PublicPage,
  Prose,
  type RouteSpec,
  route,
  Title,
} from '../../../http/index.ts'
import {
  answerByLink,
  marksOf,
  nextOf,
  openAnswerLink,
  type OpenedSheet,
  QuestionForm,
  questionView,
} from '../../../self-check/index.ts'

const words = { ja, en }
const secretOf = (ctx: Ctx): string => ctx.params['secret'] ?? ''

/** What a respondent's link opens: who asks, how far one is, and the way on. Opening changes nothing. */
export const opened = route({
  method: 'GET',
  path: '/answer/:secret',
  area: 'public',
  ids: { secret: 'answer-link' },
  async handle(ctx: Ctx): Promise<Answer> {
    const sheet = await openAnswerLink(ctx.db, secretOf(ctx), ctx.now)
    if (sheet === undefined) return gone(ctx)
    return { page: <OpenedPage ctx={ctx} opened={sheet} /> }
  },
})

const path = '/answer/:secret/:question'
const ids = { secret: 'answer-link', question: 'question' } as const

/** One question for the respondent. The records of the watch are for signed-in people and are not shown here. */
export const asked = route({
  method: 'GET',
  path,
  area: 'public',
  ids,
  async handle(ctx: Ctx): Promise<Answer> {
    const sheet = await openAnswerLink(ctx.db, secretOf(ctx), ctx.now)
    if (sheet === undefined) return gone(ctx)
    if (sheet.over) return { redirect: `/answer/${secretOf(ctx)}` }
    const say = words[ctx.lang]
    const view = questionView(sheet.check.edition, ctx.params['question'] ?? '', sheet.answers)
    const base = `/answer/${secretOf(ctx)}`
    const back =
      view.before === undefined
        ? { href: base, text: say.answer.title(sheet.companyName) }
        : { href: `${base}/${view.before}`, text: say.question.previous }
    const marks = marksOf({ given: view.given && { answer: view.given, words: say.question.given } })
    return {
      page: (
        <PublicPage ctx={ctx} title={say.question.title(view.no, view.of)} width="reading" back={back}>
          <QuestionForm lang={ctx.lang} view={view} action={`${base}/${view.question.key}`} marks={marks}>
            {view.question.evidence.coverage === 'declare' && (
              <p class="mm-note mm-notice__part">{say.question.declare}</p>
            )}
          </QuestionForm>
        </PublicPage>
      ),
    }
  },
})

/** One press: saved, and straight on. */
export const given = route({
  method: 'POST',
  path,
  area: 'public',
  ids,
  async handle(ctx: Ctx): Promise<Answer> {
    const secret = secretOf(ctx)
    if ((await openAnswerLink(ctx.db, secret, ctx.now)) === undefined) return gone(ctx)
    const answer = { question: ctx.params['question'] ?? '', answer: ctx.form['answer'] ?? '' }
    const saved = await answerByLink(ctx.db, secret, answer, ctx.now)
    return { redirect: saved.kind === 'next' ? `/answer/${secret}/${saved.question}` : `/answer/${secret}` }
  },
})

function gone(ctx: Ctx): Answer {
  const say = words[ctx.lang].answer
  return {
    status: 404,
    page: (
      <PublicPage ctx={ctx} title={say.goneTitle} width="reading">
        <Title>{say.goneTitle}</Title>
        <Prose>
          <p>{say.gone}</p>
        </Prose>
      </PublicPage>
    ),
  }
}

function OpenedPage(props: { ctx: Ctx; opened: OpenedSheet }): VNode {
  const { ctx, opened: it } = props
  const whole = words[ctx.lang]
  const say = whole.answer
  const next = nextOf(it)
  const first = selfCheckFacts().editions.find((one) => one.id === it.check.edition)?.order
  const of = first?.length ?? 0
  const full = it.answers.size >= of
  const title = it.over ? say.overTitle : full ? say.doneTitle : say.title(it.companyName)
  const base = `/answer/${secretOf(ctx)}`
  return (
    <PublicPage ctx={ctx} title={title} width="reading">
      <Title eyebrow={it.companyName}>{title}</Title>
      <Prose>
        <p>
          {it.over
            ? say.over
            : full
              ? say.done(of, it.askedBy)
              : say.lead(it.askedBy, it.sheet.place || whole.wholeCompany)}
        </p>
      </Prose>
      {!it.over && !full && (
        <ul class="mm-bullets mm-notice__part">
          {say.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {!it.over && (
        <div class="mm-section" data-first>
          <LinkButton size="lg" href={`${base}/${next}`} {...(full && { kind: 'secondary' as const })}>
            {full ? say.again : it.answers.size === 0 ? say.start : say.goOn}
          </LinkButton>
          {it.answers.size > 0 && !full && (
            <p class="mm-note mm-notice__part">{whole.start.progress(it.answers.size, of)}</p>
          )}
        </div>
      )}
    </PublicPage>
  )
}

export const answerPages: readonly RouteSpec[] = [opened, asked, given]
