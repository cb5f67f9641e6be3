import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { prefectureName } from '../../../base/prefecture.ts'
import {
  type Answer,
  Banner,
  blankForm,
  CheckField,
  Code,
  Facts,
  failForm,
  Form,
  type FormState,
  field,
  List,
  Note,
  readForm,
  type RouteSpec,
  Row,
  route,
  type SignedCtx,
  Table,
  TextArea,
  Time,
} from '../../../http/index.ts'
import {
  type Application,
  applicantPaths,
  deskRows,
  entriesForDesk,
  type Entry,
  type EntryEvent,
  type EntryStatus,
  findEntry,
  mayBecome,
  setEntryStatus,
  standingOf,
} from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import type { ProviderParts } from '../parts.ts'
import { DeskPage, mustOwnRegistry } from './frame.tsx'
import { deskPaths, sayDesk, starsOf } from './say.ts'

type Read = {
  readonly entry: Entry & { readonly history: readonly EntryEvent[] }
  readonly standing: Application | undefined
}

const path = '/register-desk/entries/:entry'
const ids = { entry: 'entry' } as const
const numberOf = (ctx: SignedCtx): string => ctx.params['entry'] ?? ''

/** The name of the act in the address, and the state it leads to. */
const acts = { suspension: 'suspended', resumption: 'active', stopping: 'stopped' } as const
const actTo: Readonly<Record<EntryStatus, keyof typeof acts>> = {
  suspended: 'suspension',
  active: 'resumption',
  stopped: 'stopping',
}

async function shown(ctx: SignedCtx, form: FormState = blankForm(), to?: EntryStatus): Promise<Answer> {
  await mustOwnRegistry(ctx)
  const read = await ctx.within(async (tx) => ({
    entry: await findEntry(tx, numberOf(ctx)),
    standing: await standingOf(tx, numberOf(ctx)),
  }))
  if (read.entry === undefined) throw fault('NOT_FOUND')
  return {
    page: <EntryPage ctx={ctx} read={{ ...read, entry: read.entry }} form={form} to={to} />,
    status: form.errors.length > 0 ? 422 : 200,
  }
}

/** Several forms of the page ask for a reason: each has a field of its own. */
const reasonField = (to: EntryStatus): string => `reason-${to}`
// The public history holds 400 characters of a reason.
const reasonShape = (to: EntryStatus) => z.object({ [reasonField(to)]: field.text({ max: 400 }) })

/** The entries of the register, to be found, suspended, resumed and stopped. */
export function entryRoutes({ access }: Pick<ProviderParts, 'access'>): readonly RouteSpec[] {
  const change = (act: keyof typeof acts): RouteSpec =>
    route({
      method: 'POST',
      path: `${path}/${act}`,
      area: 'provider',
      ids,
      async handle(ctx: SignedCtx): Promise<Answer> {
        const say = sayDesk(ctx.lang).entries
        const to = acts[act]
        const read = readForm(ctx, reasonShape(to), { [reasonField(to)]: say.reason })
        if (!read.ok) return shown(ctx, read.form, to)
        if (to === 'stopped' && ctx.form['confirm'] !== 'yes')
          return shown(ctx, failForm(ctx, { confirm: say.needConfirm }), to)
        const asked = { number: numberOf(ctx), status: to, reason: read.value[reasonField(to)] ?? '' }
        await setEntryStatus({ access, actor: ctx.actor }, asked, ctx.now)
        return { redirect: `${deskPaths.entry(numberOf(ctx))}?done=${to}` }
      },
    })
  return [
    route({ method: 'GET', path: deskPaths.entries, area: 'provider', handle: listed }),
    route({ method: 'GET', path, area: 'provider', ids, handle: (ctx: SignedCtx) => shown(ctx) }),
    change('suspension'),
    change('resumption'),
    change('stopping'),
  ]
}

async function listed(ctx: SignedCtx): Promise<Answer> {
  const registry = await mustOwnRegistry(ctx)
  const typed = ctx.query['q'] ?? ''
  const found = await ctx.within((tx) => entriesForDesk(tx, { typed, code: registry.code }))
  return { page: <EntriesPage ctx={ctx} typed={typed} found={found} /> }
}

function EntriesPage(props: { ctx: SignedCtx; typed: string; found: readonly Entry[] }): VNode {
  const { ctx, typed, found } = props
  const say = sayDesk(ctx.lang).entries
  return (
    <DeskPage ctx={ctx} title={say.title} tab="entries" say={say.lead}>
      <form class="mm-cluster" method="get" action={deskPaths.entries} role="search">
        <label class="mm-field__label" for="q">
          {say.search}
        </label>
        <input class="mm-input" id="q" name="q" value={typed} autocomplete="off" />
        <button class="mm-button" data-size="sm" data-kind="secondary">
          {say.find}
        </button>
      </form>
      {found.length === 0 ? (
        <p>{typed === '' ? say.none : say.noHit(typed)}</p>
      ) : (
        <Table
          label={say.title}
          dense
          stack
          head={[say.name, say.number, say.level, say.place, say.declaredOn, say.status]}
          rows={found.map((entry) => ({
            key: entry.number,
            cells: [
              <a href={deskPaths.entry(entry.number)}>{entry.name}</a>,
              <Code>{entry.number}</Code>,
              starsOf(entry.level, ctx.lang),
              prefectureName(entry.prefecture, ctx.lang),
              entry.declaredOn,
              say.statuses[entry.status],
            ],
          }))}
        />
      )}
      {found.length === deskRows && <Note>{say.some(deskRows)}</Note>}
    </DeskPage>
  )
}

function EntryPage(props: {
  ctx: SignedCtx
  read: Read
  form: FormState
  /** Which of the forms has the errors. */
  to: EntryStatus | undefined
}): VNode {
  const { ctx, read, form } = props
  const say = sayDesk(ctx.lang).entries
  const { entry, standing } = read
  const done = (['active', 'suspended', 'stopped'] as const).find((one) => one === ctx.query['done'])
  return (
    <DeskPage
      ctx={ctx}
      title={entry.name}
      tab="entries"
      form={form}
      say={
        <>
          <Code>{entry.number}</Code>・{starsOf(entry.level, ctx.lang)}・{say.statuses[entry.status]}
        </>
      }
    >
      <p class="mm-crumb">
        <a href={deskPaths.entries}>{say.back}</a>
      </p>
      {done !== undefined && (
        <Banner tone="ok">
          <p>{say.done[done]}</p>
        </Banner>
      )}
      <Facts
        rows={[
          { name: say.declaredOn, value: entry.declaredOn },
          { name: say.place, value: prefectureName(entry.prefecture, ctx.lang) },
          {
            name: say.status,
            value: say.statuses[entry.status],
            note: <Time at={entry.statusSince} form="full" />,
          },
        ]}
      />
      <p class="mm-cluster">
        <a href={applicantPaths.entry(entry.number)}>{say.publicPage}</a>
        {standing !== undefined && <a href={deskPaths.application(standing.id)}>{say.from}</a>}
      </p>
      {standing === undefined && <Note>{say.own}</Note>}
      {mayBecome[entry.status].map((to) => (
        <StatusForm
          key={to}
          ctx={ctx}
          number={entry.number}
          to={to}
          form={props.to === to ? form : undefined}
        />
      ))}
      <Panel id="history" head={say.history}>
        <List>
          {entry.history.map((event) => (
            <Row
              key={`${event.at} ${event.kind}`}
              main={`${say.events[event.kind]}・${say.by[event.by]}`}
              side={<Time at={event.at} form="full" />}
              {...(event.reason !== undefined && { sub: event.reason })}
            />
          ))}
        </List>
      </Panel>
    </DeskPage>
  )
}

function StatusForm(props: {
  ctx: SignedCtx
  number: string
  to: EntryStatus
  form: FormState | undefined
}): VNode {
  const { ctx, number, to } = props
  const say = sayDesk(ctx.lang).entries
  const form = props.form ?? blankForm()
  return (
    <Panel id={to} head={say.actHeads[to]}>
      <p>{say.actTexts[to]}</p>
      <Form
        action={`${deskPaths.entry(number)}/${actTo[to]}`}
        submit={say.acts[to]}
        form={form}
        kind={to === 'stopped' ? 'danger' : 'secondary'}
      >
        <TextArea form={form} name={reasonField(to)} label={say.reason} required rows={2} />
        {to === 'stopped' && <CheckField form={form} name="confirm" label={say.confirmStop} required />}
      </Form>
    </Panel>
  )
}
