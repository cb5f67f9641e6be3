import type { VNode } from 'preact'
import { type Company, listCompanies } from '../../company/index.ts'
import { canaries, type HeardSensor, listSensors, openSilences } from '../../device/index.ts'
import {
  type Answer,
  Banner,
  ConsolePage,
  Facts,
  Mark,
  type RouteSpec,
  route,
  type SignedCtx,
  sayAge,
  sayCount,
  sayTime,
  Table,
  Time,
} from '../../http/index.ts'
import { day } from '../../base/time.ts'
import { heldSenders, receiverIncidents } from '../../ingest/index.ts'
import { mailTroubles } from '../../notice/index.ts'
import { ConditionMark } from './condition.tsx'
import { Head, Panel } from './panel.tsx'
import type { ProviderParts, ProviderState } from './parts.ts'
import { providerNav, providerWords, wordOr } from './say.ts'

async function readWatch(ctx: SignedCtx) {
  return ctx.within(async (tx) => {
    const companies = await listCompanies(tx)
    const ids = companies.map((company) => company.id)
    return {
      companies,
      sensors: await listSensors(tx, ids, ctx.now),
      silences: await openSilences(tx, ids),
      beats: await canaries(tx),
      held: await heldSenders(tx),
      mail: await mailTroubles(tx, { companies: ids }),
      lost: await receiverIncidents(tx, ctx.now - 7 * day),
    }
  })
}

type Read = Awaited<ReturnType<typeof readWatch>>

/** The state of the watch itself: what is silent, whether our own canaries come round, what waits. */
export function watchRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/watch',
      area: 'provider',
      async handle(ctx: SignedCtx): Promise<Answer> {
        return { page: <WatchPage ctx={ctx} read={await readWatch(ctx)} state={parts.state()} /> }
      },
    }),
  ]
}

function WatchPage(props: { ctx: SignedCtx; read: Read; state: ProviderState | undefined }): VNode {
  const { ctx, read, state } = props
  const say = providerWords(ctx.lang)
  return (
    <ConsolePage ctx={ctx} title={say.watch.title} nav={providerNav(ctx)} current="watch">
      <Head title={say.watch.title} />
      {state?.detector.rules.red === true && (
        <Banner tone="now">
          <p>{say.noRules}</p>
        </Banner>
      )}
      <Silences ctx={ctx} read={read} />
      <Sensors ctx={ctx} read={read} />
      <Canaries ctx={ctx} read={read} />
      {state !== undefined && <Machine ctx={ctx} state={state} lost={read.lost} />}
      <Panel id="held" head={say.watch.held}>
        <p>
          {read.held.length === 0 ? (
            say.watch.heldNone
          ) : (
            <a href="/holding">{say.watch.heldCount(read.held.length)}</a>
          )}
        </p>
      </Panel>
      {read.mail.length > 0 && (
        <Panel id="mail" head={say.watch.mail}>
          <ul class="mm-list">
            {read.mail.map((each) => (
              <li class="mm-list__item" key={`${each.notice}-${each.person}`}>
                <span class="mm-list__main">
                  {each.number} {each.person}
                </span>
                <span class="mm-list__side">
                  <Mark mark={each.severity} />
                </span>
                <span class="mm-list__sub">{each.error}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </ConsolePage>
  )
}

function nameOf(companies: readonly Company[], id: string): string {
  return companies.find((company) => company.id === id)?.name ?? ''
}

function Silences(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).watch
  const reading = { lang: ctx.lang, now: ctx.now }
  return (
    <Panel id="silences" head={say.silences} aside={sayCount(read.silences.length)}>
      {read.silences.length === 0 ? (
        <p>{say.noSilences}</p>
      ) : (
        <ul class="mm-list">
          {read.silences.map((each) => (
            <li class="mm-list__item" key={each.id}>
              <span class="mm-list__main">
                <a href={`/sensors/${each.sensor}`}>{each.name}</a>　{nameOf(read.companies, each.company)}
              </span>
              <span class="mm-list__side">
                <Mark mark="unwatched" />
              </span>
              <span class="mm-list__sub">
                {say.since(sayTime(reading, each.since, 'plain'))}（{sayAge(ctx.lang, ctx.now - each.since)}
                ）・
                {each.ownerAt === null
                  ? say.ownerNot
                  : say.ownerTold(sayTime(reading, each.ownerAt, 'plain'))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const order = { unwatched: 0, suspect: 1, preparing: 2, heard: 3 } as const

function Sensors(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang)
  const sorted = [...read.sensors].sort((a, b) => order[a.condition] - order[b.condition])
  return (
    <Panel id="sensors" head={say.watch.sensors} aside={sayCount(read.sensors.length)}>
      <Table
        label={say.watch.sensors}
        dense
        head={[
          say.watch.sensor,
          say.watch.company,
          say.watch.state,
          say.sensor.lastHeard,
          say.sensor.rhythm,
          { text: say.sensor.lines, num: true },
          { text: say.sensor.unreadable, num: true },
        ]}
        rows={sorted.map((sensor) => sensorRow(ctx, read, sensor))}
      />
    </Panel>
  )
}

function sensorRow(ctx: SignedCtx, read: Read, sensor: HeardSensor) {
  const say = providerWords(ctx.lang).sensor
  return {
    key: sensor.id,
    cells: [
      <a href={`/sensors/${sensor.id}`}>{sensor.deviceNickname ?? sensor.name}</a>,
      nameOf(read.companies, sensor.company),
      <ConditionMark lang={ctx.lang} condition={sensor.condition} />,
      sensor.lastReceivedAt === null ? say.never : <Time at={sensor.lastReceivedAt} form="ago" />,
      sensor.cadenceSeconds === null ? say.learning : say.seconds(sensor.cadenceSeconds),
      sayCount(sensor.lines),
      sayCount(sensor.unreadable),
    ],
  }
}

function Canaries(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).watch
  const reading = { lang: ctx.lang, now: ctx.now }
  return (
    <Panel id="canaries" head={say.canaries}>
      <Facts
        rows={read.beats.map((beat) => ({
          name: beat.receiver,
          value:
            beat.closedSentAt === null
              ? say.canaryNever
              : say.canaryClosed(sayTime(reading, beat.closedSentAt, 'ago')),
        }))}
      />
    </Panel>
  )
}

function Machine(props: { ctx: SignedCtx; state: ProviderState; lost: Read['lost'] }): VNode {
  const { ctx, state } = props
  const say = providerWords(ctx.lang).watch
  const { detector, receivers } = state
  return (
    <Panel id="machine" head={say.receivers}>
      <Facts
        rows={[
          ...props.lost.map((each) => ({
            name: `${each.receiver}：${wordOr(say.lost, each.kind)}`,
            value: sayCount(each.count),
          })),
          { name: 'syslog UDP', value: say.received(sayCount(receivers.udp.received)) },
          { name: 'syslog TCP', value: sayCount(receivers.tcp.connections) },
          { name: say.lag, value: detector.lagMs === 0 ? say.lagNone : sayAge(ctx.lang, detector.lagMs) },
          ...(detector.setAside.length === 0
            ? []
            : [
                {
                  name: say.setAside,
                  value: detector.setAside.map((each) => `${each.no}: ${each.reason}`).join('、'),
                },
              ]),
        ]}
      />
    </Panel>
  )
}
