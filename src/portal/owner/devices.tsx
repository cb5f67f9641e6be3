import type { VNode } from 'preact'
import { type Device, hoursOf, type HeardSensor, listDevices, listSensors } from '../../device/index.ts'
import {
  type Answer,
  Banner,
  Hidden,
  OwnerPage,
  route,
  Section,
  type SignedCtx,
  Table,
  type TableRow,
  Time,
  Title,
  sayAge,
} from '../../http/index.ts'
import { ownerNav, ownerWords } from './say.ts'
import { Beat } from './strip.tsx'
import { ConditionMark } from './watching.tsx'

type Seen = {
  readonly device: Device
  readonly sensor: HeardSensor | undefined
  readonly hours: readonly number[]
}

/** The devices of the company: nickname, place, person, last heard, rhythm. */
export const devices = route({
  method: 'GET',
  path: '/devices',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const seen = await ctx.inCompany(company, async (tx) => {
      const sensors = await listSensors(tx, [company], ctx.now)
      const all: Seen[] = []
      for (const device of await listDevices(tx, company)) {
        const sensor = sensors.find((each) => each.device === device.id)
        all.push({ device, sensor, hours: sensor === undefined ? [] : await hoursOf(tx, sensor.id, ctx.now) })
      }
      return all
    })
    return { page: <DevicesPage ctx={ctx} seen={seen} /> }
  },
})

function DevicesPage(props: { ctx: SignedCtx; seen: readonly Seen[] }): VNode {
  const { ctx, seen } = props
  const say = ownerWords(ctx.lang)
  const retired = ctx.query['retired']
  return (
    <OwnerPage ctx={ctx} title={say.devices.title} nav={ownerNav(ctx.lang)} current="devices" width="wide">
      <Title>{say.devices.title}</Title>
      {retired !== undefined && (
        <Banner tone="ok">
          <p>{say.device.retired(retired)}</p>
        </Banner>
      )}
      {ctx.query['done'] === 'saved' && (
        <Banner tone="ok">
          <p>{say.device.saved}</p>
        </Banner>
      )}
      {seen.length === 0 ? (
        <p class="mm-lead">{say.devices.none}</p>
      ) : (
        <Section id="list" head={say.devices.lead(seen.length)} note={say.devices.note}>
          <Table
            label={say.devices.title}
            stack
            head={[
              say.devices.name,
              say.devices.status,
              say.devices.heard,
              say.devices.rhythm,
              say.devices.place,
              say.devices.person,
              say.devices.change,
            ]}
            rows={seen.map((each) => deviceRow(ctx, each))}
          />
        </Section>
      )}
    </OwnerPage>
  )
}

function deviceRow(ctx: SignedCtx, seen: Seen): TableRow {
  const { device, sensor } = seen
  const say = ownerWords(ctx.lang).devices
  return {
    key: device.id,
    cells: [
      device.nickname,
      sensor === undefined ? say.noSensor : <ConditionMark lang={ctx.lang} condition={sensor.condition} />,
      sensor?.lastReceivedAt == null ? '' : <Time at={sensor.lastReceivedAt} form="plain" />,
      sensor === undefined ? (
        ''
      ) : (
        <>
          {sensor.cadenceSeconds === null
            ? say.learning
            : say.every(sayAge(ctx.lang, sensor.cadenceSeconds * 1_000))}{' '}
          <Beat hours={seen.hours} label={say.strip} />
        </>
      ),
      device.place ?? '',
      device.person ?? '',
      <a class="mm-link" href={`/devices/${device.id}`}>
        {say.change}
        <Hidden>{say.changeOf(device.nickname)}</Hidden>
      </a>,
    ],
  }
}
