import type { VNode } from 'preact'
import {
  type Answer,
  Banner,
  Hidden,
  LinkButton,
  route,
  Section,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import {
  askedQuestions,
  changesSince,
  chosenArticles,
  claimsIn,
  compose,
  type Draft,
  draftOf,
  keyedText,
  missingSubjects,
  newestVersion,
  openQuestions,
  type PolicyQuestion,
  type PolicyVersion,
  sayDay,
  textOf,
  valuesOf,
} from '../../../policy/index.ts'
import { Claims } from './article.tsx'
import { Changes, PolicyPage, WholePolicy } from './parts.tsx'
import { doingOf, policyWords, saySubjects } from './say.ts'

/** All answers in one place, each with a way to change it; on a renewal first what changes. */
export const check = route({
  method: 'GET',
  path: '/policy/check',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation } = ctx.actor
    const { draft, last } = await ctx.inCompany(organisation, async (tx) => ({
      draft: await draftOf(tx, doingOf(ctx)),
      last: await newestVersion(tx, organisation),
    }))
    return { page: <CheckPage ctx={ctx} draft={draft} last={last} /> }
  },
})

function answerOf(ctx: SignedCtx, draft: Draft, question: PolicyQuestion): string {
  const say = policyWords(ctx.lang).check
  const { values } = draft
  switch (question) {
    case 'name':
      return values.company_name
    case 'called':
      return values.short_name
    case 'representative':
      return `${values.representative_title} ${values.representative_name}`
    case 'assets':
      return valuesOf(draft)['assets'] ?? ''
    case 'officer':
      return values.officer_title
    case 'contact':
      return values.contact
    case 'articles':
      return say.articles(chosenArticles(draft).length)
    case 'dates':
      return [
        say.established(sayDay(ctx.lang, values.established_on)),
        values.revised_on === '' ? '' : say.revised(sayDay(ctx.lang, values.revised_on)),
      ]
        .filter((line) => line !== '')
        .join('、')
  }
}

function Answers(props: { ctx: SignedCtx; draft: Draft }): VNode {
  const { ctx, draft } = props
  const say = policyWords(ctx.lang).check
  return (
    <dl class="mm-facts mm-policy__answers">
      {askedQuestions(draft).map(({ id }) => (
        <div class="mm-facts__row" key={id}>
          <dt class="mm-facts__name">{say.rows[id]}</dt>
          <dd>
            <span lang={draft.lang}>{answerOf(ctx, draft, id)}</span>
            <a class="mm-link" href={`/policy/questions/${id}?from=check`}>
              {say.change}
              <Hidden>{say.changeOf(say.rows[id])}</Hidden>
            </a>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The one banner of the page: what stands in the way, most important first. */
function Hint(props: { ctx: SignedCtx; draft: Draft }): VNode | null {
  const { ctx, draft } = props
  const words = policyWords(ctx.lang)
  const open = openQuestions(draft)
  const claims = claimsIn(keyedText(draft), draft.lang)
  const missing = missingSubjects(draft)
  if (open.length > 0) {
    return (
      <Banner tone="info" title={words.check.open}>
        <p>{words.check.openText}</p>
        <p>
          <a class="mm-link" href={`/policy/questions/${open[0] ?? 'name'}`}>
            {words.check.openAct}
          </a>
        </p>
      </Banner>
    )
  }
  if (claims.length > 0) return <Claims ctx={ctx} of={claims} />
  if (missing.length === 0) return null
  return (
    <Banner tone="today" title={words.question.missing(saySubjects(ctx.lang, missing))}>
      <p>{words.question.missingText}</p>
    </Banner>
  )
}

function CheckPage(props: { ctx: SignedCtx; draft: Draft; last: PolicyVersion | undefined }): VNode {
  const { ctx, draft, last } = props
  const say = policyWords(ctx.lang).check
  const changes = last === undefined ? undefined : changesSince(last, draft)
  const ready = openQuestions(draft).length === 0 && changes?.length !== 0
  const back = { href: '/policy', text: policyWords(ctx.lang).question.backToList }
  return (
    <PolicyPage ctx={ctx} title={say.title} back={back}>
      <Title>{say.title}</Title>
      <Hint ctx={ctx} draft={draft} />
      {changes !== undefined && (
        <Section id="changed" head={say.changed} first>
          {changes.length === 0 ? <p>{say.same}</p> : <Changes ctx={ctx} of={changes} />}
        </Section>
      )}
      <Answers ctx={ctx} draft={draft} />
      {ready && ctx.actor.role === 'owner' && (
        <div class="mm-section">
          <p>{say.goNote}</p>
          <p class="mm-policy__go">
            <LinkButton href="/policy/approve" kind="primary" size="lg">
              {say.go}
            </LinkButton>
          </p>
        </div>
      )}
      {ready && ctx.actor.role !== 'owner' && <p class="mm-section">{say.owner}</p>}
      <Section id="text" head={say.text}>
        <WholePolicy of={textOf(compose(draft))} lang={draft.lang} />
      </Section>
    </PolicyPage>
  )
}
