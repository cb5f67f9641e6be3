import type { VNode } from 'preact'
import { z } from 'zod'
import { jstDate } from '../../../base/time.ts'
import { type Declaration, declarationsOf, sayDate, stopDeclaring } from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  ConfirmBody,
  Form,
  type FormState,
  failForm,
  field,
  OwnerPage,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  TextField,
} from '../../../http/index.ts'
import { ownerNav } from '../say.ts'
import { byOf, ipaSite, OutLink, StarsPage, starWords } from './say.tsx'

const input = z.object({
  declaration: z.string().optional().default(''),
  reason: field.text({ max: 200 }),
  stoppedOn: field.day(),
  confirmed: field.flag(),
})

/** A declaration is stopped by whoever may declare; at IPA the company does that itself. */
export const stop = route({
  method: 'GET',
  path: '/stars/stop',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    return {
      page: <StopPage ctx={ctx} form={blankForm({ stoppedOn: jstDate(ctx.now) })} all={await heldOf(ctx)} />,
    }
  },
})

/** Asks once more, then ends it. */
export const stopped = route({
  method: 'POST',
  path: '/stars/stop',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).stop
    const all = await heldOf(ctx)
    const labels = { reason: say.reason, stoppedOn: say.on }
    const read = readForm(ctx, input, labels)
    if (!read.ok) return { page: <StopPage ctx={ctx} form={read.form} all={all} />, status: 422 }
    const { confirmed, ...asked } = read.value
    const one = all.find((each) => each.id === asked.declaration) ?? (all.length === 1 ? all[0] : undefined)
    if (!one) return { page: <StopPage ctx={ctx} form={blankForm()} all={all} />, status: 422 }
    const from = one.declared?.declaredOn ?? ''
    if (asked.stoppedOn < from || asked.stoppedOn > jstDate(ctx.now)) {
      const form = failForm(ctx, { stoppedOn: say.wrongDay })
      return { page: <StopPage ctx={ctx} form={form} all={all} />, status: 422 }
    }
    if (!confirmed) return { page: <ConfirmPage ctx={ctx} one={one} asked={asked} /> }
    await ctx.inCompany(ctx.actor.organisation, (tx) =>
      stopDeclaring(tx, byOf(ctx), { ...asked, declaration: one.id }),
    )
    return { redirect: '/stars?done=stopped' }
  },
})

const heldOf = async (ctx: SignedCtx): Promise<readonly Declaration[]> =>
  (await ctx.inCompany(ctx.actor.organisation, (tx) => declarationsOf(tx, ctx.actor.organisation))).filter(
    (one) => one.state === 'declared',
  )

const nameOf = (ctx: SignedCtx, it: Declaration): string => {
  const say = starWords(ctx.lang)
  return `${say.level[it.level]}（${it.registry === 'ipa' ? say.history.ipa : say.history.own}）`
}

function StopPage(props: { ctx: SignedCtx; form: FormState; all: readonly Declaration[] }): VNode {
  const { ctx, form, all } = props
  const words = starWords(ctx.lang)
  const say = words.stop
  if (all.length === 0) {
    return (
      <StarsPage ctx={ctx} title={say.title}>
        <p class="mm-lead">{say.nothing}</p>
      </StarsPage>
    )
  }
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      <p class="mm-lead">{say.lead}</p>
      <p>
        <OutLink href={ipaSite} text={words.ipaSite} lang={ctx.lang} />
      </p>
      <Form action="/stars/stop" form={form} submit={say.submit} back={{ href: '/stars', text: words.back }}>
        <SelectField
          form={form}
          name="declaration"
          label={say.which}
          required
          options={all.map((one) => ({ value: one.id, text: nameOf(ctx, one) }))}
        />
        <TextField form={form} name="reason" label={say.reason} help={say.reasonHelp} required />
        <TextField form={form} name="stoppedOn" label={say.on} type="date" chars={13} required />
      </Form>
    </StarsPage>
  )
}

function ConfirmPage(props: {
  ctx: SignedCtx
  one: Declaration
  asked: { readonly reason: string; readonly stoppedOn: string }
}): VNode {
  const { ctx, one, asked } = props
  const words = starWords(ctx.lang)
  const say = words.stop
  const title = say.confirmTitle(words.level[one.level])
  return (
    <OwnerPage ctx={ctx} title={title} nav={ownerNav(ctx.lang)} current="stars" width="reading">
      <ConfirmBody
        title={title}
        action="/stars/stop"
        submit={say.confirmSubmit}
        kind="danger"
        back={{ href: '/stars', text: words.back }}
        hidden={{ declaration: one.id, ...asked, confirmed: 'yes' }}
      >
        <p>{say.confirm(sayDate(asked.stoppedOn, ctx.lang))}</p>
        <p>{say.afterHead}</p>
        <ul>
          {say.after.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {one.registry === 'own' && <p>{say.own}</p>}
        <p>{say.history}</p>
      </ConfirmBody>
    </OwnerPage>
  )
}
