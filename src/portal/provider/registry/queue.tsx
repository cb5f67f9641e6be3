import type { VNode } from 'preact'
import { prefectureName } from '../../../base/prefecture.ts'
import {
  type Answer,
  LinkButton,
  Mark,
  Note,
  type RouteSpec,
  route,
  type SignedCtx,
  Table,
  type TableRow,
  Tag,
  Time,
} from '../../../http/index.ts'
import { recentlySettled, reviewQueue, type Waiting } from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import { DeskPage, mayOpenOne, ownRegistry } from './frame.tsx'
import { deskPaths, sayDesk, starsOf } from './say.ts'

type Read = {
  readonly review: readonly Waiting[]
  readonly asked: readonly Waiting[]
  readonly settled: readonly Waiting[]
  readonly all: number
}

/** What waits for a person of the register, with the reasons; or how a register is opened. */
export function queueRoutes(): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: deskPaths.queue,
      area: 'provider',
      async handle(ctx: SignedCtx): Promise<Answer> {
        const registry = await ownRegistry(ctx)
        if (registry === undefined) return { page: <EmptyPage ctx={ctx} mayOpen={await mayOpenOne(ctx)} /> }
        const read = await ctx.within(async (tx) => ({
          ...(await reviewQueue(tx)),
          settled: await recentlySettled(tx, ctx.now),
        }))
        return { page: <QueuePage ctx={ctx} read={read} /> }
      },
    }),
  ]
}

function EmptyPage(props: { ctx: SignedCtx; mayOpen: boolean }): VNode {
  const { ctx } = props
  const say = sayDesk(ctx.lang)
  return (
    <DeskPage ctx={ctx} title={say.title} tab="queue">
      <p>{say.notOpen}</p>
      {props.mayOpen && <p>{say.notOpenLead}</p>}
      {props.mayOpen &&
        (ctx.actor.role === 'admin' ? (
          <p>
            <LinkButton href={deskPaths.settings} kind="primary">
              {say.openSettings}
            </LinkButton>
          </p>
        ) : (
          <p>{say.askAdmin}</p>
        ))}
    </DeskPage>
  )
}

function QueuePage(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = sayDesk(ctx.lang)
  const waiting = read.review.length + read.asked.length
  return (
    <DeskPage ctx={ctx} title={say.title} tab="queue" say={say.queue.lead(read.all)}>
      <Panel id="review" head={say.queue.reviewHead}>
        <Lines ctx={ctx} label={say.queue.reviewHead} rows={read.review} none={say.queue.none} />
        {read.all > waiting && <Note>{say.queue.most(read.all)}</Note>}
      </Panel>
      <Panel id="asked" head={say.queue.askedHead}>
        <Lines ctx={ctx} label={say.queue.askedHead} rows={read.asked} none={say.queue.noneAsked} />
      </Panel>
      <Panel id="settled" head={say.queue.settledHead}>
        <Lines
          ctx={ctx}
          label={say.queue.settledHead}
          rows={read.settled}
          none={say.queue.noneSettled}
          done
        />
      </Panel>
    </DeskPage>
  )
}

function Lines(props: {
  ctx: SignedCtx
  label: string
  rows: readonly Waiting[]
  none: string
  /** Decided: what came of it instead of what is due. */
  done?: boolean
}): VNode {
  const { ctx, rows } = props
  const say = sayDesk(ctx.lang).queue
  if (rows.length === 0) return <p>{props.none}</p>
  return (
    <Table
      label={props.label}
      dense
      stack
      head={[
        say.name,
        say.kind,
        say.reasons,
        say.level,
        say.place,
        say.since,
        props.done ? say.status : say.due,
      ]}
      rows={rows.map((row) => lineOf(ctx, row, props.done ?? false))}
    />
  )
}

function lineOf(ctx: SignedCtx, row: Waiting, done: boolean): TableRow {
  const say = sayDesk(ctx.lang)
  const late = !done && row.dueAt < ctx.now
  return {
    key: row.id,
    cells: [
      <a href={deskPaths.application(row.id)}>{row.name}</a>,
      say.queue.kinds[row.kind],
      <ul class="mm-bullets">
        {row.reasons.map(({ reason, weight }) => (
          <li key={reason}>
            {say.reasons[reason]} {weight === 'weak' && <Tag>{say.weak}</Tag>}
          </li>
        ))}
      </ul>,
      starsOf(row.level === 'SA2' ? 'SA2' : 'SA1', ctx.lang),
      prefectureName(row.prefecture, ctx.lang),
      <Time at={row.confirmedAt} />,
      done ? (
        say.states[row.state]
      ) : late ? (
        <Mark mark="today">{say.queue.late}</Mark>
      ) : (
        <Time at={row.dueAt} form="day" />
      ),
    ],
  }
}
