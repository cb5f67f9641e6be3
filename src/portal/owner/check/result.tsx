import type { VNode } from 'preact'
import { selfCheckFacts } from '../../../catalogue/index.ts'
import {
  type Answer,
  Banner,
  LinkButton,
  Record,
  type RouteSpec,
  route,
  Section,
  type SignedCtx,
  Time,
} from '../../../http/index.ts'
import {
  type Ahead,
  firstFew,
  OrderNote,
  resultPdf,
  resultView,
  type ResultView,
  sayAnswer,
  sayToDo,
  type ToDo,
} from '../../../self-check/index.ts'
import { jstDate } from '../../../base/time.ts'
import { Benchmark, Parts } from './figures.tsx'
import { CheckPage } from './frame.tsx'
import { checkWords, dateWords } from './words.ts'

const ids = { check: 'self-check' } as const

/** A finished check: score, band, three next acts, parts. */
export const result = route({
  method: 'GET',
  path: '/self-check/results/:check',
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const view = await readResult(ctx)
    return { page: <ResultPage ctx={ctx} view={view} /> }
  },
})

/** The result as a sheet to print. */
export const printed = route({
  method: 'GET',
  path: '/self-check/results/:check/pdf',
  area: 'owner',
  ids,
  async handle(ctx: SignedCtx): Promise<Answer> {
    const view = await readResult(ctx)
    const body = await resultPdf(ctx.lang, view, ctx.actor.organisationName)
    const name = checkWords(ctx.lang).sheet.file(jstDate(view.result.finishedAt))
    return { file: { body, type: 'application/pdf', name } }
  },
})

/** The finished check of the address, with its to-dos of today. Fault: NOT_FOUND. */
export function readResult(ctx: SignedCtx): Promise<ResultView> {
  const id = ctx.params['check'] ?? ''
  return ctx.inCompany(ctx.actor.organisation, (tx) => resultView(tx, id, ctx.now))
}

function ResultPage(props: { ctx: SignedCtx; view: ResultView }): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).result
  const { result: it } = view
  const base = `/self-check/results/${it.id}`
  const facts = selfCheckFacts()
  const edition = facts.editions.find((one) => one.id === it.edition)
  return (
    <CheckPage ctx={ctx} title={say.title}>
      {ctx.query['done'] === 'answered' && <Banner>{say.saved}</Banner>}
      {!view.newest && (
        <Banner tone="info">
          {say.old}{' '}
          <a class="mm-link" href="/self-check">
            {say.newestLink}
          </a>
        </Banner>
      )}
      <Score ctx={ctx} view={view} />
      {view.newest && <NextActs ctx={ctx} view={view} />}
      <Parts lang={ctx.lang} view={view} />
      <div class="mm-section mm-cluster">
        {view.newest && (
          <LinkButton size="lg" href="/policy">
            {say.policy}
          </LinkButton>
        )}
        <LinkButton size="lg" kind="secondary" href={`${base}/pdf`}>
          {say.print}
        </LinkButton>
      </div>
      <p class="mm-notice__part">
        <a class="mm-link" href={`${base}/comparison`}>
          {view.last === undefined ? say.answers : say.compare}
        </a>
      </p>
      <Done ctx={ctx} view={view} />
      <Benchmark lang={ctx.lang} view={view} />
      <p class="mm-note mm-notice__foot">
        {say.note}
        {edition !== undefined && <OrderNote lang={ctx.lang} view={{ edition }} />}
      </p>
    </CheckPage>
  )
}

function Score(props: { ctx: SignedCtx; view: ResultView }): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).result
  const { result: it, last } = view
  const band = selfCheckFacts().scoring.bands.find((one) => one.id === it.band)?.[ctx.lang]
  const best = Math.max(...Object.values(it.scores)) * it.lines.length
  return (
    <>
      <h1 class="mm-title">
        <span class="mm-title__eyebrow">
          {dateWords(ctx.lang, it.finishedAt)}・{say.eyebrow(it.finishedByName)}・
          {checkWords(ctx.lang).edition(it.edition)}
        </span>
        {say.title}
      </h1>
      <div class="mm-score mm-section" data-first>
        <span class="mm-score__number">{it.total}</span>
        <span class="mm-score__of">
          {say.of(best)}
          {last !== undefined && say.last(last.total)}
        </span>
        <p class="mm-score__band">{band?.title ?? it.band}</p>
      </div>
      {it.sheets > 1 && <p>{say.mean(it.mean)}</p>}
      {view.later.length > 0 && <p>{say.now(view.standing)}</p>}
      <p class="mm-lead">{band?.advice}</p>
    </>
  )
}

function NextActs(props: { ctx: SignedCtx; view: ResultView }): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).result
  const acts = view.toDos.slice(0, firstFew)
  const more = view.toDos.slice(firstFew)
  const asks = view.toDos.some((one) => one.why === 'unknown')
  return (
    <Section id="next" head={say.nextHead}>
      {acts.length === 0 ? (
        <p>{say.nextNone}</p>
      ) : (
        <ol>
          {acts.map((one, at) => (
            <Act key={one.key} ctx={ctx} toDo={one} no={at + 1} />
          ))}
        </ol>
      )}
      {acts.length > 0 && <p class="mm-notice__foot">{aheadWords(ctx, view.ahead, acts.length)}</p>}
      {asks && (
        <p class="mm-notice__part">
          <a class="mm-link" href={`/self-check/results/${view.result.id}/asking`}>
            {say.askAll}
          </a>
        </p>
      )}
      {more.length > 0 && (
        <div class="mm-notice__part">
          <Record summary={say.more(more.length)}>
            <ol>
              {more.map((one, at) => (
                <Act key={one.key} ctx={ctx} toDo={one} no={firstFew + at + 1} />
              ))}
            </ol>
          </Record>
        </div>
      )}
      {acts.length > 0 && <p class="mm-note mm-notice__part">{say.estimate}</p>}
    </Section>
  )
}

/** What the acts bring; the way to the next stage only when they really lead there (security-action.md 5.3). */
function aheadWords(ctx: SignedCtx, ahead: Ahead, acts: number): string {
  const say = checkWords(ctx.lang).result
  const { next } = ahead
  if (next !== undefined && ahead.byOne) {
    const band = selfCheckFacts().scoring.bands.find((one) => one.id === next.band)?.[ctx.lang].title
    return say.onePointAway(next.need, band ?? '')
  }
  if (acts < firstFew) return ''
  return next !== undefined && ahead.byAll
    ? say.threeReach(ahead.after, next.from)
    : say.threeGive(ahead.after)
}

function Act(props: { ctx: SignedCtx; toDo: ToDo; no: number }): VNode {
  const { ctx, toDo } = props
  const say = checkWords(ctx.lang).result
  const cost = toDo.yen === 0 ? say.free : say.yen(toDo.yen.toLocaleString('en-US'))
  const base = `/self-check/results/${toDo.check}`
  return (
    <li class="mm-next">
      <span class="mm-next__no" aria-hidden="true">
        {props.no}
      </span>
      <h3 class="mm-next__title">{sayToDo(ctx.lang, toDo)}</h3>
      <p class="mm-next__meta">
        {say.meta(toDo.minutes, cost, toDo.points)}
        {ctx.lang === 'ja' ? '（' : ' ('}
        {say.why[toDo.why](toDo.no)}
        {ctx.lang === 'ja' ? '）' : ')'}
      </p>
      <p>
        <a class="mm-link" href={`${base}/questions/${toDo.key}`}>
          {say.do}
        </a>
        {toDo.why === 'unknown' && (
          <>
            {'　'}
            <a class="mm-link" href={`${base}/asking#ask-${toDo.ask}`}>
              {say.ask}
            </a>
          </>
        )}
      </p>
    </li>
  )
}

/** What was answered anew since the end, with date, name and the points it brought. */
function Done(props: { ctx: SignedCtx; view: ResultView }): VNode | null {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).result
  if (view.later.length === 0) return null
  const facts = selfCheckFacts()
  return (
    <Section id="done" head={say.done}>
      <ul class="mm-list">
        {view.later.map((one) => (
          <li class="mm-list__item" key={one.key}>
            <span class="mm-list__main">{facts.questions.get(one.key)?.topic[ctx.lang] ?? one.key}</span>
            <span class="mm-list__side">{say.donePoints(one.points)}</span>
            <span class="mm-list__sub">
              <Time at={one.at} form="day" />・{say.doneLine(one.by, sayAnswer(ctx.lang, one.answer))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const resultRoutes: readonly RouteSpec[] = [result, printed]
