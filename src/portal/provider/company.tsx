import type { VNode } from 'preact'
import { fault } from '../../base/fault.ts'
import {
  type Company,
  findCompany,
  listPeople,
  listSites,
  type Person,
  type Site,
} from '../../company/index.ts'
import { type Device, type HeardSensor, listDevices, listSensors } from '../../device/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  Code,
  ConsolePage,
  Facts,
  LinkButton,
  Mark,
  route,
  type SignedCtx,
  Table,
} from '../../http/index.ts'
import { findPlan, type Plan } from '../../plan/index.ts'
import { ConditionMark } from './condition.tsx'
import { Head, Panel } from './panel.tsx'
import { providerNav, providerWords } from './say.ts'
import { readTrail, Trail, type TrailRow } from './trail.tsx'

type Read = {
  readonly company: Company
  readonly people: readonly Person[]
  readonly sites: readonly Site[]
  readonly devices: readonly Device[]
  readonly sensors: readonly HeardSensor[]
  readonly plan: Plan | undefined
  readonly trail: readonly TrailRow[]
}

/** Everything that a provider keeps of one company, and what is missing before the watch can begin. */
export const company = route({
  method: 'GET',
  path: '/companies/:company',
  area: 'provider',
  ids: { company: 'company' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.params['company'] ?? ''
    const read = await ctx.inCompany(id, async (tx) => ({
      company: await findCompany(tx, id),
      people: await listPeople(tx, id),
      sites: await listSites(tx, id),
      devices: await listDevices(tx, id),
      sensors: await listSensors(tx, [id], ctx.now),
      plan: await findPlan(tx, id),
      trail: await readTrail(tx, id),
    }))
    if (read.company === undefined) throw fault('NOT_FOUND')
    return { page: <CompanyPage ctx={ctx} read={{ ...read, company: read.company }} /> }
  },
})

function CompanyPage(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang)
  const { company: it } = read
  const done = ctx.query['done']
  return (
    <ConsolePage ctx={ctx} title={it.name} nav={providerNav(ctx)} current="companies">
      <p class="mm-crumb">
        <a href="/companies">{say.company.back}</a>
      </p>
      <Head title={it.name} say={<Code>{it.code}</Code>} />
      {done === 'made' && (
        <Banner tone="ok">
          <p>{say.company.made}</p>
        </Banner>
      )}
      {done === 'saved' && (
        <Banner tone="ok">
          <p>{say.company.saved}</p>
        </Banner>
      )}
      {done === 'invited' && (
        <Banner tone="ok">
          <p>{say.company.invited(ctx.query['name'] ?? '')}</p>
        </Banner>
      )}
      <ToDo ctx={ctx} read={read} />
      <Panel id="about" head={say.company.about}>
        <Facts
          rows={[
            { name: say.companies.new.corporateNumber, value: it.corporateNumber ?? '' },
            { name: say.companies.trade, value: it.trade ?? '' },
            { name: say.companies.new.prefecture, value: it.prefecture ?? '' },
            { name: say.companies.new.employees, value: it.employees ?? '' },
          ].filter((row) => row.value !== '')}
        />
      </Panel>
      <People {...props} />
      <Things {...props} />
      <Panel id="trail" head={say.company.trail}>
        <Trail lang={ctx.lang} rows={read.trail} />
      </Panel>
    </ConsolePage>
  )
}

function ToDo(props: { ctx: SignedCtx; read: Read }): VNode | null {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).company
  const base = `/companies/${read.company.id}`
  const first = read.sensors[0]
  const steps: readonly [string, boolean, string | undefined][] = [
    [say.stepPerson, read.people.some((person) => person.contactOrder !== null), `${base}/people/new`],
    [say.stepDevice, read.devices.length > 0, `${base}/devices/new`],
    [say.stepSensor, read.sensors.length > 0, `${base}/sensors/new`],
    [
      say.stepLine,
      read.sensors.some((sensor) => sensor.lastReceivedAt !== null),
      first === undefined ? undefined : `/sensors/${first.id}`,
    ],
    [say.stepPlan, read.plan !== undefined, `${base}/plan`],
  ]
  if (steps.every(([, done]) => done)) return null
  return (
    <Panel id="steps" head={say.steps}>
      <ul class="mm-list">
        {steps.map(([text, done, href]) => (
          <li class="mm-list__item" key={text}>
            <span class="mm-list__main">{done || href === undefined ? text : <a href={href}>{text}</a>}</span>
            <span class="mm-list__side">
              <Mark mark={done ? 'done' : 'next'} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function AddLink(props: { ctx: SignedCtx; href: string; text: string }): VNode | null {
  if (props.ctx.actor.role !== 'admin') return null
  return (
    <p>
      <LinkButton href={props.href} kind="secondary" size="sm">
        {props.text}
      </LinkButton>
    </p>
  )
}

function People(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang).company
  const base = `/companies/${read.company.id}`
  return (
    <>
      <Panel id="people" head={say.people}>
        {read.people.length === 0 ? (
          <p>{say.noPeople}</p>
        ) : (
          <Table
            label={say.people}
            dense
            head={[
              say.personName,
              say.role,
              { text: say.order, num: true },
              say.email,
              say.phone,
              say.endPerson,
            ]}
            rows={read.people.map((person) => ({
              key: person.id,
              cells: [
                person.name,
                say.roles[person.role],
                person.contactOrder ?? '',
                person.email,
                person.phone ?? '',
                ctx.actor.role === 'admin' ? (
                  <ActForm
                    action={`/people/${person.id}/end`}
                    hidden={{ company: read.company.id }}
                    submit={say.endPerson}
                    kind="quiet"
                    size="xs"
                  />
                ) : (
                  ''
                ),
              ],
            }))}
          />
        )}
        <AddLink ctx={ctx} href={`${base}/people/new`} text={say.addPerson} />
      </Panel>
      <Panel id="sites" head={say.sites}>
        <ul class="mm-list">
          {read.sites.map((site) => (
            <li class="mm-list__item" key={site.id}>
              <span class="mm-list__main">{site.name}</span>
              <span class="mm-list__sub">{site.address}</span>
            </li>
          ))}
        </ul>
        <AddLink ctx={ctx} href={`${base}/sites/new`} text={say.addSite} />
      </Panel>
    </>
  )
}

function Things(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = providerWords(ctx.lang)
  const base = `/companies/${read.company.id}`
  return (
    <>
      <Panel id="devices" head={say.company.devices}>
        {read.devices.length === 0 ? (
          <p>{say.company.noDevices}</p>
        ) : (
          <Table
            label={say.company.devices}
            dense
            head={[
              say.company.nickname,
              say.company.class,
              say.company.place,
              say.company.person,
              say.company.knownAs,
            ]}
            rows={read.devices.map((device) => ({
              key: device.id,
              cells: [
                device.nickname,
                say.company.classes[device.class],
                device.place ?? '',
                device.person ?? '',
                device.knownAs.join(' '),
              ],
            }))}
          />
        )}
        <AddLink ctx={ctx} href={`${base}/devices/new`} text={say.company.addDevice} />
      </Panel>
      <Panel id="sensors" head={say.company.sensors}>
        {read.sensors.length === 0 ? (
          <p>{say.company.noSensors}</p>
        ) : (
          <Table
            label={say.company.sensors}
            dense
            head={[say.sensor.name, say.sensor.device, say.sensor.source, say.sensor.condition]}
            rows={read.sensors.map((sensor) => ({
              key: sensor.id,
              cells: [
                <a href={`/sensors/${sensor.id}`}>{sensor.name}</a>,
                sensor.deviceNickname ?? '',
                say.sensor.sources[sensor.source],
                <ConditionMark lang={ctx.lang} condition={sensor.condition} />,
              ],
            }))}
          />
        )}
        <AddLink ctx={ctx} href={`${base}/sensors/new`} text={say.company.addSensor} />
      </Panel>
      <Panel id="plan" head={say.company.plan}>
        {read.plan !== undefined && <p>{read.plan.watch}</p>}
        <AddLink ctx={ctx} href={`${base}/plan`} text={say.company.keepPlan} />
      </Panel>
    </>
  )
}
