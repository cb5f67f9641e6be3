import type { VNode } from 'preact'
import { z } from 'zod'
import { endPerson, invitePerson } from '../../access/index.ts'
import { isFault } from '../../base/fault.ts'
import { listPeople, type Person } from '../../company/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  ConsolePage,
  failForm,
  field,
  Form,
  type FormState,
  readForm,
  type RouteSpec,
  route,
  SelectField,
  type SignedCtx,
  Table,
  TextField,
} from '../../http/index.ts'
import { Head, Panel } from './panel.tsx'
import type { ProviderParts } from './parts.ts'
import { providerNav, providerWords } from './say.ts'
import { readTrail, Trail, type TrailRow } from './trail.tsx'

const input = z.object({
  name: field.text({ max: 60 }),
  email: field.email(),
  role: field.choice(['admin', 'analyst']),
})

type Read = { readonly people: readonly Person[]; readonly trail: readonly TrailRow[] }

const readStaff = (ctx: SignedCtx): Promise<Read> =>
  ctx.within(async (tx) => ({
    people: await listPeople(tx, ctx.actor.organisation),
    trail: await readTrail(tx, ctx.actor.organisation),
  }))

/** The provider's own people, the trail of what they did, and how somebody is added or ends. */
export function staffRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/staff',
      area: 'provider',
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        page: <StaffPage ctx={ctx} read={await readStaff(ctx)} form={blankForm({ role: 'analyst' })} />,
      }),
    }),
    route({
      method: 'POST',
      path: '/staff',
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        const say = providerWords(ctx.lang).company
        const read = readForm(ctx, input, { name: say.personName, email: say.email, role: say.role })
        if (!read.ok)
          return { page: <StaffPage ctx={ctx} read={await readStaff(ctx)} form={read.form} />, status: 422 }
        try {
          const organisation = ctx.actor.organisation
          await invitePerson(
            parts.access,
            ctx.actor,
            { ...read.value, organisation, language: ctx.lang },
            ctx.now,
          )
        } catch (thrown) {
          if (!isFault(thrown) || thrown.details['field'] !== 'email') throw thrown
          const form = failForm(ctx, { email: say.takenEmail })
          return { page: <StaffPage ctx={ctx} read={await readStaff(ctx)} form={form} />, status: 422 }
        }
        return { redirect: `/staff?name=${encodeURIComponent(read.value.name)}` }
      },
    }),
    route({
      method: 'POST',
      path: '/people/:person/end',
      area: 'provider',
      roles: ['admin'],
      ids: { person: 'person' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        await endPerson(parts.access, ctx.actor, ctx.params['person'] ?? '', ctx.now)
        const company = ctx.form['company'] ?? ''
        return {
          redirect: ctx.actor.scope.includes(company)
            ? `/companies/${company}?done=saved`
            : '/staff?done=ended',
        }
      },
    }),
  ]
}

function StaffPage(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read, form } = props
  const say = providerWords(ctx.lang)
  const admin = ctx.actor.role === 'admin'
  const roles = (['analyst', 'admin'] as const).map((value) => ({ value, text: say.company.roles[value] }))
  const name = ctx.query['name']
  return (
    <ConsolePage ctx={ctx} title={say.people.title} nav={providerNav(ctx)} current="people" form={form}>
      <Head title={say.people.title} say={say.people.lead} />
      {(name !== undefined || ctx.query['done'] === 'ended') && (
        <Banner tone="ok">
          <p>{name === undefined ? say.people.ended : say.company.invited(name)}</p>
        </Banner>
      )}
      <Table
        label={say.people.title}
        dense
        head={[say.company.personName, say.company.role, say.company.email, say.company.endPerson]}
        rows={read.people.map((person) => ({
          key: person.id,
          cells: [
            person.name,
            say.company.roles[person.role],
            person.email,
            admin && person.id !== ctx.actor.person ? (
              <ActForm
                action={`/people/${person.id}/end`}
                submit={say.company.endPerson}
                kind="quiet"
                size="xs"
              />
            ) : (
              ''
            ),
          ],
        }))}
      />
      {admin && (
        <Panel id="add" head={say.people.add}>
          <Form action="/staff" form={form} submit={say.company.submit}>
            <TextField form={form} name="name" label={say.company.personName} required chars={24} />
            <TextField form={form} name="email" label={say.company.email} type="email" required chars={30} />
            <SelectField form={form} name="role" label={say.company.role} options={roles} required />
          </Form>
        </Panel>
      )}
      <Panel id="trail" head={say.company.trail}>
        <Trail lang={ctx.lang} rows={read.trail} />
      </Panel>
    </ConsolePage>
  )
}
