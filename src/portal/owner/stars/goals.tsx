import type { VNode } from 'preact'
import { jstDate } from '../../../base/time.ts'
import { type GoalFact, goalFacts } from '../../../catalogue/index.ts'
import {
  chosenGoals,
  daysToTwoStars,
  keepGoals,
  type Round,
  roundsOf,
  sayDate,
  settle,
} from '../../../declaration/index.ts'
import { type Answer, Form, Mark, route, Section, type SignedCtx } from '../../../http/index.ts'
import { byOf, StarsPage, starWords } from './say.tsx'

/** Subsidies and other aims: what each asks, and its deadlines seen from today. */
export const goals = route({
  method: 'GET',
  path: '/stars/goals',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const chosen = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      chosenGoals(tx, ctx.actor.organisation),
    )
    return { page: <GoalsPage ctx={ctx} chosen={chosen} /> }
  },
})

export const chooseGoals = route({
  method: 'POST',
  path: '/stars/goals',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      await keepGoals(tx, byOf(ctx), ctx.formAll('goal'))
      await settle(tx, ctx.actor.organisation, ctx.now)
    })
    return { redirect: '/stars/goals?done=goals' }
  },
})

function GoalsPage({ ctx, chosen }: { ctx: SignedCtx; chosen: readonly GoalFact[] }): VNode {
  const say = starWords(ctx.lang).goals
  return (
    <StarsPage ctx={ctx} title={say.title}>
      <p class="mm-lead">{say.lead}</p>
      {chosen.map((goal) => (
        <Section key={goal.id} id={`goal-${goal.id}`} head={goal[ctx.lang]}>
          <Chosen ctx={ctx} goal={goal} />
        </Section>
      ))}
      <Section id="choose" head={say.choose}>
        <Form action="/stars/goals" submit={say.submit}>
          {goalFacts().map((goal) => (
            <label class="mm-choice" key={goal.id}>
              <input
                type="checkbox"
                name="goal"
                value={goal.id}
                checked={chosen.some((one) => one.id === goal.id)}
              />
              <span>
                {goal[ctx.lang]}
                <span class="mm-choice__help">
                  {' '}
                  {termsOf(ctx, goal).join(ctx.lang === 'ja' ? '・' : ', ')}
                </span>
              </span>
            </label>
          ))}
        </Form>
        <p class="mm-note">{say.check}</p>
      </Section>
    </StarsPage>
  )
}

function termsOf(ctx: SignedCtx, goal: GoalFact): string[] {
  const say = starWords(ctx.lang).goals
  const from = goal.needs_2026_system_after
  return [
    say.effect[goal.effect],
    goal.level === null ? say.noLevel : say.levelOf(goal.level),
    ...(from === undefined ? [] : [say.newNumber(sayDate(from, ctx.lang))]),
    ...(goal.same_gbizid ? [say.sameAccount] : []),
    ...(goal.service_on_otasuketai_list ? [say.otasuketai] : []),
  ]
}

function Chosen({ ctx, goal }: { ctx: SignedCtx; goal: GoalFact }): VNode {
  const say = starWords(ctx.lang).goals
  const rounds = roundsOf(goal, jstDate(ctx.now))
  const last = rounds.at(-1)
  const next = rounds.find((round) => !round.past)
  return (
    <>
      <p>{termsOf(ctx, goal).join(ctx.lang === 'ja' ? '・' : ', ')}</p>
      {goal.effect === 'pack' ? (
        <>
          <p>{say.insurance}</p>
          <p>
            <a class="mm-link" href="/proofs">
              {say.proofs}
            </a>
          </p>
        </>
      ) : (
        <>
          {last === undefined && <p>{say.unknown}</p>}
          {last?.past && <p>{say.allPast(sayDate(last.deadline, ctx.lang))}</p>}
          {rounds.length > 0 && <Deadlines ctx={ctx} rounds={rounds} />}
          {next && <Backwards ctx={ctx} round={next} />}
        </>
      )}
    </>
  )
}

function Deadlines({ ctx, rounds }: { ctx: SignedCtx; rounds: readonly Round[] }): VNode {
  const say = starWords(ctx.lang).goals
  return (
    <ul class="mm-list" aria-label={say.deadlines}>
      {rounds.map((round) => (
        <li class="mm-list__item" key={round.deadline}>
          <span class="mm-list__main">{sayDate(round.deadline, ctx.lang)}</span>
          <span class="mm-list__side">
            {round.past ? (
              <Mark mark="ended">{say.past}</Mark>
            ) : (
              say.left(daysUntil(jstDate(ctx.now), round.deadline))
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

const daysUntil = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** What must begin when, so that the next round is reached. */
function Backwards({ ctx, round }: { ctx: SignedCtx; round: Round }): VNode {
  const say = starWords(ctx.lang).goals
  const today = jstDate(ctx.now)
  const postBy = sayDate(round.postBy, ctx.lang)
  return (
    <ul class="mm-prose">
      <li>{round.postBy < today ? say.postPast(postBy) : say.postBy(postBy)}</li>
      {round.beginBy !== undefined && (
        <li>
          {(round.beginBy < today ? say.beginPast : say.beginBy)(
            sayDate(round.beginBy, ctx.lang),
            daysToTwoStars,
          )}
        </li>
      )}
    </ul>
  )
}
