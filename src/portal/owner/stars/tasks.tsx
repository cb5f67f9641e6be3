import type { VNode } from 'preact'
import type { Gate, Why } from '../../../declaration/index.ts'
import { Mark, Section, type SignedCtx } from '../../../http/index.ts'
import { gateLinks, gateMinutes, type StarWords, starWords } from './say.tsx'

const firstStar = ['g.company_named', 'g.pledge_all', 'g.wording_ack']

/** The gates as a list of things to do: those of one star, those that two stars add, and what is good to have. */
export function TaskLists({ ctx, gates }: { ctx: SignedCtx; gates: readonly Gate[] }): VNode {
  const say = starWords(ctx.lang).hub.tasks
  const shown = gates.filter((gate) => !saidBefore(gate, gates))
  const one = shown.filter((gate) => firstStar.includes(gate.id))
  const two = shown.filter((gate) => gate.blocking && !firstStar.includes(gate.id))
  return (
    <>
      <Section id="one" head={say.one}>
        <p class="mm-note">{say.oneNote}</p>
        <Tasks ctx={ctx} gates={one} />
      </Section>
      <Section id="two" head={say.two}>
        <p class="mm-note">{say.twoNote}</p>
        <Tasks ctx={ctx} gates={two} />
      </Section>
      <Section id="more" head={say.more}>
        <p class="mm-note">{say.moreNote}</p>
        <Tasks ctx={ctx} gates={shown.filter((gate) => !gate.blocking)} />
      </Section>
    </>
  )
}

/** What follows from another row is not said twice: without a check none is fresh, without a policy none lacks anything. */
function saidBefore(gate: Gate, gates: readonly Gate[]): boolean {
  const failed = (id: Gate['id']): boolean => gates.some((one) => one.id === id && !one.passed)
  if (gate.id === 'g.check_fresh') return gate.whys.some((one) => one.why === 'no_check')
  if (gate.id === 'g.policy_covers') return failed('g.policy_approved')
  return false
}

function Tasks({ ctx, gates }: { ctx: SignedCtx; gates: readonly Gate[] }): VNode {
  return (
    <ul class="mm-tasks">
      {gates.map((gate) => (
        <Task key={gate.id} ctx={ctx} gate={gate} />
      ))}
    </ul>
  )
}

function Task({ ctx, gate }: { ctx: SignedCtx; gate: Gate }): VNode {
  const say = starWords(ctx.lang)
  const { tasks } = say.hub
  const id = `t-${gate.id.slice(2)}`
  const open = gate.blocking ? tasks.open : tasks.look
  return (
    <li class="mm-tasks__item">
      <span>
        <a class="mm-tasks__link" href={gateLinks[gate.id]} aria-describedby={`${id}-state`}>
          {say.gates[gate.id]}
        </a>
        {!gate.passed && (
          <span class="mm-list__sub">
            {' '}
            {gate.whys.map((why) => sayWhy(say, why, ctx.lang)).join('')}
            {tasks.minutes(gateMinutes[gate.id])}
          </span>
        )}
      </span>
      <span class="mm-tasks__state" id={`${id}-state`}>
        {gate.passed ? <Mark mark="done">{tasks.ok}</Mark> : <Mark mark="next">{open}</Mark>}
      </span>
    </li>
  )
}

/** Why a gate does not pass, with the things it names. */
export function sayWhy(say: StarWords, { why, values = [] }: Why, lang: 'ja' | 'en'): string {
  const text = say.whys[why]
  if (why === 'check_open')
    return lang === 'ja' ? `${text}（${values.join(' / ')}）` : `${text} (${values.join(' / ')}) `
  const named = values.map((value) => say.subjects[value] ?? value)
  const space = lang === 'ja' ? '' : ' '
  if (named.length === 0) return `${text}${space}`
  return lang === 'ja' ? `${text}（${named.join('、')}）` : `${text} (${named.join(', ')}) `
}
