import type { VNode } from 'preact'
import { fault } from '../../../base/fault.ts'
import { type Answer, Banner, Form, route, type SignedCtx, Title } from '../../../http/index.ts'
import {
  answerPolicyQuestion,
  askedQuestions,
  compose,
  type Draft,
  draftOf,
  missingSubjects,
  type PolicyQuestion,
} from '../../../policy/index.ts'
import { type Asked, askedOf, Fields, fieldsOf, readAnswer } from './fields.tsx'
import { PolicyPage, Preview } from './parts.tsx'
import { doingOf, policyWords, saySubjects } from './say.ts'

type Found = {
  readonly draft: Draft
  readonly question: PolicyQuestion
  readonly at: number
  readonly of: number
}

async function mustFind(ctx: SignedCtx): Promise<Found> {
  const draft = await ctx.inCompany(ctx.actor.organisation, (tx) => draftOf(tx, doingOf(ctx)))
  const asked = askedQuestions(draft)
  const at = asked.findIndex((one) => one.id === ctx.params['question'])
  const question = asked[at]?.id
  if (question === undefined) throw fault('NOT_FOUND')
  return { draft, question, at, of: asked.length }
}

/** Coming from the check, one goes straight back to it. */
const fromCheck = (ctx: SignedCtx): boolean => (ctx.form['from'] ?? ctx.query['from']) === 'check'

/** One question of the policy. */
export const question = route({
  method: 'GET',
  path: '/policy/questions/:question',
  area: 'owner',
  ids: { question: 'question' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    return { page: <QuestionPage ctx={ctx} found={found} asked={askedOf(found.draft, found.question)} /> }
  },
})

/** Keeps the answer and goes on. */
export const answerQuestion = route({
  method: 'POST',
  path: '/policy/questions/:question',
  area: 'owner',
  ids: { question: 'question' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const read = readAnswer(ctx, found.draft, found.question)
    if (!read.ok) return { page: <QuestionPage ctx={ctx} found={found} asked={read.asked} />, status: 422 }
    const draft = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      answerPolicyQuestion(tx, doingOf(ctx), read.answer),
    )
    // A button beside an article opens its text; what was ticked so far is kept.
    const edit = found.question === 'articles' ? ctx.form['edit'] : undefined
    if (edit !== undefined) return { redirect: `/policy/articles/${encodeURIComponent(edit)}` }
    // An article that went may have been the only one on its subject: said at once, on the same page.
    if (
      found.question === 'articles' &&
      missingSubjects(draft).length > 0 &&
      ctx.form['lacking'] !== 'seen'
    ) {
      return { redirect: `/policy/questions/articles?lacking=seen${fromCheck(ctx) ? '&from=check' : ''}` }
    }
    const next = askedQuestions(draft)[found.at + 1]
    return {
      redirect: fromCheck(ctx) || next === undefined ? '/policy/check' : `/policy/questions/${next.id}`,
    }
  },
})

function QuestionPage(props: { ctx: SignedCtx; found: Found; asked: Asked }): VNode {
  const { ctx, found, asked } = props
  const { draft, at } = found
  const words = policyWords(ctx.lang)
  const say = words.question
  const task = askedQuestions(draft)[at]?.task ?? 'company'
  const before = askedQuestions(draft)[at - 1]?.id
  const back = fromCheck(ctx)
    ? { href: '/policy/check', text: say.backToCheck }
    : { href: before === undefined ? '/policy' : `/policy/questions/${before}`, text: say.back }
  const lacking = found.question === 'articles' ? missingSubjects(draft) : []
  const seen = ctx.query['lacking'] === 'seen' || ctx.form['lacking'] === 'seen'
  return (
    <PolicyPage ctx={ctx} title={say.heads[found.question]} width="wide" form={asked.form} back={back}>
      <div class="mm-policy">
        <div class="mm-policy__main">
          <Title eyebrow={`${words.home.tasks[task]}　${say.count(at + 1, found.of)}`}>
            {say.heads[found.question]}
          </Title>
          {seen && lacking.length > 0 && asked.form.errors.length === 0 && (
            <Banner tone="today" title={say.missing(saySubjects(ctx.lang, lacking))}>
              <p>{say.missingText}</p>
            </Banner>
          )}
          {ctx.query['done'] === 'saved' && asked.form.errors.length === 0 && (
            <Banner tone="ok" title={words.article.saved} />
          )}
          <p class="mm-prose">{say.why[found.question]}</p>
          <Form
            action={`/policy/questions/${found.question}`}
            form={asked.form}
            submit={fromCheck(ctx) ? say.keep : say.next}
            hidden={{ ...(fromCheck(ctx) && { from: 'check' }), ...(seen && { lacking: 'seen' }) }}
          >
            <Fields ctx={ctx} draft={draft} question={found.question} asked={asked} />
          </Form>
          <p class="mm-policy__list">
            <a class="mm-link" href="/policy">
              {say.backToList}
            </a>
          </p>
        </div>
        <Preview ctx={ctx} of={compose(draft)} marked={fieldsOf[found.question]} />
      </div>
    </PolicyPage>
  )
}
