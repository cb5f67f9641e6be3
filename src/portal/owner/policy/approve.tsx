import type { VNode } from 'preact'
import { z } from 'zod'
import {
  type Answer,
  blankForm,
  CheckField,
  failForm,
  field,
  Form,
  type FormState,
  readForm,
  route,
  Section,
  type SignedCtx,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  approvePolicy,
  changesSince,
  type Draft,
  draftOf,
  hashOf,
  keyedText,
  newestVersion,
  type NotApproved,
  openQuestions,
  type PolicyVersion,
} from '../../../policy/index.ts'
import { Changes, PolicyPage, WholePolicy } from './parts.tsx'
import { doingOf, policyWords } from './say.ts'

type Found = { readonly draft: Draft; readonly last: PolicyVersion | undefined }

const find = (ctx: SignedCtx): Promise<Found> =>
  ctx.inCompany(ctx.actor.organisation, async (tx) => ({
    draft: await draftOf(tx, doingOf(ctx)),
    last: await newestVersion(tx, ctx.actor.organisation),
  }))

/** The representative reads the whole text and puts the name under it. */
export const approval = route({
  method: 'GET',
  path: '/policy/approve',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await find(ctx)
    if (openQuestions(found.draft).length > 0) return { redirect: '/policy/check' }
    const form = blankForm({ title: found.draft.values.representative_title })
    return { page: <ApprovePage ctx={ctx} found={found} form={form} /> }
  },
})

function refusal(ctx: SignedCtx, draft: Draft, why: NotApproved): FormState {
  const { errors } = policyWords(ctx.lang).approve
  const text = why === 'other_name' ? errors.other_name(draft.values.representative_name) : errors[why]
  return failForm(ctx, { [why === 'other_name' ? 'name' : 'confirm']: text })
}

/** Makes the next version of exactly the text that was shown. */
export const approve = route({
  method: 'POST',
  path: '/policy/approve',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = policyWords(ctx.lang).approve
    const schema = z.object({
      name: field.text({ max: 60 }),
      title: field.text({ max: 40 }),
      confirm: field.flag(),
      shown: field.text({ max: 64 }),
    })
    const read = readForm(ctx, schema, { name: say.name, title: say.role, shown: say.title })
    const again = async (form: FormState): Promise<Answer> => ({
      page: <ApprovePage ctx={ctx} found={await find(ctx)} form={form} />,
      status: 422,
    })
    if (!read.ok) return again(read.form)
    if (!read.value.confirm) return again(failForm(ctx, { confirm: say.errors.confirm }))
    const { name, title, shown } = read.value
    const done = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      approvePolicy(tx, doingOf(ctx), { name, title, shown }),
    )
    if (done.ok) return { redirect: `/policy/versions/${done.version.id}?done=approved` }
    return again(refusal(ctx, (await find(ctx)).draft, done.why))
  },
})

function ApprovePage(props: { ctx: SignedCtx; found: Found; form: FormState }): VNode {
  const { ctx, form } = props
  const { draft, last } = props.found
  const words = policyWords(ctx.lang)
  const say = words.approve
  const text = keyedText(draft)
  return (
    <PolicyPage ctx={ctx} title={say.title} form={form} back={{ href: '/policy/check', text: say.back }}>
      <Title>{say.title}</Title>
      <p class="mm-prose">{say.lead}</p>
      {last !== undefined && (
        <Section id="changed" head={words.check.changed}>
          <Changes ctx={ctx} of={changesSince(last, draft)} />
        </Section>
      )}
      <Section id="text" head={words.check.text}>
        <WholePolicy of={text} lang={draft.lang} />
      </Section>
      <Section id="sign" head={say.sign}>
        <Form action="/policy/approve" form={form} submit={say.submit} hidden={{ shown: hashOf(text) }}>
          <TextField form={form} name="title" label={say.role} required chars={13} />
          <TextField
            form={form}
            name="name"
            label={say.name}
            help={say.nameHelp(draft.values.representative_name)}
            required
            autocomplete="name"
            chars={13}
          />
          <CheckField form={form} name="confirm" label={say.confirm} help={say.record} />
        </Form>
      </Section>
    </PolicyPage>
  )
}
