import type { VNode } from 'preact'
import { z } from 'zod'
import { fault, isFault } from '../../base/fault.ts'
import { day } from '../../base/time.ts'
import {
  agreeAddress,
  type Credential,
  findSensor,
  type HeardSensor,
  incidentsOf,
  issueToken,
  listCredentials,
  revokeCredential,
  unreadableOf,
} from '../../device/index.ts'
import {
  ActForm,
  type Answer,
  blankForm,
  Code,
  ConsolePage,
  Facts,
  failForm,
  field,
  Form,
  type FormState,
  readForm,
  type RouteSpec,
  route,
  type SignedCtx,
  sayAge,
  sayCount,
  Table,
  TextField,
  Time,
} from '../../http/index.ts'
import { listSequences } from '../../ingest/index.ts'
import { ConditionMark } from './condition.tsx'
import { NewToken } from './new-token.tsx'
import { Head, Panel } from './panel.tsx'
import type { ProviderParts } from './parts.ts'
import { providerNav, providerWords, wordOr } from './say.ts'

type Read = {
  readonly sensor: HeardSensor
  readonly credentials: readonly Credential[]
  readonly incidents: Awaited<ReturnType<typeof incidentsOf>>
  readonly unreadable: Awaited<ReturnType<typeof unreadableOf>>
  /** Whether the sender numbers its lines, so that gaps can be counted. */
  readonly numbered: boolean
}

async function readSensor(ctx: SignedCtx): Promise<Read> {
  const id = ctx.params['sensor'] ?? ''
  return ctx.within(async (tx) => {
    const sensor = await findSensor(tx, id, ctx.now)
    if (sensor === undefined) throw fault('NOT_FOUND')
    return {
      sensor,
      credentials: await listCredentials(tx, id),
      incidents: await incidentsOf(tx, id, ctx.now - 7 * day),
      unreadable: await unreadableOf(tx, id),
      numbered: (await listSequences(tx, sensor.company)).some((each) => each.sensor === id),
    }
  })
}

const address = z.object({ address: field.text({ max: 60 }), port: field.number({ min: 1, max: 65_535 }) })

/** One sensor: credentials, health, unreadable lines. */
export function sensorRoutes(parts: ProviderParts): readonly RouteSpec[] {
  const page = async (ctx: SignedCtx, shown: Shown): Promise<VNode> => (
    <SensorPage ctx={ctx} read={await readSensor(ctx)} {...shown} />
  )
  const blank = (): FormState => blankForm({ port: String(parts.ports()?.tcp ?? '') })
  return [
    route({
      method: 'GET',
      path: '/sensors/:sensor',
      area: 'provider',
      ids: { sensor: 'sensor' },
      handle: async (ctx: SignedCtx): Promise<Answer> => ({ page: await page(ctx, { form: blank() }) }),
    }),
    route({
      method: 'POST',
      path: '/sensors/:sensor/tokens',
      area: 'provider',
      roles: ['admin'],
      ids: { sensor: 'sensor' },
      // Shown in the answer to the press itself: nowhere else does the token exist in clear.
      async handle(ctx: SignedCtx): Promise<Answer> {
        const token = await issueToken(ctx.db, ctx.actor, {
          sensor: ctx.params['sensor'] ?? '',
          now: ctx.now,
        })
        return { page: await page(ctx, { form: blank(), token, baseUrl: parts.access.baseUrl }) }
      },
    }),
    route({
      method: 'POST',
      path: '/sensors/:sensor/addresses',
      area: 'provider',
      roles: ['admin'],
      ids: { sensor: 'sensor' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const say = providerWords(ctx.lang).sensor
        const read = readForm(ctx, address, { address: say.address, port: say.port })
        if (!read.ok) return { page: await page(ctx, { form: read.form }), status: 422 }
        try {
          await agreeAddress(ctx.db, ctx.actor, {
            ...read.value,
            sensor: ctx.params['sensor'] ?? '',
            now: ctx.now,
          })
        } catch (thrown) {
          if (!isFault(thrown) || thrown.code !== 'BAD_INPUT') throw thrown
          const text = thrown.details['reason'] === 'taken' ? say.takenAddress : say.badAddress
          return { page: await page(ctx, { form: failForm(ctx, { address: text }) }), status: 422 }
        }
        return { redirect: `/sensors/${ctx.params['sensor'] ?? ''}` }
      },
    }),
    route({
      method: 'POST',
      path: '/sensors/:sensor/credentials/:credential/end',
      area: 'provider',
      roles: ['admin'],
      ids: { sensor: 'sensor', credential: 'token' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const sensor = ctx.params['sensor'] ?? ''
        await revokeCredential(ctx.db, ctx.actor, {
          sensor,
          id: ctx.params['credential'] ?? '',
          now: ctx.now,
        })
        return { redirect: `/sensors/${sensor}` }
      },
    }),
  ]
}

type Shown = { form: FormState; token?: string; baseUrl?: string }

function SensorPage(props: { ctx: SignedCtx; read: Read } & Shown): VNode {
  const { ctx, read, form } = props
  const say = providerWords(ctx.lang)
  const { sensor } = read
  return (
    <ConsolePage
      ctx={ctx}
      title={`${say.sensor.title}：${sensor.name}`}
      nav={providerNav(ctx)}
      current="companies"
      form={form}
    >
      <p class="mm-crumb">
        <a href={`/companies/${sensor.company}`}>{say.companies.title}</a>
      </p>
      <Head
        title={sensor.name}
        say={
          <>
            <ConditionMark lang={ctx.lang} condition={sensor.condition} /> {sensor.deviceNickname}{' '}
            {say.sensor.sources[sensor.source]}
          </>
        }
      />
      {props.token !== undefined && (
        <NewToken
          ctx={ctx}
          token={props.token}
          baseUrl={props.baseUrl ?? ''}
          tcpPort={Number(form.values['port'])}
        />
      )}
      <Credentials ctx={ctx} read={read} form={form} />
      <Health ctx={ctx} read={read} />
      <Unreadable ctx={ctx} read={read} />
    </ConsolePage>
  )
}

function Credentials(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read, form } = props
  const say = providerWords(ctx.lang).sensor
  const admin = ctx.actor.role === 'admin'
  const base = `/sensors/${read.sensor.id}`
  return (
    <Panel id="credentials" head={`${say.token}・${say.agreed}`}>
      {read.credentials.length === 0 ? (
        <p>{say.noCredentials}</p>
      ) : (
        <ul class="mm-list">
          {read.credentials.map((each) => {
            const hint = each.kind === 'token' ? `${each.hint}…` : `${each.address} → ${each.port}`
            return (
              <li class="mm-list__item" key={each.id}>
                <span class="mm-list__main">
                  {each.kind === 'token' ? say.token : say.agreed} <Code>{hint}</Code>
                </span>
                <span class="mm-list__side">
                  {admin && (
                    <ActForm
                      action={`${base}/credentials/${each.id}/end`}
                      submit={say.revokeOf(hint)}
                      kind="quiet"
                      size="xs"
                    />
                  )}
                </span>
                <span class="mm-list__sub">
                  <Time at={each.createdAt} form="full" />
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {admin && (
        <>
          <p class="mm-note">{say.tokenHelp}</p>
          <ActForm action={`${base}/tokens`} submit={say.issue} kind="primary" size="sm" />
          <p class="mm-note">{say.addressHelp}</p>
          <Form action={`${base}/addresses`} form={form} submit={say.agree} kind="secondary">
            <TextField form={form} name="address" label={say.address} required chars={20} />
            <TextField form={form} name="port" label={say.port} required inputmode="numeric" chars={6} />
          </Form>
        </>
      )}
    </Panel>
  )
}

function Health(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).sensor
  const { sensor } = read
  const skew = sensor.skewSince === null || sensor.skewMs === null ? undefined : Math.abs(sensor.skewMs)
  return (
    <Panel id="health" head={say.health}>
      <Facts
        rows={[
          {
            name: say.lastHeard,
            value:
              sensor.lastReceivedAt === null ? say.never : <Time at={sensor.lastReceivedAt} form="ago" />,
          },
          {
            name: say.rhythm,
            value: sensor.cadenceSeconds === null ? say.learning : say.seconds(sensor.cadenceSeconds),
          },
          { name: say.lines, value: sayCount(sensor.lines) },
          { name: say.partial, value: sayCount(sensor.partial) },
          { name: say.unreadable, value: sayCount(sensor.unreadable) },
          { name: say.late, value: sayCount(sensor.late) },
          { name: say.skew, value: skew === undefined ? say.noSkew : say.skewOf(sayAge(ctx.lang, skew)) },
        ]}
      />
      <h3 class="mm-notice__label">{say.incidents}</h3>
      {read.incidents.length === 0 ? (
        <p>{say.noIncidents}</p>
      ) : (
        <ul class="mm-list">
          {read.incidents.map((each) => (
            <li class="mm-list__item" key={each.kind}>
              <span class="mm-list__main">
                {wordOr(say.incident, each.kind)}：{sayCount(each.count)}
              </span>
              <span class="mm-list__sub">
                <Time at={each.lastAt} form="full" /> {each.detail}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="mm-note">{read.numbered ? say.gapShown : say.gapNote}</p>
    </Panel>
  )
}

function Unreadable(props: { ctx: SignedCtx; read: Read }): VNode | null {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).sensor
  if (read.unreadable.length === 0) return null
  return (
    <Panel id="unreadable" head={say.unreadableLines}>
      <Table
        label={say.unreadableLines}
        dense
        head={[say.lastHeard, say.unreadable, 'raw']}
        rows={read.unreadable.map((line) => ({
          key: `${line.batchNo}-${line.line}`,
          cells: [
            <Time at={line.receivedAt} form="full" />,
            line.reason,
            <Code>{line.raw.slice(0, 300)}</Code>,
          ],
        }))}
      />
    </Panel>
  )
}
