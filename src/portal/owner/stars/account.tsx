import type { VNode } from 'preact'
import { z } from 'zod'
import { findGbizid, gbizidKinds, keepGbizid, settle } from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  CheckField,
  Form,
  type FormState,
  field,
  Record,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  TextField,
} from '../../../http/index.ts'
import { byOf, gbizidSite, OutLink, StarsPage, starWords } from './say.tsx'

const input = z.object({
  kind: field.choice(gbizidKinds),
  same: field.flag(),
  expires: field.optionalText({ max: 10 }).pipe(z.iso.date('day').optional()),
})

/** Which gBizID the company has; never its password. */
export const account = route({
  method: 'GET',
  path: '/stars/account',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const kept = await ctx.inCompany(ctx.actor.organisation, (tx) => findGbizid(tx, ctx.actor.organisation))
    const form = blankForm({
      kind: kept?.kind,
      same: kept?.sameAsGoal ? 'yes' : undefined,
      expires: kept?.expiresOn ?? undefined,
    })
    return { page: <AccountPage ctx={ctx} form={form} /> }
  },
})

export const keepAccount = route({
  method: 'POST',
  path: '/stars/account',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).account
    const read = readForm(ctx, input, { kind: say.kind, same: say.same, expires: say.expires })
    if (!read.ok) return { page: <AccountPage ctx={ctx} form={read.form} />, status: 422 }
    const { kind, same, expires } = read.value
    const usable = kind === 'prime' || kind === 'member'
    await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      await keepGbizid(tx, byOf(ctx), { kind, sameAsGoal: same && usable, expiresOn: expires ?? null })
      await settle(tx, ctx.actor.organisation, ctx.now)
    })
    return { redirect: '/stars?done=account' }
  },
})

function AccountPage({ ctx, form }: { ctx: SignedCtx; form: FormState }): VNode {
  const say = starWords(ctx.lang).account
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      <p class="mm-lead">{say.lead}</p>
      <Form action="/stars/account" form={form} submit={say.submit}>
        <SelectField
          form={form}
          name="kind"
          label={say.kind}
          help={say.kindHelp}
          blank
          required
          options={gbizidKinds.map((kind) => ({ value: kind, text: say.kinds[kind] }))}
        />
        <CheckField form={form} name="same" label={say.same} />
        <TextField
          form={form}
          name="expires"
          label={say.expires}
          help={say.expiresHelp}
          type="date"
          chars={13}
        />
      </Form>
      <div class="mm-section">
        <Record summary={say.how}>
          <ul>
            {say.howText.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>
            <OutLink href={gbizidSite} text={say.site} lang={ctx.lang} />
          </p>
        </Record>
      </div>
    </StarsPage>
  )
}
