import type { VNode } from 'preact'
import { type PledgeItem, selfCheckFacts } from '../../../catalogue/index.ts'
import { type Unerased, unerasedDevices } from '../../../evidence/index.ts'
import {
  type Answer,
  Banner,
  Hidden,
  type Lang,
  LinkButton,
  List,
  OwnerPage,
  Record,
  route,
  Row,
  sayCount,
  Section,
  type SignedCtx,
  Table,
  Title,
} from '../../../http/index.ts'
import { type Closing, itemsOf, newestEdition, type Task, tasksOf } from '../../../pledge/index.ts'
import { sayToDo } from '../../../self-check/index.ts'
import { ownerNav } from '../say.ts'
import { EvidenceLines } from './evidence.tsx'
import { basicsWords, sayCost, sayDay, sayMinutes } from './say.ts'

type Read = {
  readonly open: readonly Task[]
  readonly closed: readonly Closing[]
  readonly unerased: readonly Unerased[]
}

async function readList(ctx: SignedCtx): Promise<Read> {
  const company = ctx.actor.organisation
  return ctx.inCompany(company, async (tx) => ({
    ...(await tasksOf(tx, company, ctx.now)),
    unerased: await unerasedDevices(tx, company),
  }))
}

/** Everything the company has to do, three first. */
export const toDos = route({
  method: 'GET',
  path: '/to-dos',
  area: 'owner',
  handle: async (ctx: SignedCtx): Promise<Answer> => ({
    page: <ToDosPage ctx={ctx} {...(await readList(ctx))} />,
  }),
})

/** The same as a table with room for a day and a name. */
export const printed = route({
  method: 'GET',
  path: '/to-dos/print',
  area: 'owner',
  handle: async (ctx: SignedCtx): Promise<Answer> => ({
    page: <PrintPage ctx={ctx} {...(await readList(ctx))} />,
  }),
})

const basicItem = (key: string): PledgeItem | undefined =>
  itemsOf(newestEdition()).find((one) => one.key === key)

/** What a task is called: what to do about a question, or the item's title. */
export function titleOf(lang: Lang, task: Pick<Task, 'key' | 'why'> & { ask?: string }): string {
  const ask = task.ask ?? selfCheckFacts().questions.get(task.key)?.ask ?? ''
  if (task.key.startsWith('sc.') && task.why !== 'unticked') {
    return sayToDo(lang, { key: task.key, why: task.why, ask })
  }
  const name = task.key.slice(task.key.indexOf('.') + 1)
  const title = basicItem(`pl.${name}`)?.[lang].title ?? name
  return task.key.startsWith('ev.') ? basicsWords(lang).toDos.mended(title) : title
}

function askWords(lang: Lang, task: Task): string {
  return selfCheckFacts().scoring.ask_roles.find((role) => role.id === task.ask)?.[lang] ?? ''
}

function sum(tasks: readonly Task[], of: 'minutes' | 'yen'): number {
  return tasks.reduce((total, task) => total + task[of], 0)
}

const first = 3

function ToDosPage(props: Read & { ctx: SignedCtx }): VNode {
  const { ctx, open } = props
  const say = basicsWords(ctx.lang).toDos
  return (
    <OwnerPage ctx={ctx} title={say.title} nav={ownerNav(ctx.lang)} current="stars" width="reading">
      <DoneBanner ctx={ctx} />
      <Title>{say.title}</Title>
      {open.length === 0 ? (
        <>
          <p class="mm-lead">{say.none}</p>
          <p>{say.noneText}</p>
          <LinkButton href="/self-check">{say.check}</LinkButton>
        </>
      ) : (
        <p class="mm-lead">
          {say.total(open.length, sayMinutes(ctx.lang, sum(open, 'minutes')), sayCount(sum(open, 'yen')))}
        </p>
      )}
      {open.length > 0 && (
        <Section id="next" head={say.three}>
          <Tasks ctx={ctx} tasks={open.slice(0, first)} from={1} />
        </Section>
      )}
      {open.length > first && (
        <Record summary={say.rest(open.length - first)}>
          <Tasks ctx={ctx} tasks={open.slice(first)} from={first + 1} />
        </Record>
      )}
      <Erasing {...props} />
      {props.closed.length > 0 && (
        <Record summary={say.doneHead(props.closed.length)}>
          <List>
            {props.closed.map((one) => (
              <Row
                key={`${one.key}${one.at}`}
                main={titleOf(ctx.lang, one)}
                sub={say.doneBy(sayDay(ctx.lang, one.doneOn), one.by)}
              />
            ))}
          </List>
        </Record>
      )}
      {open.length > 0 && (
        <p>
          <a class="mm-link" href="/to-dos/print">
            {say.print}
          </a>
        </p>
      )}
    </OwnerPage>
  )
}

function DoneBanner(props: { ctx: SignedCtx }): VNode | null {
  const say = basicsWords(props.ctx.lang).toDos
  const text = { closed: say.closed, erased: say.erased }[props.ctx.query['done'] ?? '']
  return text === undefined ? null : (
    <Banner tone="ok">
      <p>{text}</p>
    </Banner>
  )
}

function Tasks(props: { ctx: SignedCtx; tasks: readonly Task[]; from: number }): VNode {
  return (
    <ol>
      {props.tasks.map((task, at) => (
        <TaskRow key={`${task.key}${task.why}`} ctx={props.ctx} task={task} no={props.from + at} />
      ))}
    </ol>
  )
}

function TaskRow(props: { ctx: SignedCtx; task: Task; no: number }): VNode {
  const { ctx, task } = props
  const say = basicsWords(ctx.lang).toDos
  const title = titleOf(ctx.lang, task)
  const advice = selfCheckFacts().questions.get(task.key)?.[ctx.lang].advice
  const ask = askWords(ctx.lang, task)
  return (
    <li class="mm-next">
      <span class="mm-next__no" aria-hidden="true">
        {props.no}
      </span>
      <h3 class="mm-next__title">{title}</h3>
      <p class="mm-next__meta">
        {sayCost(ctx.lang, task)}
        {task.points > 0 && say.points(task.points)}
        <br />
        {say.why[task.why]}
        {ask !== '' && (
          <>
            <br />
            {say.ask(ask)}
          </>
        )}
      </p>
      {task.evidence.length > 0 && (
        <div>
          <EvidenceLines lang={ctx.lang} now={ctx.now} counts={task.evidence} />
        </div>
      )}
      {task.item === undefined && advice !== undefined && (
        <Record summary={say.open}>
          <p>{advice}</p>
        </Record>
      )}
      <p class="mm-cluster">
        {task.item !== undefined && (
          <a class="mm-link" href={`/basics/${task.item}`}>
            {say.open}
            <Hidden>{say.finishOf(title)}</Hidden>
          </a>
        )}
        {task.why !== 'unticked' && (
          <a class="mm-link" href={`/to-dos/closing?key=${encodeURIComponent(task.key)}`}>
            {say.finish}
            <Hidden>{say.finishOf(title)}</Hidden>
          </a>
        )}
      </p>
    </li>
  )
}

/** Devices out of use whose erasing nobody put on record. */
function Erasing(props: Read & { ctx: SignedCtx }): VNode | null {
  const { ctx, unerased } = props
  const say = basicsWords(ctx.lang).toDos
  if (unerased.length === 0) return null
  return (
    <Section id="erase" head={say.erase} note={say.eraseText}>
      <List>
        {unerased.map((device) => (
          <Row key={device.id} href={`/to-dos/erasures/${device.id}`} main={say.eraseAct(device.nickname)} />
        ))}
      </List>
    </Section>
  )
}

function PrintPage(props: Read & { ctx: SignedCtx }): VNode {
  const { ctx } = props
  const say = basicsWords(ctx.lang).toDos
  const { columns } = say
  return (
    <OwnerPage
      ctx={ctx}
      title={say.print}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="wide"
      back={{ href: '/to-dos', text: say.back }}
    >
      <Title>{say.title}</Title>
      <p class="mm-note">{say.printNote}</p>
      <Table
        label={say.title}
        head={[columns.what, columns.why, columns.ask, columns.cost, columns.day, columns.who]}
        rows={props.open.map((task) => ({
          key: `${task.key}${task.why}`,
          cells: [
            `□ ${titleOf(ctx.lang, task)}`,
            say.why[task.why],
            askWords(ctx.lang, task),
            sayCost(ctx.lang, task),
            '',
            '',
          ],
        }))}
      />
    </OwnerPage>
  )
}
