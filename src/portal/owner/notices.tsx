import type { VNode } from 'preact'
import { jst } from '../../base/time.ts'
import { ownerIncidents } from '../../case/index.ts'
import {
  type Answer,
  List,
  Mark,
  OwnerPage,
  Phrased,
  route,
  Row,
  Section,
  type SignedCtx,
  Tag,
  Time,
  Title,
} from '../../http/index.ts'
import { listNotices, type NoticeRow } from '../../notice/index.ts'
import { ownerNav, ownerWords } from './say.ts'

/** Everything that was sent to this company, by month, newest first. */
export const notices = route({
  method: 'GET',
  path: '/notices',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const read = await ctx.inCompany(company, async (tx) => ({
      rows: await listNotices(tx, { companies: [company], state: 'all', limit: 200 }),
      incidents: await ownerIncidents(tx, ctx.actor),
    }))
    return {
      page: (
        <NoticesPage
          ctx={ctx}
          rows={read.rows.filter((row) => row.state !== 'waiting')}
          incidents={read.incidents}
        />
      ),
    }
  },
})

function NoticesPage(props: {
  ctx: SignedCtx
  rows: readonly NoticeRow[]
  incidents: Awaited<ReturnType<typeof ownerIncidents>>
}): VNode {
  const { ctx, rows } = props
  const say = ownerWords(ctx.lang)
  const months = [...Map.groupBy(rows, (row) => monthOf(row)).entries()]
  return (
    <OwnerPage ctx={ctx} title={say.notices.title} nav={ownerNav(ctx.lang)} current="notices" width="reading">
      <Title>{say.notices.title}</Title>
      <p class="mm-lead">{rows.length === 0 ? say.notices.none : say.notices.lead}</p>
      {months.map(([month, each]) => {
        const [year = 0, number = 1] = month.split('-').map(Number)
        return (
          <Section key={month} id={`month-${month}`} head={say.notices.month(year, number)}>
            <List>
              {each.map((row) => (
                <NoticeLine key={row.id} ctx={ctx} row={row} />
              ))}
            </List>
          </Section>
        )
      })}
      {props.incidents.length > 0 && (
        <Section id="incidents" head={say.incident.list}>
          <List>
            {props.incidents.map((incident) => (
              <Row
                key={incident.id}
                href={`/incidents/${incident.id}`}
                main={incident.title[ctx.lang]}
                side={incident.closedAt === null ? undefined : <Mark mark="ended" />}
                sub={
                  <>
                    {say.incident.eyebrow(incident.number)}・<Time at={incident.openedAt} form="plain" />
                  </>
                }
              />
            ))}
          </List>
        </Section>
      )}
    </OwnerPage>
  )
}

function monthOf(row: NoticeRow): string {
  const { year, month } = jst(row.madeAt)
  return `${year}-${month}`
}

function NoticeLine(props: { ctx: SignedCtx; row: NoticeRow }): VNode {
  const { ctx, row } = props
  const say = ownerWords(ctx.lang)
  const answered = row.answerLabel === null ? undefined : say.home.sentAnswer(row.answerLabel[ctx.lang])
  const quiet =
    row.severity === 'info' && row.state === 'open' ? say.home.nothingToDo : say.notices.state[row.state]
  return (
    <Row
      href={`/notices/${row.id}`}
      main={<Phrased text={row.title[ctx.lang]} />}
      side={
        row.state === 'open' && row.severity !== 'info' ? (
          <Mark mark={row.severity} />
        ) : (
          <Tag>{say.notices.state[row.state === 'open' ? 'over' : row.state]}</Tag>
        )
      }
      sub={
        <>
          <Time at={row.handedAt ?? row.madeAt} form="plain" />・{answered ?? quiet}
        </>
      }
    />
  )
}
