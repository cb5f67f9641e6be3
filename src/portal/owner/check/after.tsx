import type { VNode } from 'preact'
import { selfCheckFacts } from '../../../catalogue/index.ts'
import { fault } from '../../../base/fault.ts'
import {
  type Answer,
  Facts,
  LinkButton,
  Note,
  PhoneLink,
  Prose,
  type RouteSpec,
  route,
  Section,
  type SignedCtx,
  Table,
  Title,
} from '../../../http/index.ts'
import {
  AnswerButtons,
  answerAnew,
  type Asking,
  askingOf,
  laterView,
  type LaterView,
  marksOf,
  type ResultView,
  sayAnswer,
} from '../../../self-check/index.ts'
import { CheckPage } from './frame.tsx'
import { Beside } from './question.tsx'
import { readResult } from './result.tsx'
import { checkWords, dateWords } from './words.ts'

/** What a mail program takes in a link; longer texts are copied by hand. */
const longestMailLink = 1_900

/** 「わからない」 by whom to ask, each with a message ready to send. */
export const asking = route({
  method: 'GET',
  path: '/self-check/results/:check/asking',
  area: 'owner',
  ids: { check: 'self-check' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const view = await readResult(ctx)
    return { page: <AskingPage ctx={ctx} view={view} /> }
  },
})

/** Every answer, last time's beside it. */
export const comparison = route({
  method: 'GET',
  path: '/self-check/results/:check/comparison',
  area: 'owner',
  ids: { check: 'self-check' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const view = await readResult(ctx)
    return { page: <ComparisonPage ctx={ctx} view={view} /> }
  },
})

const path = '/self-check/results/:check/questions/:question'
const ids = { check: 'self-check', question: 'question' } as const

/** One to-do: what to do, what the watch sees, and how it is today. */
export const again = route({
  method: 'GET',
  path,
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const asked = { check: ctx.params['check'] ?? '', question: ctx.params['question'] ?? '' }
    const view = await ctx.inCompany(ctx.actor.organisation, (tx) => laterView(tx, asked, ctx.now))
    return { page: <AgainPage ctx={ctx} view={view} /> }
  },
})

export const answerAgain = route({
  method: 'POST',
  path,
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const [check, question] = [ctx.params['check'], ctx.params['question']]
    if (check === undefined || question === undefined) throw fault('NOT_FOUND')
    await ctx.inCompany(ctx.actor.organisation, (tx) =>
      answerAnew(tx, ctx.actor, { check, question, answer: ctx.form['answer'] ?? '' }, ctx.now),
    )
    return { redirect: `/self-check/results/${check}?done=answered` }
  },
})

function AskingPage(props: { ctx: SignedCtx; view: ResultView }): VNode {
  const { ctx, view } = props
  const whole = checkWords(ctx.lang)
  const say = whole.asking
  const groups = askingOf(view.toDos)
  const back = { href: `/self-check/results/${view.result.id}`, text: whole.result.title }
  return (
    <CheckPage ctx={ctx} title={say.title} back={back}>
      <Title>{say.title}</Title>
      <Prose>
        <p>{groups.length === 0 ? say.none : say.lead}</p>
        {groups.length > 0 && <p>{say.copy}</p>}
      </Prose>
      {groups.map((group) => (
        <Group key={group.role.id} ctx={ctx} group={group} />
      ))}
      {groups.length > 0 && <Note>{say.then}</Note>}
    </CheckPage>
  )
}

function messageOf(ctx: SignedCtx, group: Asking): string {
  const say = checkWords(ctx.lang).asking
  const { questions } = selfCheckFacts()
  const list = group.toDos.flatMap((one) => {
    const texts = questions.get(one.key)?.[ctx.lang]
    return texts === undefined ? [] : [say.item(texts.question, texts.example)]
  })
  return say.message(say.head, list.join('\n'), ctx.actor.name, ctx.actor.organisationName)
}

function Group(props: { ctx: SignedCtx; group: Asking }): VNode {
  const { ctx, group } = props
  const say = checkWords(ctx.lang).asking
  const id = `ask-${group.role.id}`
  const text = messageOf(ctx, group)
  const subject = say.subject(ctx.actor.organisationName)
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`
  return (
    <Section id={id} head={group.role[ctx.lang]}>
      <ul class="mm-bullets">
        {group.toDos.map((one) => (
          <li key={one.key}>
            <a class="mm-link" href={`/self-check/results/${one.check}/questions/${one.key}`}>
              {selfCheckFacts().questions.get(one.key)?.topic[ctx.lang] ?? one.key}
            </a>
          </li>
        ))}
      </ul>
      {group.role.id === 'desk' && ctx.house !== undefined && (
        <p class="mm-notice__part">
          {say.desk('')}
          <PhoneLink phone={ctx.house.deskPhone} />
        </p>
      )}
      <div class="mm-field mm-notice__part">
        <label class="mm-field__label" for={`${id}-text`}>
          {say.label}
        </label>
        <textarea class="mm-textarea" id={`${id}-text`} readOnly rows={8}>
          {text}
        </textarea>
      </div>
      {mail.length <= longestMailLink && (
        <p class="mm-notice__part">
          <LinkButton kind="secondary" href={mail}>
            {say.mail}
          </LinkButton>
        </p>
      )}
    </Section>
  )
}

function ComparisonPage(props: { ctx: SignedCtx; view: ResultView }): VNode {
  const { ctx, view } = props
  const whole = checkWords(ctx.lang)
  const say = whole.comparison
  const { result: it, last } = view
  const back = { href: `/self-check/results/${it.id}`, text: whole.result.title }
  const { questions } = selfCheckFacts()
  const rows = it.lines.map((line) => {
    const before = last?.lines.find((one) => one.key === line.key)
    const later = view.later.find((one) => one.key === line.key)
    const change = before === undefined ? 0 : line.score - before.score
    return {
      key: line.key,
      cells: [
        `${line.no}　${questions.get(line.key)?.topic[ctx.lang] ?? line.key}`,
        before === undefined ? '–' : sayAnswer(ctx.lang, before.answer),
        <>
          {sayAnswer(ctx.lang, line.answer)}
          {later !== undefined && (
            <span class="mm-note">
              {' '}
              {say.later(sayAnswer(ctx.lang, later.answer), dateWords(ctx.lang, later.at))}
            </span>
          )}
        </>,
        before === undefined ? '–' : change === 0 ? say.same : change > 0 ? say.up(change) : `${change}`,
      ],
    }
  })
  return (
    <CheckPage ctx={ctx} title={say.title} width="wide" back={back}>
      <Title>{say.title}</Title>
      <p>
        {last === undefined
          ? say.noLast
          : last.edition !== it.edition && say.editions(last.edition, it.edition)}
      </p>
      <Table label={say.title} head={[say.question, say.last, say.now, say.change]} rows={rows} stack />
    </CheckPage>
  )
}

function AgainPage(props: { ctx: SignedCtx; view: LaterView }): VNode {
  const { ctx, view } = props
  const whole = checkWords(ctx.lang)
  const say = whole.later
  const { question, standing, verdict } = view
  const texts = question[ctx.lang]
  const role = selfCheckFacts().scoring.ask_roles.find((one) => one.id === question.ask)
  const back = { href: `/self-check/results/${view.check}`, text: whole.result.title }
  return (
    <CheckPage ctx={ctx} title={question.topic[ctx.lang]} back={back}>
      <Title eyebrow={say.title}>{texts.question}</Title>
      <Prose>
        <p>{texts.advice}</p>
        <p class="mm-note">{whole.question.example(texts.example)}</p>
      </Prose>
      <Facts
        rows={[
          {
            name: whole.question.given,
            value: sayAnswer(ctx.lang, standing.answer),
            note: `${standing.by}・${dateWords(ctx.lang, standing.at)}`,
          },
          ...(role === undefined ? [] : [{ name: whole.asking.title, value: role[ctx.lang] }]),
        ]}
      />
      {verdict === 'contradicts' && <p class="mm-notice__part">{say.contradicts}</p>}
      {verdict === 'better' && <p class="mm-notice__part">{say.better}</p>}
      <Section id="today" head={say.head}>
        <form method="post" action={`/self-check/results/${view.check}/questions/${question.key}`}>
          <AnswerButtons
            lang={ctx.lang}
            buttons={view.buttons}
            marks={marksOf({ given: { answer: standing.answer, words: whole.question.given } })}
          />
          <Beside ctx={ctx} view={view} />
        </form>
        <Note>{say.note}</Note>
      </Section>
    </CheckPage>
  )
}

export const afterRoutes: readonly RouteSpec[] = [asking, comparison, again, answerAgain]
