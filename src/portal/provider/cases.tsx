import type { VNode } from 'preact'
import { caseList, type CaseRow } from '../../case/index.ts'
import {
  type Answer,
  ConsolePage,
  Mark,
  route,
  type SignedCtx,
  sayCount,
  Table,
  Time,
} from '../../http/index.ts'
import { Head, Panel } from './panel.tsx'
import { queueWords } from './queue-words.ts'
import { providerNav } from './say.ts'

/** The cases: open ones by their next promise, and what was closed. */
export const cases = route({
  method: 'GET',
  path: '/cases',
  area: 'provider',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const companies = ctx.actor.scope
    const read = await ctx.within(async (tx) => ({
      open: await caseList(tx, { companies, state: 'open', limit: 200 }),
      closed: await caseList(tx, { companies, state: 'closed', limit: 50 }),
    }))
    return { page: <CasesPage ctx={ctx} open={read.open} closed={read.closed} /> }
  },
})

function CasesPage(props: { ctx: SignedCtx; open: readonly CaseRow[]; closed: readonly CaseRow[] }): VNode {
  const { ctx, open, closed } = props
  const say = queueWords(ctx.lang).cases
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="cases">
      <Head title={say.title} say={open.length === 0 ? say.none : say.lead(open.length)} />
      {open.length > 0 && <Rows ctx={ctx} rows={open} label={say.title} />}
      {closed.length > 0 && (
        <Panel id="closed" head={say.closedHead}>
          <Rows ctx={ctx} rows={closed} label={say.closedHead} />
        </Panel>
      )}
    </ConsolePage>
  )
}

function Rows(props: { ctx: SignedCtx; rows: readonly CaseRow[]; label: string }): VNode {
  const { ctx } = props
  const say = queueWords(ctx.lang)
  return (
    <Table
      label={props.label}
      dense
      head={[
        say.cases.number,
        say.severity,
        say.cases.about,
        say.company,
        say.cases.next,
        { text: say.cases.tasks, num: true },
        say.cases.opened,
      ]}
      rows={props.rows.map((row) => ({
        key: row.id,
        cells: [
          <a href={`/cases/${row.id}`}>{row.number}</a>,
          <Mark mark={row.severity} />,
          row.title[ctx.lang],
          `${row.companyName} ${row.code}`,
          row.nextDueAt === null ? '' : <Time at={row.nextDueAt} form="plain" />,
          sayCount(row.openTasks),
          <Time at={row.openedAt} form="plain" />,
        ],
      }))}
    />
  )
}
