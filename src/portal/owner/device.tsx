import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../base/fault.ts'
import { changeDevice, type Device, endDevice, findDevice } from '../../device/index.ts'
import {
  type Answer,
  blankForm,
  ConfirmBody,
  field,
  Form,
  type FormState,
  OwnerPage,
  readForm,
  route,
  type SignedCtx,
  TextField,
  Title,
} from '../../http/index.ts'
import { ownerNav, ownerWords } from './say.ts'

const input = z.object({
  nickname: field.text({ max: 8 }),
  place: field.optionalText({ max: 40 }),
  person: field.optionalText({ max: 40 }),
})

async function mustFind(ctx: SignedCtx): Promise<Device> {
  const found = await ctx.inCompany(ctx.actor.organisation, (tx) =>
    findDevice(tx, ctx.params['device'] ?? ''),
  )
  if (found === undefined || found.retiredAt !== null) throw fault('NOT_FOUND')
  return found
}

/** The names of one device, to be mended by its owner. */
export const device = route({
  method: 'GET',
  path: '/devices/:device',
  area: 'owner',
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const form = blankForm({ nickname: found.nickname, place: found.place ?? '', person: found.person ?? '' })
    return { page: <DevicePage ctx={ctx} device={found} form={form} /> }
  },
})

/** Keeps nickname, place and person. */
export const nameDevice = route({
  method: 'POST',
  path: '/devices/:device',
  area: 'owner',
  roles: ['owner'],
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const say = ownerWords(ctx.lang).device
    const read = readForm(ctx, input, { nickname: say.nickname, place: say.place, person: say.person })
    if (!read.ok) return { page: <DevicePage ctx={ctx} device={found} form={read.form} />, status: 422 }
    await changeDevice(ctx.db, ctx.actor, { ...read.value, id: found.id, class: found.class })
    return { redirect: '/devices?done=saved' }
  },
})

/** Asks once more before a device is taken off the watch. */
export const retirement = route({
  method: 'GET',
  path: '/devices/:device/retirement',
  area: 'owner',
  roles: ['owner'],
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const say = ownerWords(ctx.lang).device
    return {
      page: (
        <OwnerPage
          ctx={ctx}
          title={say.retireTitle(found.nickname)}
          nav={ownerNav(ctx.lang)}
          current="devices"
          width="reading"
        >
          <ConfirmBody
            title={say.retireTitle(found.nickname)}
            action={`/devices/${found.id}/retirement`}
            submit={say.retireAct}
            kind="danger"
            back={{ href: `/devices/${found.id}`, text: say.back }}
          >
            <p>{say.retireText}</p>
          </ConfirmBody>
        </OwnerPage>
      ),
    }
  },
})

/** Takes a device off the watch; its record stays. */
export const retire = route({
  method: 'POST',
  path: '/devices/:device/retirement',
  area: 'owner',
  roles: ['owner'],
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    await endDevice(ctx.db, ctx.actor, { id: found.id, now: ctx.now })
    return { redirect: `/devices?retired=${encodeURIComponent(found.nickname)}` }
  },
})

function DevicePage(props: { ctx: SignedCtx; device: Device; form: FormState }): VNode {
  const { ctx, device: it, form } = props
  const say = ownerWords(ctx.lang).device
  return (
    <OwnerPage
      ctx={ctx}
      title={say.title(it.nickname)}
      nav={ownerNav(ctx.lang)}
      current="devices"
      width="reading"
      form={form}
      back={{ href: '/devices', text: say.back }}
    >
      <Title>{say.title(it.nickname)}</Title>
      <Form action={`/devices/${it.id}`} form={form} submit={say.save}>
        <TextField
          form={form}
          name="nickname"
          label={say.nickname}
          help={say.nicknameHelp}
          required
          chars={12}
        />
        <TextField form={form} name="place" label={say.place} help={say.placeHelp} chars={24} />
        <TextField form={form} name="person" label={say.person} help={say.personHelp} chars={24} />
      </Form>
      {ctx.actor.role === 'owner' && (
        <p class="mm-section">
          <a class="mm-link" href={`/devices/${it.id}/retirement`}>
            {say.retire}
          </a>
        </p>
      )}
    </OwnerPage>
  )
}
