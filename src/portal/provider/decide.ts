import {
  type ClosingReason,
  closingReasons,
  type Decision,
  decide,
  findAlert,
  withdraw,
} from '../../alert/index.ts'
import { fault } from '../../base/fault.ts'
import { day, fromJst, hour, type Instant, jst } from '../../base/time.ts'
import { doneTask, openCase } from '../../case/index.ts'
import { type Answer, type RouteSpec, route, type SignedCtx } from '../../http/index.ts'

type Kind = Decision['kind']

/** What a form says, as a decision. Faults: BAD_INPUT for what no button of ours sends. */
function readDecision(ctx: SignedCtx, kind: Kind): Decision {
  const note = (ctx.form['note'] ?? '').trim().slice(0, 500)
  switch (kind) {
    case 'closing': {
      const reason = closingReasons.find((each: ClosingReason) => each === ctx.form['reason'])
      if (reason === undefined) throw fault('BAD_INPUT', { field: 'reason' })
      return { kind, reason, note }
    }
    case 'merge':
      return { kind, into: idIn(ctx, 'into') }
    case 'later':
      return { kind, until: untilOf(ctx.form['until'], ctx.now) }
    case 'assignment':
      return { kind, assignee: ctx.form['assignee'] ? idIn(ctx, 'assignee') : null }
    case 'question':
      return { kind, note }
    case 'case':
      return { kind }
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function idIn(ctx: SignedCtx, field: string): string {
  const id = ctx.form[field] ?? ''
  if (!uuid.test(id)) throw fault('BAD_INPUT', { field })
  return id
}

function untilOf(choice: string | undefined, now: Instant): Instant {
  if (choice === '1h') return now + hour
  if (choice === '4h') return now + 4 * hour
  if (choice === 'tomorrow') {
    const { year, month, day: date } = jst(now + day)
    return fromJst({ year, month, day: date, hour: 9 })
  }
  throw fault('BAD_INPUT', { field: 'until' })
}

async function mustSee(ctx: SignedCtx): Promise<string> {
  const id = ctx.params['alert'] ?? ''
  const found = await ctx.within((tx) => findAlert(tx, id))
  if (found === undefined) throw fault('NOT_FOUND')
  return id
}

/** The next row of the list is not chosen here: the page keeps its place, and the chosen row stays in view where it still stands. */
function backTo(ctx: SignedCtx, done: string, undo?: string): Answer {
  const from = ctx.form['from'] === 'alert' ? `/alerts/${ctx.params['alert'] ?? ''}` : '/queue'
  const query = new URLSearchParams({ done, ...(undo === undefined ? {} : { undo }) })
  if (done === 'assignment' || done === 'question') query.set('alert', ctx.params['alert'] ?? '')
  return { redirect: `${from}?${query}` }
}

function decision(kind: Kind): RouteSpec {
  return route({
    method: 'POST',
    path: `/alerts/:alert/${kind}`,
    area: 'provider',
    ids: { alert: 'alert' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const alert = await mustSee(ctx)
      const { id } = await decide(ctx.db, ctx.actor, {
        alert,
        decision: readDecision(ctx, kind),
        now: ctx.now,
      })
      if (kind !== 'case') return backTo(ctx, kind, id)
      const opened = await openCase(ctx.db, ctx.actor, { alert, now: ctx.now })
      return { redirect: `/cases/${opened}?done=case` }
    },
  })
}

const withdrawal = route({
  method: 'POST',
  path: '/decisions/:decision/withdrawal',
  area: 'provider',
  ids: { decision: 'decision' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { alert } = await withdraw(ctx.db, ctx.actor, {
      decision: ctx.params['decision'] ?? '',
      now: ctx.now,
    })
    return { redirect: `/queue?alert=${alert}&done=withdrawn` }
  },
})

const outcome = route({
  method: 'POST',
  path: '/tasks/:task/outcome',
  area: 'provider',
  ids: { task: 'task' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const said = ctx.form['outcome']
    if (said !== 'reached' && said !== 'not-reached' && said !== 'done' && said !== 'not-done') {
      throw fault('BAD_INPUT', { field: 'outcome' })
    }
    await doneTask(ctx.db, ctx.actor, { task: ctx.params['task'] ?? '', outcome: said, now: ctx.now })
    const from = ctx.form['case']
    if (from !== undefined && uuid.test(from)) return { redirect: `/cases/${from}` }
    const alert = ctx.form['alert'] ?? ''
    return {
      redirect: uuid.test(alert) ? `/queue?alert=${alert}&done=called` : '/queue?done=called',
    }
  },
})

/** What an analyst decides on an alert, each with its undo. */
export const decideRoutes: readonly RouteSpec[] = [
  decision('case'),
  decision('merge'),
  decision('closing'),
  decision('question'),
  decision('later'),
  decision('assignment'),
  withdrawal,
  outcome,
]
