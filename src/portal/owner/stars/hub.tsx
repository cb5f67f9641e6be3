import type { VNode } from 'preact'
import {
  type Gate,
  gateFacts,
  judgeGates,
  mayDeclare,
  type Reminder,
  readStanding,
  readyFor,
  remindersIn,
  sayDate,
  sentenceOf,
  takesAtOnce,
} from '../../../declaration/index.ts'
import {
  type Answer,
  Card,
  LinkButton,
  List,
  Mark,
  Row,
  route,
  Section,
  type SignedCtx,
  State,
  sayTime,
} from '../../../http/index.ts'
import { findEntry, registryOf } from '../../../registry/index.ts'
import { Declared } from './declared.tsx'
import type { Hub } from './hub-type.ts'
import { gateMinutes, ipaSite, OutLink, reminderLinks, StarsPage, starWords } from './say.tsx'
import { TaskLists } from './tasks.tsx'

/** 「診断・宣言」: where the firm stands, what is left on the way to both stars, and what it declared. */
export const hub = route({
  method: 'GET',
  path: '/stars',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const read = await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      const it = await readStanding(tx, ctx.actor.organisation)
      const declared = it.declarations.filter((one) => one.state === 'declared')
      const own = declared.find((one) => one.registry === 'own')
      const number = own?.declared?.ownNumber
      return {
        it,
        own,
        official: declared.find((one) => one.registry === 'ipa'),
        reminders: await remindersIn(tx, it, ctx.now),
        registry: await registryOf(tx),
        entry: number === undefined ? undefined : await findEntry(tx, number),
      }
    })
    const facts = gateFacts(read.it)
    const ready = (['SA2', 'SA1'] as const).find((level) => readyFor(judgeGates(facts, level, ctx.now)))
    const declared = read.official?.level
    const above = ready !== undefined && (declared === undefined || declared < ready) ? ready : undefined
    const gates = judgeGates(facts, 'SA2', ctx.now)
    return { page: <HubPage ctx={ctx} hub={{ ...read, gates, ready: above }} /> }
  },
})

function HubPage({ ctx, hub: it }: { ctx: SignedCtx; hub: Hub }): VNode {
  const say = starWords(ctx.lang)
  return (
    <StarsPage ctx={ctx} title={say.title} back={null}>
      <p class="mm-lead">{say.hub.lead}</p>
      <Standpoint ctx={ctx} hub={it} />
      {it.reminders.length > 0 && <Reminders ctx={ctx} reminders={it.reminders} />}
      {(it.official || it.own) && <Declared ctx={ctx} hub={it} />}
      <TaskLists ctx={ctx} gates={it.gates} />
      <OwnRegister ctx={ctx} hub={it} />
      {!it.official && (
        <Section id="unsure" head={say.hub.unsure}>
          <p>{say.hub.unsureText}</p>
          <p>
            <OutLink href={ipaSite} text={say.ipaList} lang={ctx.lang} />
          </p>
        </Section>
      )}
      <Others ctx={ctx} hub={it} />
    </StarsPage>
  )
}

/** Minutes that are left for the blocking gates, by our own estimate; one page is counted once. */
function minutesLeft(gates: readonly Gate[]): number {
  const open = gates.filter((gate) => gate.blocking && !gate.passed)
  const seen = open.filter((gate) => gate.id !== 'g.check_fresh' && gate.id !== 'g.policy_covers')
  return (seen.length > 0 ? seen : open).reduce((sum, gate) => sum + gateMinutes[gate.id], 0)
}

function Standpoint({ ctx, hub: it }: { ctx: SignedCtx; hub: Hub }): VNode {
  const say = starWords(ctx.lang).hub
  const held = it.official ?? it.own
  if (it.ready === 'SA2' || (it.ready === 'SA1' && !held))
    return <Ready ctx={ctx} hub={it} level={it.ready} />
  if (held) {
    const urgent = it.reminders.some((one) => one.severity === 'today')
    const looks = it.reminders.some((one) => one.severity === 'today' || one.severity === 'week')
    const number = held.declared?.officialId ?? held.declared?.ownNumber ?? ''
    return (
      <State
        state={looks ? 'see' : 'calm'}
        {...(looks && { urgency: urgent ? ('today' as const) : ('week' as const) })}
        mark={looks ? <Mark mark={urgent ? 'today' : 'week'} /> : <Mark mark="ok">{say.mark.declared}</Mark>}
        sentence={say.state.declared(held.level)}
        text={say.text.declared(sayDate(held.declared?.declaredOn ?? '', ctx.lang), number)}
      >
        {gapOf(it.gates, held.level) && <p>{say.text.gap}</p>}
      </State>
    )
  }
  const stopped = it.it.declarations.some((one) => one.state === 'stopped' && one.declared)
  return (
    <State
      state="preparing"
      mark={<Mark mark="next">{say.mark.preparing}</Mark>}
      sentence={stopped ? say.state.stopped : say.state.none}
      text={stopped ? say.text.stopped : say.text.none(minutesLeft(it.gates))}
    />
  )
}

/** A condition of the declared star that does not hold now; the declaration goes on all the same. */
const gapOf = (gates: readonly Gate[], level: 'SA1' | 'SA2'): boolean =>
  gates.some(
    (gate) =>
      gate.blocking &&
      !gate.passed &&
      (level === 'SA2' || ['g.company_named', 'g.pledge_all'].includes(gate.id)),
  )

function Ready({ ctx, hub: it, level }: { ctx: SignedCtx; hub: Hub; level: 'SA1' | 'SA2' }): VNode {
  const words = starWords(ctx.lang)
  const say = words.hub
  return (
    <State
      state="calm"
      mark={<Mark mark="ok">{say.mark.ready}</Mark>}
      sentence={say.state.ready(level)}
      text={level === 'SA1' ? say.text.one(minutesLeft(it.gates)) : say.text.ready}
    >
      {it.official && <p>{say.text.readyStep(it.official.level)}</p>}
      {mayDeclare(ctx.actor) ? (
        <div class="mm-cluster mm-notice__foot">
          <LinkButton href={`/stars/prepare?level=${level}`} kind="primary" size="lg">
            {say.prepare(level)}
          </LinkButton>
          <LinkButton href={`/stars/number?level=${level}`} kind="secondary" size="lg">
            {say.enter}
          </LinkButton>
        </div>
      ) : (
        <p>
          {words.ownerOnly}
          {say.text.member}
        </p>
      )}
    </State>
  )
}

function Reminders({ ctx, reminders }: { ctx: SignedCtx; reminders: readonly Reminder[] }): VNode {
  const say = starWords(ctx.lang)
  return (
    <Section id="reminders" head={say.hub.reminders}>
      <List>
        {reminders.map((one) => (
          <Row
            key={one.id}
            href={reminderLinks[one.id]}
            main={sentenceOf(one, ctx.lang)}
            side={<Mark mark={one.severity} />}
            sub={
              <>
                {say.fix[one.id]}・
                {say.hub.since(sayTime({ lang: ctx.lang, now: ctx.now }, one.since, 'day'))}
              </>
            }
          />
        ))}
      </List>
    </Section>
  )
}

function OwnRegister({ ctx, hub: it }: { ctx: SignedCtx; hub: Hub }): VNode | null {
  const say = starWords(ctx.lang).hub
  const { registry } = it
  const level = it.own?.level === 'SA1' ? 'SA2' : 'SA1'
  if (it.own?.level === 'SA2' || !takesAtOnce(registry, level)) return null
  const name = ctx.lang === 'ja' ? registry.name : registry.nameEn
  return (
    <div class="mm-section">
      <Card title={say.own(name)}>
        <p>{say.ownText(name)}</p>
        <p>
          <a class="mm-link" href="/stars/registry">
            {say.ownAct}
          </a>
        </p>
      </Card>
    </div>
  )
}

function Others({ ctx, hub: it }: { ctx: SignedCtx; hub: Hub }): VNode {
  const say = starWords(ctx.lang).hub
  const goals = it.it.goals.map((goal) => goal[ctx.lang]).join(ctx.lang === 'ja' ? '、' : ', ')
  const links = [
    { href: '/stars/goals', text: say.links.goals, sub: goals === '' ? undefined : say.goal(goals) },
    ...(it.official ? [] : [{ href: '/stars/earlier', text: say.links.earlier, sub: undefined }]),
    { href: '/to-dos', text: say.links.toDos, sub: undefined },
    { href: '/lessons', text: say.links.lessons, sub: undefined },
    { href: '/proofs', text: say.links.proofs, sub: undefined },
    { href: '/offers', text: say.links.offers, sub: undefined },
    { href: '/wording', text: say.links.wording, sub: undefined },
    { href: '/company/details', text: say.links.details, sub: undefined },
    { href: '/stars/history', text: say.links.history, sub: undefined },
  ]
  return (
    <Section id="other" head={say.other}>
      <List>
        {links.map((link) => (
          <Row key={link.href} href={link.href} main={link.text} {...(link.sub && { sub: link.sub })} />
        ))}
      </List>
    </Section>
  )
}
