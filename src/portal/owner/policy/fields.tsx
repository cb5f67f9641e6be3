import type { ComponentChildren, VNode } from 'preact'
import { z } from 'zod'
import { type PolicyArticle, policyFacts } from '../../../catalogue/index.ts'
import {
  blankForm,
  failForm,
  field,
  type FormState,
  Hidden,
  readForm,
  type SignedCtx,
  Tag,
  TextField,
} from '../../../http/index.ts'
import {
  chosenArticles,
  compose,
  type Draft,
  type PolicyAnswer,
  type PolicyQuestion,
  preambleKey,
} from '../../../policy/index.ts'
import { policyWords } from './say.ts'

/** What a question page shows in its fields: typed texts, and ticked boxes. */
export type Asked = { readonly form: FormState; readonly chosen: readonly string[] }

/** The answers behind a question, for the marks in the preview. */
export const fieldsOf: Readonly<Record<PolicyQuestion, readonly string[]>> = {
  name: ['company_name'],
  called: ['short_name'],
  representative: ['representative_title', 'representative_name'],
  assets: ['assets'],
  officer: ['officer_title'],
  contact: ['contact'],
  articles: [],
  dates: ['established_on', 'revised_on'],
}

const ownAssetsOf = (draft: Draft): string => draft.assets.own.join(draft.lang === 'ja' ? '、' : ', ')

/** The fields of a question as they are first shown: what is known, or what was answered. */
export function askedOf(draft: Draft, question: PolicyQuestion): Asked {
  const chosen = {
    assets: draft.assets.chosen.map(String),
    articles: chosenArticles(draft).map((one) => one.key),
  }
  return {
    form: blankForm({ ...draft.values, own_assets: ownAssetsOf(draft) }),
    chosen: question === 'assets' || question === 'articles' ? chosen[question] : [],
  }
}

const texts = {
  name: z.object({ company_name: field.text({ max: 100 }) }),
  called: z.object({ short_name: field.text({ max: 20 }) }),
  representative: z.object({
    representative_title: field.text({ max: 40 }),
    representative_name: field.text({ max: 60 }),
  }),
  officer: z.object({ officer_title: field.text({ max: 60 }) }),
  contact: z.object({ contact: field.text({ max: 120 }) }),
} as const

type Read =
  | { readonly ok: true; readonly answer: PolicyAnswer }
  | { readonly ok: false; readonly asked: Asked }

/** Reads what was sent for a question; what is wrong comes back in words with all that was typed. */
export function readAnswer(ctx: SignedCtx, draft: Draft, question: PolicyQuestion): Read {
  if (question === 'assets') return readAssets(ctx, draft)
  if (question === 'articles') return readArticles(ctx)
  if (question === 'dates') return readDates(ctx)
  const labels = policyWords(ctx.lang).question.fields
  const read = readForm(ctx, texts[question], labels)
  if (!read.ok) return { ok: false, asked: { form: read.form, chosen: [] } }
  return { ok: true, answer: { question, values: read.value } }
}

function readAssets(ctx: SignedCtx, draft: Draft): Read {
  const say = policyWords(ctx.lang).question
  const choices = choicesOf(draft)
  const chosen = ctx.formAll('assets').filter((at) => choices[Number(at)] !== undefined)
  const own = (ctx.form['own_assets'] ?? '')
    .split(/[、，,\n]/)
    .map((name) => name.normalize('NFC').trim())
    .filter((name) => name !== '')
  const failed = (text: string): Read => ({
    ok: false,
    asked: {
      form: failForm(ctx, { [chosen.length + own.length === 0 ? 'assets' : 'own_assets']: text }),
      chosen,
    },
  })
  if (chosen.length + own.length === 0) return failed(say.chooseOne)
  if (own.join('').length > 200) return failed(say.tooMany)
  const places = [...new Set(chosen.map(Number))].toSorted((one, other) => one - other)
  return { ok: true, answer: { question: 'assets', assets: { chosen: places, own } } }
}

function readArticles(ctx: SignedCtx): Read {
  const known = new Set(policyFacts().articles.map((one) => one.key))
  const chosen = ctx.formAll('articles').filter((key) => known.has(key))
  if (chosen.length > 0) return { ok: true, answer: { question: 'articles', articles: chosen } }
  const form = failForm(ctx, { articles: policyWords(ctx.lang).question.chooseOne })
  return { ok: false, asked: { form, chosen } }
}

const optionalDay = z
  .string()
  .optional()
  .default('')
  .transform((typed) => typed.normalize('NFKC').trim().replaceAll('/', '-'))
  .pipe(z.union([z.literal(''), z.iso.date('day')], { error: 'day' }))

function readDates(ctx: SignedCtx): Read {
  const labels = policyWords(ctx.lang).question.fields
  const schema = z.object({ established_on: field.day(), revised_on: optionalDay })
  const read = readForm(ctx, schema, labels)
  if (!read.ok) return { ok: false, asked: { form: read.form, chosen: [] } }
  return { ok: true, answer: { question: 'dates', values: read.value } }
}

const choicesOf = (draft: Draft): readonly string[] =>
  policyFacts().fields.find((one) => one.key === 'assets')?.choices?.[draft.lang] ?? []

/** Boxes to tick, with the words of what is wrong at their head. */
function Boxes(props: { form: FormState; name: string; label: string; children: ComponentChildren }): VNode {
  const { name } = props
  const error = props.form.errors.find((one) => one.field === name)?.text
  return (
    <fieldset
      class="mm-field"
      id={`f-${name}`}
      data-error={error !== undefined || undefined}
      aria-describedby={error === undefined ? undefined : `f-${name}-error`}
    >
      <legend class="mm-field__label">{props.label}</legend>
      {error !== undefined && (
        <span class="mm-field__error" id={`f-${name}-error`}>
          ＊{error}
        </span>
      )}
      {props.children}
    </fieldset>
  )
}

/** The fields of one question. */
export function Fields(props: {
  ctx: SignedCtx
  draft: Draft
  question: PolicyQuestion
  asked: Asked
}): VNode {
  const { ctx, draft, question, asked } = props
  const { form } = asked
  const say = policyWords(ctx.lang).question
  switch (question) {
    case 'name':
      return <TextField form={form} name="company_name" label={say.fields.company_name} required chars={24} />
    case 'called':
      return <TextField form={form} name="short_name" label={say.fields.short_name} required chars={8} />
    case 'representative':
      return (
        <>
          <TextField
            form={form}
            name="representative_title"
            label={say.fields.representative_title}
            required
            chars={13}
          />
          <TextField
            form={form}
            name="representative_name"
            label={say.fields.representative_name}
            required
            chars={13}
          />
        </>
      )
    case 'assets':
      return <AssetFields ctx={ctx} draft={draft} asked={asked} />
    case 'officer':
      return (
        <TextField form={form} name="officer_title" label={say.fields.officer_title} required chars={24} />
      )
    case 'contact':
      return <TextField form={form} name="contact" label={say.fields.contact} required chars={24} />
    case 'articles':
      return <ArticleFields ctx={ctx} draft={draft} asked={asked} />
    case 'dates':
      return (
        <>
          <TextField
            form={form}
            name="established_on"
            label={say.fields.established_on}
            type="date"
            required
          />
          <TextField
            form={form}
            name="revised_on"
            label={say.fields.revised_on}
            help={say.help.revised_on}
            type="date"
          />
        </>
      )
  }
}

function AssetFields(props: { ctx: SignedCtx; draft: Draft; asked: Asked }): VNode {
  const { form, chosen } = props.asked
  const say = policyWords(props.ctx.lang).question
  return (
    <>
      <Boxes form={form} name="assets" label={say.fields.assets}>
        {choicesOf(props.draft).map((name, at) => (
          <label class="mm-choice" key={name}>
            <input type="checkbox" name="assets" value={String(at)} checked={chosen.includes(String(at))} />
            <span lang={props.draft.lang}>{name}</span>
          </label>
        ))}
      </Boxes>
      <TextField
        form={form}
        name="own_assets"
        label={say.fields.ownAssets}
        help={say.help.ownAssets}
        chars={24}
      />
    </>
  )
}

function ArticleFields(props: { ctx: SignedCtx; draft: Draft; asked: Asked }): VNode {
  const { ctx, draft, asked } = props
  const say = policyWords(ctx.lang).question
  const { articles } = policyFacts()
  const standard = articles.filter((one) => one.default)
  const more = articles.filter((one) => !one.default)
  const box = (article: PolicyArticle): VNode => (
    <ArticleBox key={article.key} ctx={ctx} draft={draft} article={article} chosen={asked.chosen} />
  )
  return (
    <>
      <p>
        <button class="mm-button" data-kind="secondary" data-size="sm" name="edit" value={preambleKey}>
          {say.editOf(say.preamble)}
        </button>
      </p>
      <Boxes form={asked.form} name="articles" label={say.standard}>
        {standard.map(box)}
      </Boxes>
      <Boxes form={blankForm()} name="more" label={say.more}>
        {more.map(box)}
      </Boxes>
    </>
  )
}

function ArticleBox(props: {
  ctx: SignedCtx
  draft: Draft
  article: PolicyArticle
  chosen: readonly string[]
}): VNode {
  const { draft, article } = props
  const say = policyWords(props.ctx.lang).question
  // As it would read if it alone were chosen: with the company's values, or its own wording.
  const [shown] = compose({ ...draft, articles: [article.key] }).articles
  if (shown === undefined) return <></>
  return (
    <div class="mm-policy__choice">
      <label class="mm-choice">
        <input
          type="checkbox"
          name="articles"
          value={article.key}
          checked={props.chosen.includes(article.key)}
        />
        <span lang={draft.lang}>
          {shown.title}
          <span class="mm-choice__help">{shown.text.map((piece) => piece.text).join('')}</span>
        </span>
      </label>
      <button class="mm-button" data-kind="secondary" data-size="sm" name="edit" value={article.key}>
        {say.edit}
        <Hidden>{say.editOf(shown.title)}</Hidden>
      </button>
      {shown.own && <Tag>{say.own}</Tag>}
    </div>
  )
}
