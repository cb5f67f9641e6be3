import type { ComponentChildren, VNode } from 'preact'
import { fault } from '../../base/fault.ts'
import { findCompany, listSites } from '../../company/index.ts'
import { listDevices } from '../../device/index.ts'
import {
  type Answer,
  blankForm,
  ConsolePage,
  Form,
  type FormState,
  type Option,
  type RouteSpec,
  route,
  type SignedCtx,
} from '../../http/index.ts'
import { Head } from './panel.tsx'
import { providerNav, providerWords } from './say.ts'

export type Choices = {
  readonly name: string
  readonly sites: readonly Option[]
  readonly devices: readonly Option[]
}

/** What a company's forms can be filled from. Fault: NOT_FOUND. */
export async function readChoices(ctx: SignedCtx): Promise<Choices> {
  const id = ctx.params['company'] ?? ''
  return ctx.inCompany(id, async (tx) => {
    const found = await findCompany(tx, id)
    if (found === undefined) throw fault('NOT_FOUND')
    const sites = await listSites(tx, id)
    const devices = await listDevices(tx, id)
    return {
      name: found.name,
      sites: sites.map((site) => ({ value: site.id, text: site.name })),
      devices: devices.map((device) => ({ value: device.id, text: device.nickname })),
    }
  })
}

type Kind = 'people' | 'sites' | 'devices' | 'sensors'
type Fields = (props: { ctx: SignedCtx; form: FormState; choices: Choices }) => ComponentChildren

/** A form page under a company and its POST; for administrators only. */
export function pair(of: {
  kind: Kind
  title: (ctx: SignedCtx) => string
  fields: Fields
  keep: (ctx: SignedCtx, company: string) => Promise<{ redirect: string } | { form: FormState }>
}): RouteSpec[] {
  const page = async (ctx: SignedCtx, form: FormState): Promise<VNode> => {
    const choices = await readChoices(ctx)
    const id = ctx.params['company'] ?? ''
    return (
      <ConsolePage ctx={ctx} title={of.title(ctx)} nav={providerNav(ctx)} current="companies" form={form}>
        <p class="mm-crumb">
          <a href={`/companies/${id}`}>{choices.name}</a>
        </p>
        <Head title={of.title(ctx)} />
        <Form
          action={`/companies/${id}/${of.kind}`}
          form={form}
          submit={providerWords(ctx.lang).company.submit}
          back={{ href: `/companies/${id}`, text: choices.name }}
        >
          {of.fields({ ctx, form, choices })}
        </Form>
      </ConsolePage>
    )
  }
  return [
    route({
      method: 'GET',
      path: `/companies/:company/${of.kind}/new`,
      area: 'provider',
      roles: ['admin'],
      ids: { company: 'company' },
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        page: await page(ctx, blankForm(defaults[of.kind])),
      }),
    }),
    route({
      method: 'POST',
      path: `/companies/:company/${of.kind}`,
      area: 'provider',
      roles: ['admin'],
      ids: { company: 'company' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const kept = await of.keep(ctx, ctx.params['company'] ?? '')
        return 'redirect' in kept ? kept : { page: await page(ctx, kept.form), status: 422 }
      },
    }),
  ]
}

const defaults: Readonly<Record<Kind, Record<string, string>>> = {
  people: { role: 'owner', contactOrder: '1' },
  sites: {},
  devices: { class: 'pc' },
  sensors: { source: 'auto', class: 'utm', required: 'yes' },
}
