import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  field,
  Form,
  type FormState,
  readForm,
  Record,
  route,
  type SignedCtx,
  TextArea,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  claimsIn,
  type Draft,
  draftOf,
  keyedText,
  type PolicyClaim,
  preambleKey,
  standardText,
  wordingKey,
  wordPolicyArticle,
} from '../../../policy/index.ts'
import { PolicyPage } from './parts.tsx'
import { doingOf, policyWords } from './say.ts'

type Found = {
  readonly key: string
  readonly draft: Draft
  readonly standard: { readonly title: string; readonly text: string }
  readonly own: { readonly title: string; readonly text: string } | undefined
  readonly claims: readonly PolicyClaim[]
}

/** The draft seen from one article, chosen or not. */
function foundIn(draft: Draft, key: string): Found {
  const standard = standardText(draft, key)
  if (standard === undefined) throw fault('NOT_FOUND')
  const own = draft.wording[wordingKey(draft.lang, key)]
  const alone = keyedText(key === preambleKey ? draft : { ...draft, articles: [key] })
  return { key, draft, standard, own, claims: claimsIn(alone, draft.lang).filter((one) => one.key === key) }
}

const find = async (ctx: SignedCtx): Promise<Found> =>
  foundIn(
    await ctx.inCompany(ctx.actor.organisation, (tx) => draftOf(tx, doingOf(ctx))),
    ctx.params['article'] ?? '',
  )

/** The wording of one article. */
export const article = route({
  method: 'GET',
  path: '/policy/articles/:article',
  area: 'owner',
  ids: { article: 'name' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await find(ctx)
    return {
      page: <ArticlePage ctx={ctx} found={found} form={blankForm({ ...(found.own ?? found.standard) })} />,
    }
  },
})

/** Keeps the company's wording; claims that it may not make are shown at once. */
export const wordArticle = route({
  method: 'POST',
  path: '/policy/articles/:article',
  area: 'owner',
  ids: { article: 'name' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await find(ctx)
    const say = policyWords(ctx.lang).article
    const isPreamble = found.key === preambleKey
    const read = readForm(
      ctx,
      z.object({
        title: isPreamble ? z.string().default('') : field.text({ max: 40 }),
        text: field.text({ max: 600 }),
      }),
      { title: say.head, text: say.text },
    )
    if (!read.ok) return { page: <ArticlePage ctx={ctx} found={found} form={read.form} />, status: 422 }
    const text = read.value.text.replaceAll('\r\n', '\n')
    const wording = { title: isPreamble ? '' : read.value.title, text }
    const draft = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      wordPolicyArticle(tx, doingOf(ctx), { key: found.key, wording }),
    )
    const claims = foundIn(draft, found.key).claims.length > 0
    return { redirect: claims ? `/policy/articles/${found.key}` : '/policy/questions/articles?done=saved' }
  },
})

/** Brings the standard text back. */
export const standardArticle = route({
  method: 'POST',
  path: '/policy/articles/:article/standard',
  area: 'owner',
  ids: { article: 'name' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { key } = await find(ctx)
    await ctx.inCompany(ctx.actor.organisation, (tx) => wordPolicyArticle(tx, doingOf(ctx), { key }))
    return { redirect: `/policy/articles/${key}?done=restored` }
  },
})

function ArticlePage(props: { ctx: SignedCtx; found: Found; form: FormState }): VNode {
  const { ctx, found, form } = props
  const say = policyWords(ctx.lang).article
  const isPreamble = found.key === preambleKey
  const title = isPreamble ? say.preambleTitle : say.title(found.own?.title ?? found.standard.title)
  return (
    <PolicyPage
      ctx={ctx}
      title={title}
      form={form}
      back={{ href: '/policy/questions/articles', text: say.back }}
    >
      <Title>{title}</Title>
      {ctx.query['done'] === 'restored' && form.errors.length === 0 && (
        <Banner tone="ok" title={say.restored} />
      )}
      {found.claims.length > 0 && form.errors.length === 0 && <Claims ctx={ctx} of={found.claims} />}
      <Form action={`/policy/articles/${found.key}`} form={form} submit={say.keep}>
        {!isPreamble && <TextField form={form} name="title" label={say.head} required chars={24} />}
        <TextArea form={form} name="text" label={say.text} help={say.textHelp} required rows={7} />
      </Form>
      {found.own !== undefined && (
        <div class="mm-section">
          <p>{say.standardNote}</p>
          <Record summary={say.standardShown}>
            <p lang={found.draft.lang}>{found.standard.text}</p>
          </Record>
          <ActForm action={`/policy/articles/${found.key}/standard`} submit={say.standard} kind="secondary" />
        </div>
      )}
    </PolicyPage>
  )
}

/** Words that a self-declaration may not use, each with what may be written instead. */
export function Claims(props: { ctx: SignedCtx; of: readonly PolicyClaim[] }): VNode {
  const say = policyWords(props.ctx.lang).article
  return (
    <Banner tone="today" title={say.claims}>
      <p>{say.claimsText}</p>
      <ul class="mm-bullets">
        {props.of.map((one, at) => (
          <li key={at}>{say.claim(one.words, one.suggestion)}</li>
        ))}
      </ul>
    </Banner>
  )
}
