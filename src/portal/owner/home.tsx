import type { VNode } from 'preact'
import type { Instant } from '../../base/time.ts'
import { hoursOf, listDevices } from '../../device/index.ts'
import { type OwnerIncident, ownerIncident } from '../../case/index.ts'
import { NowState, SeeState } from './home-notices.tsx'
import {
  type Answer,
  Mark,
  OwnerPage,
  Phrased,
  route,
  Row,
  List,
  Section,
  type SignedCtx,
  State,
  Time,
  sayAge,
  sayTime,
} from '../../http/index.ts'
import { noticeView, type NoticeView } from '../../notice/index.ts'
import { findPlan, newestProofs } from '../../plan/index.ts'
import type { Tx } from '../../store/index.ts'
import { Package } from './package.tsx'
import { ownerNav, ownerWords, wayIn } from './say.ts'
import { Strip } from './strip.tsx'
import { nameOf, readWatch, type Watch } from './watch.ts'
import { Watching } from './watching.tsx'

type Home = {
  readonly watch: Watch
  readonly strip: { readonly name: string; readonly hours: readonly number[] } | undefined
  readonly urgent: { readonly view: NoticeView; readonly following: OwnerIncident | undefined } | undefined
  readonly plan: Awaited<ReturnType<typeof findPlan>>
  readonly proofs: Awaited<ReturnType<typeof newestProofs>>
  readonly devices: Awaited<ReturnType<typeof listDevices>>
}

/** The owner's home: one sentence and its proof, then what is watched, what happened, and the package. */
export const home = route({
  method: 'GET',
  path: '/home',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const read = await ctx.inCompany(company, (tx) => readHome(tx, ctx, company))
    return { page: <HomePage ctx={ctx} home={read} /> }
  },
})

async function readHome(tx: Tx, ctx: SignedCtx, company: string): Promise<Home> {
  const watch = await readWatch(tx, company, ctx.now)
  const entrance =
    watch.sensors.find((sensor) => sensor.class === 'utm') ?? watch.sensors.find((sensor) => sensor.required)
  const first = watch.notices.urgent[0]
  return {
    watch,
    strip: entrance && { name: nameOf(entrance), hours: await hoursOf(tx, entrance.id, ctx.now) },
    urgent: first && {
      view: await noticeView(tx, first.id, { now: ctx.now, via: wayIn(ctx) }),
      following: first.case === null ? undefined : await ownerIncident(tx, ctx.actor, first.case, ctx.now),
    },
    plan: await findPlan(tx, company),
    proofs: await newestProofs(tx, company),
    devices: await listDevices(tx, company),
  }
}

function HomePage(props: { ctx: SignedCtx; home: Home }): VNode {
  const { ctx, home: read } = props
  const say = ownerWords(ctx.lang)
  return (
    <OwnerPage ctx={ctx} title={say.home.title} nav={ownerNav(ctx.lang)} current="today">
      <h1 class="mm-title" data-size="sm">
        {say.home.heading(ctx.actor.organisationName)}
      </h1>
      <Headline ctx={ctx} home={read} />
      <div class="mm-grid" data-columns="2">
        <Section id="watching" head={say.home.watching}>
          <Watching lang={ctx.lang} sensors={read.watch.sensors} />
        </Section>
        <Recent ctx={ctx} home={read} />
      </div>
      <Package ctx={ctx} plan={read.plan} proofs={read.proofs} sensors={read.watch.sensors} />
    </OwnerPage>
  )
}

function Headline(props: { ctx: SignedCtx; home: Home }): VNode {
  const { ctx, home: read } = props
  const say = ownerWords(ctx.lang).home
  const { state } = read.watch
  switch (state.kind) {
    case 'now':
      return (
        <NowState
          ctx={ctx}
          view={read.urgent?.view}
          following={read.urgent?.following}
          also={alsoWords(say, state)}
        />
      )
    case 'not-watching':
      return <NotWatching ctx={ctx} home={read} />
    case 'see':
      return <SeeState ctx={ctx} notices={read.watch.notices.toSee} />
    case 'preparing':
      return (
        <State
          state="preparing"
          mark={<Mark mark="next">{say.preparing.mark}</Mark>}
          sentence={say.preparing.sentence}
          when={ctx.now}
          text={
            read.watch.sensors.length === 0
              ? say.preparing.none
              : say.preparing.waiting(
                  state.preparing.map((sensor) => sensor.name).join(ctx.lang === 'ja' ? '、' : ', '),
                )
          }
        />
      )
    case 'calm':
      return <Calm ctx={ctx} home={read} proof={state.proof} />
  }
}

function alsoWords(
  say: ReturnType<typeof ownerWords>['home'],
  state: { readonly alsoUnwatched: readonly { readonly name: string }[]; readonly ourFault: boolean },
): string | undefined {
  if (state.alsoUnwatched.length > 0)
    return say.also(state.alsoUnwatched.map((sensor) => sensor.name).join('、'))
  return state.ourFault ? say.alsoOurs : undefined
}

function Calm(props: { ctx: SignedCtx; home: Home; proof: Instant }): VNode {
  const { ctx, home: read } = props
  const say = ownerWords(ctx.lang).home
  const pcs = read.watch.sensors.filter((sensor) => sensor.class === 'pc' || sensor.class === 'laptop')
  const seen = pcs.filter((sensor) => sensor.condition === 'heard' || sensor.condition === 'suspect')
  return (
    <State
      state="calm"
      mark={<Mark mark="ok">{say.calm.mark}</Mark>}
      sentence={say.calm.sentence}
      when={ctx.now}
      text={say.calm.text}
      proof={
        <>
          <div>
            <p>
              {say.proof}
              <b>
                <Time at={props.proof} form="ago" />
              </b>
            </p>
            {pcs.length > 0 && (
              <p>
                <a href="/devices">{say.pcs(seen.length, pcs.length)}</a>
              </p>
            )}
          </div>
          {read.strip !== undefined && <HomeStrip ctx={ctx} strip={read.strip} />}
        </>
      }
    />
  )
}

function HomeStrip(props: { ctx: SignedCtx; strip: NonNullable<Home['strip']> }): VNode {
  const { ctx, strip } = props
  const say = ownerWords(ctx.lang).home
  const reading = { lang: ctx.lang, now: ctx.now }
  const ago = (hours: number): string => sayTime(reading, ctx.now - hours * 3_600_000, 'plain')
  return (
    <Strip
      hours={strip.hours}
      label={say.stripLabel(strip.name)}
      legend={say.stripLegend(strip.name)}
      scale={[ago(23), ago(12), say.stripNow]}
    />
  )
}

function NotWatching(props: { ctx: SignedCtx; home: Home }): VNode {
  const { ctx, home: read } = props
  const say = ownerWords(ctx.lang).home
  const { state } = read.watch
  if (state.kind !== 'not-watching') throw new Error('BUG: another state')
  const [first] = state.unwatched
  if (first === undefined || first.lastReceivedAt === null) {
    return (
      <State
        state="unwatched"
        mark={<Mark mark="unwatched">{say.unwatched.mark}</Mark>}
        sentence={say.unwatched.ours}
        when={ctx.now}
        text={say.unwatched.oursText}
      />
    )
  }
  const reading = { lang: ctx.lang, now: ctx.now }
  const when = sayTime(reading, first.lastReceivedAt, 'plain')
  const rhythm = first.cadenceSeconds === null ? undefined : first.cadenceSeconds * 1_000
  const every =
    rhythm === undefined ? undefined : ownerWords(ctx.lang).devices.every(sayAge(ctx.lang, rhythm))
  return (
    <State
      state="unwatched"
      mark={<Mark mark="unwatched">{say.unwatched.mark}</Mark>}
      sentence={
        state.unwatched.length > 1
          ? say.unwatched.several(state.unwatched.length)
          : say.unwatched.sentence(first.name, sayAge(ctx.lang, ctx.now - first.lastReceivedAt))
      }
      when={ctx.now}
      text={every === undefined ? say.unwatched.noRhythm(when) : say.unwatched.text(when, every)}
    >
      <p class="mm-state__text">{state.ourFault ? say.unwatched.oursText : say.unwatched.act}</p>
    </State>
  )
}

function Recent(props: { ctx: SignedCtx; home: Home }): VNode {
  const { ctx, home: read } = props
  const say = ownerWords(ctx.lang).home
  const { recent } = read.watch.notices
  return (
    <Section id="recent" head={say.recent}>
      {recent.length === 0 ? (
        <p>{say.recentNone}</p>
      ) : (
        <List>
          {recent.map((notice) => (
            <Row
              key={notice.id}
              href={`/notices/${notice.id}`}
              main={<Phrased text={notice.title[ctx.lang]} />}
              sub={
                <>
                  <Time at={notice.handedAt ?? notice.madeAt} form="plain" />
                  {'・'}
                  {notice.answerLabel
                    ? say.sentAnswer(notice.answerLabel[ctx.lang])
                    : notice.severity === 'info'
                      ? say.nothingToDo
                      : say.toAnswer}
                </>
              }
            />
          ))}
        </List>
      )}
      <p>
        <a class="mm-link" href="/notices">
          {say.history}
        </a>
      </p>
    </Section>
  )
}
