import type { VNode } from 'preact'
import { listPeople, type Person } from '../../../company/index.ts'
import {
  type Declaration,
  type DeclarationEvent,
  declarationsOf,
  sayDate,
  wasInForce,
} from '../../../declaration/index.ts'
import { type Answer, route, Section, type SignedCtx, sayTime } from '../../../http/index.ts'
import { StarsPage, starWords } from './say.tsx'

/** Everything that happened to the company's declarations, and what it declared on a day. */
export const history = route({
  method: 'GET',
  path: '/stars/history',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const { all, people } = await ctx.inCompany(company, async (tx) => ({
      all: await declarationsOf(tx, company),
      people: await listPeople(tx, company),
    }))
    return { page: <HistoryPage ctx={ctx} all={all} people={people} /> }
  },
})

function HistoryPage(props: {
  ctx: SignedCtx
  all: readonly Declaration[]
  people: readonly Person[]
}): VNode {
  const { ctx, all, people } = props
  const say = starWords(ctx.lang).history
  const newest = [...all].reverse()
  return (
    <StarsPage ctx={ctx} title={say.title}>
      {newest.length === 0 && <p class="mm-lead">{say.none}</p>}
      {newest.length > 0 && <AskDay ctx={ctx} all={all} />}
      {newest.map((one) => (
        <Story key={one.id} ctx={ctx} it={one} people={people} />
      ))}
    </StarsPage>
  )
}

function AskDay({ ctx, all }: { ctx: SignedCtx; all: readonly Declaration[] }): VNode {
  const words = starWords(ctx.lang)
  const say = words.history
  const day = ctx.query['day'] ?? ''
  return (
    <Section id="day" head={say.askDay}>
      <form class="mm-form" method="get" action="/stars/history">
        <div class="mm-field">
          <label class="mm-field__label" for="f-day">
            {say.dayLabel}
          </label>
          <input class="mm-input" id="f-day" name="day" type="date" value={day} data-chars="13" />
        </div>
        <div class="mm-cluster">
          <button class="mm-button" data-kind="secondary">
            {say.ask}
          </button>
        </div>
      </form>
      {day !== '' && <p role="status">{answerFor(ctx, all, day)}</p>}
    </Section>
  )
}

function answerFor(ctx: SignedCtx, all: readonly Declaration[], day: string): string {
  const words = starWords(ctx.lang)
  const say = words.history
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return say.wrongDay
  const on = all.filter((one) => wasInForce(one, day))
  const what = on
    .map((one) => `${words.level[one.level]}（${one.registry === 'ipa' ? say.ipa : say.own}）`)
    .join(ctx.lang === 'ja' ? '、' : ', ')
  return on.length === 0 ? say.notOnDay(sayDate(day, ctx.lang)) : say.onDay(sayDate(day, ctx.lang), what)
}

function Story({ ctx, it, people }: { ctx: SignedCtx; it: Declaration; people: readonly Person[] }): VNode {
  const words = starWords(ctx.lang)
  const say = words.history
  const { declared } = it
  const state = it.state === 'stopped' && !declared ? say.abandoned : say.states[it.state]
  const head = `${words.marked[it.level]}・${it.registry === 'ipa' ? say.ipa : say.own}・${state}`
  const from = declared?.declaredOn
  const end = it.endedOn === undefined ? undefined : sayDate(it.endedOn, ctx.lang)
  return (
    <Section id={`d-${it.id}`} head={head}>
      {from !== undefined && (
        <p>
          {say.from(sayDate(from, ctx.lang), end)}・{declared?.officialId ?? declared?.ownNumber}
        </p>
      )}
      <ol class="mm-stack" data-gap="2">
        {[...it.events].reverse().map((event) => (
          <li key={event.id}>
            {say.events[event.kind]}
            <span class="mm-note">
              {' '}
              {sayTime({ lang: ctx.lang, now: ctx.now }, event.at, 'full')}・{whoOf(ctx, event, people)}
              {event.data.reason !== undefined && `・${event.data.reason}`}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** People of the desk are not named to a company; who was there once stays "the desk" or a name that is still here. */
function whoOf(ctx: SignedCtx, event: DeclarationEvent, people: readonly Person[]): string {
  const say = starWords(ctx.lang).history
  if (event.by === null) return say.program
  return people.find((person) => person.id === event.by)?.name ?? say.desk
}
