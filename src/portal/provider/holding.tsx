import type { VNode } from 'preact'
import { z } from 'zod'
import { fault, isFault } from '../../base/fault.ts'
import { listCompanies } from '../../company/index.ts'
import { agreeAddress, listCredentials, listSensors } from '../../device/index.ts'
import {
  type Answer,
  Banner,
  blankForm,
  Code,
  ConsolePage,
  failForm,
  field,
  Form,
  type FormState,
  HiddenField,
  type Option,
  readForm,
  type RouteSpec,
  route,
  SelectField,
  type SignedCtx,
  sayCount,
  Table,
  Time,
} from '../../http/index.ts'
import { adoptHeld, type HeldSender, heldSenders } from '../../ingest/index.ts'
import { Head, Panel } from './panel.tsx'
import type { ProviderParts } from './parts.ts'
import { providerNav, providerWords } from './say.ts'

const adoption = z.object({
  sensor: field.text({ max: 40 }),
  peer: field.text({ max: 60 }),
  port: field.number({ min: 1, max: 65_535 }),
})

type Read = {
  readonly held: readonly HeldSender[]
  readonly sensors: readonly (Option & { company: string })[]
}

async function readHolding(ctx: SignedCtx): Promise<Read> {
  return ctx.within(async (tx) => {
    const companies = await listCompanies(tx)
    const sensors = await listSensors(
      tx,
      companies.map((each) => each.id),
      ctx.now,
    )
    const nameOf = (id: string): string => companies.find((each) => each.id === id)?.name ?? ''
    return {
      held: await heldSenders(tx),
      sensors: sensors.map((sensor) => ({
        value: sensor.id,
        text: `${nameOf(sensor.company)}　${sensor.deviceNickname ?? sensor.name}`,
        company: sensor.company,
      })),
    }
  })
}

/** Lines of senders that nobody knows, and adopting them into a sensor. */
export function holdingRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/holding',
      area: 'provider',
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        page: <HoldingPage ctx={ctx} read={await readHolding(ctx)} form={blankForm()} />,
      }),
    }),
    route({
      method: 'POST',
      path: '/holding/adoptions',
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        const say = providerWords(ctx.lang).holding
        const read = readForm(ctx, adoption, { sensor: say.sensor, peer: say.peer, port: say.port })
        const holding = await readHolding(ctx)
        if (!read.ok) return { page: <HoldingPage ctx={ctx} read={holding} form={read.form} />, status: 422 }
        const adopted = await adopt(parts, ctx, { ...read.value, sensors: holding.sensors })
        if (adopted !== 'taken') return { redirect: `/holding?adopted=${adopted}` }
        const form = failForm(ctx, { sensor: providerWords(ctx.lang).sensor.takenAddress })
        return { page: <HoldingPage ctx={ctx} read={holding} form={form} />, status: 422 }
      },
    }),
  ]
}

async function adopt(
  parts: ProviderParts,
  ctx: SignedCtx,
  of: { sensor: string; peer: string; port: number; sensors: Read['sensors'] },
): Promise<number | 'taken'> {
  const { sensor, peer, port } = of
  const company = of.sensors.find((each) => each.value === sensor)?.company
  if (company === undefined) throw fault('BAD_INPUT', { field: 'sensor' })
  // First the agreement, so that what arrives from now on is the sensor's at once; a second adoption finds it made.
  if (!(await isAgreed(ctx, of))) {
    const refused = await agreeAddress(ctx.db, ctx.actor, { sensor, address: peer, port, now: ctx.now }).then(
      () => false,
      (thrown: unknown) => {
        if (isFault(thrown) && thrown.details['reason'] === 'taken') return true
        throw thrown
      },
    )
    if (refused) return 'taken'
  }
  const { adopted } = await adoptHeld(
    { app: ctx.db, appender: parts.appender },
    { scope: ctx.actor.scope, peer, port, company, sensor, person: ctx.actor.person, now: ctx.now },
  )
  return adopted
}

async function isAgreed(
  ctx: SignedCtx,
  of: { sensor: string; peer: string; port: number },
): Promise<boolean> {
  const credentials = await ctx.within((tx) => listCredentials(tx, of.sensor))
  return credentials.some(
    (each) => each.kind === 'address' && each.address === of.peer && each.port === of.port,
  )
}

function HoldingPage(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read, form } = props
  const say = providerWords(ctx.lang).holding
  const adopted = Number(ctx.query['adopted'])
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="watch" form={form}>
      <Head title={say.title} say={say.lead} />
      {Number.isInteger(adopted) && adopted > 0 && (
        <Banner tone="ok">
          <p>{say.adopted(adopted)}</p>
        </Banner>
      )}
      {read.held.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <Table
            label={say.title}
            dense
            head={[say.peer, say.port, say.transport, { text: say.lines, num: true }, say.last, say.sample]}
            rows={read.held.map((each) => ({
              key: `${each.peer} ${each.port}`,
              cells: [
                each.peer,
                each.port,
                each.transport,
                sayCount(each.lines),
                <Time at={each.lastAt} form="ago" />,
                <Code>{each.sample.slice(0, 120)}</Code>,
              ],
            }))}
          />
          {ctx.actor.role === 'admin' &&
            read.held.map((each) => <AdoptForm key={`${each.peer} ${each.port}`} {...props} held={each} />)}
        </>
      )}
    </ConsolePage>
  )
}

function AdoptForm(props: { ctx: SignedCtx; read: Read; form: FormState; held: HeldSender }): VNode {
  const { ctx, read, held } = props
  const say = providerWords(ctx.lang).holding
  const key = `${held.peer}-${held.port}`.replace(/[^0-9A-Za-z]/g, '-')
  const mine = props.form.values['peer'] === held.peer ? props.form : blankForm()
  return (
    <Panel id={`adopt-${key}`} head={say.adoptTitle(held.peer)}>
      {read.sensors.length === 0 ? (
        <p>{say.noSensor}</p>
      ) : (
        <Form action="/holding/adoptions" form={mine} submit={say.adopt}>
          <HiddenField name="peer" value={held.peer} />
          <HiddenField name="port" value={String(held.port)} />
          <SelectField
            form={mine}
            name="sensor"
            label={say.sensor}
            help={say.adoptHelp}
            options={read.sensors}
            blank
            required
          />
        </Form>
      )}
    </Panel>
  )
}
