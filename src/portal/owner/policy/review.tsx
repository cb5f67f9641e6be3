import type { VNode } from 'preact'
import { jstDate } from '../../../base/time.ts'
import {
  ActForm,
  type Answer,
  Form,
  blankForm,
  route,
  Section,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import {
  confirmPolicy,
  currentPolicy,
  reviewPolicy,
  sayDay,
  standardText,
  takeReview,
} from '../../../policy/index.ts'
import { Changes, PolicyPage } from './parts.tsx'
import { doingOf, policyWords } from './say.ts'

type Shown = Awaited<ReturnType<typeof reviewPolicy>> & { readonly reviewedAt: number }

/** Once a year: what changed since the version in force, and nothing else. */
export const review = route({
  method: 'GET',
  path: '/policy/review',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation } = ctx.actor
    const shown = await ctx.inCompany(organisation, async (tx) => {
      const current = await currentPolicy(tx, organisation)
      if (current === undefined) return undefined
      return { ...(await reviewPolicy(tx, doingOf(ctx))), reviewedAt: current.reviewedAt }
    })
    return shown ? { page: <ReviewPage ctx={ctx} shown={shown} /> } : { redirect: '/policy' }
  },
})

/** Takes the changes into the draft, or keeps that nothing is to be changed. */
export const keepReview = route({
  method: 'POST',
  path: '/policy/review',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation } = ctx.actor
    if (ctx.form['act'] === 'take') {
      const articles = ctx.formAll('articles')
      await ctx.inCompany(organisation, (tx) => takeReview(tx, doingOf(ctx), articles))
      return { redirect: '/policy/check' }
    }
    const version = await ctx.inCompany(organisation, async (tx) => {
      await confirmPolicy(tx, doingOf(ctx))
      return (await currentPolicy(tx, organisation))?.version ?? ''
    })
    return { redirect: `/policy/versions/${version}?done=reviewed` }
  },
})

function ReviewPage(props: { ctx: SignedCtx; shown: Shown }): VNode {
  const { ctx, shown } = props
  const words = policyWords(ctx.lang)
  const say = words.review
  const calm = shown.changes.length === 0 && shown.offered.length === 0
  return (
    <PolicyPage ctx={ctx} title={say.title} back={{ href: '/policy', text: words.version.back }}>
      <Title>{say.title}</Title>
      <p class="mm-prose">{say.since(sayDay(ctx.lang, jstDate(shown.reviewedAt)))}</p>
      {calm && (
        <Section id="none" head={say.none} first>
          <p>{say.noneText}</p>
        </Section>
      )}
      {shown.changes.length > 0 && (
        <Section id="changed" head={say.changed} first>
          <Changes ctx={ctx} of={shown.changes} />
        </Section>
      )}
      {ctx.actor.role !== 'owner' && <p class="mm-section">{say.owner}</p>}
      {ctx.actor.role === 'owner' && !calm && <Take ctx={ctx} shown={shown} />}
      {ctx.actor.role === 'owner' && (
        <div class="mm-section">
          <ActForm
            action="/policy/review"
            submit={calm ? say.confirm : say.keepAsIs}
            kind={calm ? 'primary' : 'secondary'}
            size="lg"
            hidden={{ act: 'same' }}
          />
          <p class="mm-note">{say.confirmNote}</p>
        </div>
      )}
      <p>
        <a class="mm-link" href="/policy/questions/articles?from=check">
          {say.edit}
        </a>
      </p>
    </PolicyPage>
  )
}

function Take(props: { ctx: SignedCtx; shown: Shown }): VNode {
  const { ctx, shown } = props
  const say = policyWords(ctx.lang).review
  const { lang } = shown.version
  const form = (
    <Form action="/policy/review" form={blankForm()} submit={say.take} hidden={{ act: 'take' }}>
      {shown.offered.map((article) => (
        <label class="mm-choice" key={article.key}>
          <input type="checkbox" name="articles" value={article.key} checked />
          <span lang={lang}>
            {article[lang].title}
            <span class="mm-choice__help">{standardText(shown.version.source, article.key)?.text}</span>
          </span>
        </label>
      ))}
    </Form>
  )
  if (shown.offered.length === 0) return <div class="mm-section">{form}</div>
  return (
    <Section id="take" head={say.offered} note={say.offeredNote}>
      {form}
    </Section>
  )
}
