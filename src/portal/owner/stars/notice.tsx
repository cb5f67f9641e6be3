import type { VNode } from 'preact'
import { z } from 'zod'
import { acknowledge, mayDeclare, readStanding } from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  CheckField,
  Form,
  type FormState,
  failForm,
  field,
  readForm,
  route,
  type SignedCtx,
  sayTime,
} from '../../../http/index.ts'
import { byOf, StarsPage, starWords } from './say.tsx'

const input = z.object({ agree: field.flag() })

/** What a self-declaration means, to be read and confirmed by whoever declares for the company. */
export const notice = route({
  method: 'GET',
  path: '/stars/notice',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    return { page: <NoticePage ctx={ctx} form={blankForm()} shownAt={await shownAt(ctx)} /> }
  },
})

/** The owner confirms it; what was shown is kept by its hash. */
export const confirmNotice = route({
  method: 'POST',
  path: '/stars/notice',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).notice
    const read = readForm(ctx, input, { agree: say.agreeLabel })
    const form = read.ok && !read.value.agree ? failForm(ctx, { agree: say.agreeNeeded }) : blankForm()
    if (!read.ok || form.errors.length > 0)
      return { page: <NoticePage ctx={ctx} form={form} shownAt={await shownAt(ctx)} />, status: 422 }
    const text = [say.title, say.lead, ...say.points, say.agree].join('\n')
    await ctx.inCompany(ctx.actor.organisation, (tx) => acknowledge(tx, byOf(ctx), { kind: 'wording', text }))
    return { redirect: '/stars?done=noticed' }
  },
})

const shownAt = (ctx: SignedCtx): Promise<number | undefined> =>
  ctx.inCompany(ctx.actor.organisation, async (tx) => {
    const { acks } = await readStanding(tx, ctx.actor.organisation)
    return acks.find((ack) => ack.kind === 'wording')?.at
  })

function NoticePage(props: { ctx: SignedCtx; form: FormState; shownAt: number | undefined }): VNode {
  const { ctx, form, shownAt } = props
  const words = starWords(ctx.lang)
  const say = words.notice
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      <p class="mm-lead">{say.lead}</p>
      <ul class="mm-prose">
        {say.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {shownAt !== undefined && (
        <p class="mm-note">{say.already(sayTime({ lang: ctx.lang, now: ctx.now }, shownAt, 'day'))}</p>
      )}
      {mayDeclare(ctx.actor) ? (
        <Form action="/stars/notice" form={form} submit={say.submit}>
          <CheckField form={form} name="agree" label={say.agree} required />
        </Form>
      ) : (
        <p>{words.ownerOnly}</p>
      )}
    </StarsPage>
  )
}

/** The answers that differ from the record of the watch: how many, and where to see them. */
export const differences = route({
  method: 'GET',
  path: '/stars/differences',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const it = await ctx.inCompany(ctx.actor.organisation, (tx) => readStanding(tx, ctx.actor.organisation))
    const say = starWords(ctx.lang).differences
    const count = it.check?.contradicted ?? 0
    return {
      page: (
        <StarsPage ctx={ctx} title={say.title}>
          {count === 0 ? (
            <p class="mm-lead">{say.none}</p>
          ) : (
            <>
              <p class="mm-lead">{say.lead(count)}</p>
              <p>
                <a class="mm-link" href={`/self-check/results/${it.check?.id ?? ''}`}>
                  {say.see}
                </a>
              </p>
              <Form action="/stars/differences" submit={say.submit} />
            </>
          )}
        </StarsPage>
      ),
    }
  },
})

/** Somebody of the company saw them. */
export const seeDifferences = route({
  method: 'POST',
  path: '/stars/differences',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    await ctx.inCompany(company, async (tx) => {
      const { check } = await readStanding(tx, company)
      if (check === undefined || check.contradicted === 0) return
      const text = starWords(ctx.lang).differences.lead(check.contradicted)
      await acknowledge(tx, byOf(ctx), { kind: 'evidence', subject: check.id, text })
    })
    return { redirect: '/stars?done=differences' }
  },
})
