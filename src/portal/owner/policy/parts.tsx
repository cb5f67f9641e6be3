import type { ComponentChildren, VNode } from 'preact'
import { type FormState, OwnerPage, type SignedCtx } from '../../../http/index.ts'
import type { Composed, Piece, PolicyChange, PolicyText, TextChange } from '../../../policy/index.ts'
import { ownerNav } from '../say.ts'
import { policyWords } from './say.ts'

/** The frame of all pages of the policy. */
export function PolicyPage(props: {
  ctx: SignedCtx
  title: string
  width?: 'reading' | 'wide'
  form?: FormState | undefined
  back?: { readonly href: string; readonly text: string }
  children: ComponentChildren
}): VNode {
  const { ctx, title, width, form, back } = props
  return (
    <OwnerPage
      ctx={ctx}
      title={title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width={width ?? 'reading'}
      form={form}
      {...(back && { back })}
    >
      {props.children}
    </OwnerPage>
  )
}

function Pieces(props: { of: readonly Piece[]; marked: readonly string[]; gaps: Record<string, string> }) {
  return (
    <>
      {props.of.map(({ text, field }, at) => {
        if (field === undefined) return text
        if (text === '') {
          return (
            <span class="mm-policy__gap" key={at}>
              {`（${props.gaps[field] ?? ''}）`}
            </span>
          )
        }
        return props.marked.includes(field) ? <mark key={at}>{text}</mark> : text
      })}
    </>
  )
}

/** The policy as it stands in the draft, beside or below a question; `marked` are the answers of this page. */
export function Preview(props: { ctx: SignedCtx; of: Composed; marked?: readonly string[] }): VNode {
  const { of, marked = [] } = props
  const say = policyWords(props.ctx.lang).question
  const gaps: Record<string, string> = policyWords(of.lang).question.fields
  return (
    <section class="mm-policy__side" aria-labelledby="preview">
      <h2 class="mm-section__head" id="preview">
        {say.preview}
      </h2>
      <div class="mm-policy__sheet" lang={of.lang}>
        <p class="mm-policy__title">{of.title}</p>
        <p>
          <Pieces of={of.preamble.pieces} marked={marked} gaps={gaps} />
        </p>
        {of.articles.map((article, at) => (
          <section key={article.key}>
            <h3>{`${at + 1}. ${article.title}`}</h3>
            <p>
              <Pieces of={article.text} marked={marked} gaps={gaps} />
            </p>
          </section>
        ))}
        <div class="mm-policy__end">
          {of.closing.map((line, at) => (
            <p key={at}>
              <Pieces of={line} marked={marked} gaps={gaps} />
            </p>
          ))}
        </div>
      </div>
    </section>
  )
}

/** The whole text of a policy, as it was or will be decided. */
export function WholePolicy(props: { of: PolicyText; lang: 'ja' | 'en' }): VNode {
  const { of } = props
  return (
    <div class="mm-policy__sheet" lang={props.lang}>
      <p class="mm-policy__title">{of.title}</p>
      <p>{of.preamble}</p>
      {of.articles.map((article, at) => (
        <section key={at}>
          <h3>{`${at + 1}. ${article.title}`}</h3>
          <p>{article.text}</p>
        </section>
      ))}
      <div class="mm-policy__end">
        {of.closing.map((line, at) => (
          <p key={at}>{line}</p>
        ))}
      </div>
    </div>
  )
}

function Changed(props: { of: TextChange; before: string; after: string }): VNode {
  const { start, before, after, end } = props.of
  return (
    <>
      <p>
        <span class="mm-policy__which">{props.before}</span> {start}
        {before !== '' && <del>{before}</del>}
        {end}
      </p>
      <p>
        <span class="mm-policy__which">{props.after}</span> {start}
        {after !== '' && <ins>{after}</ins>}
        {end}
      </p>
    </>
  )
}

/** What changed between two versions, and nothing else. */
export function Changes(props: { ctx: SignedCtx; of: readonly PolicyChange[] }): VNode {
  const say = policyWords(props.ctx.lang).changes
  return (
    <ul class="mm-policy__changes">
      {props.of.map((change, at) => (
        <li key={at}>
          <Change of={change} say={say} />
        </li>
      ))}
    </ul>
  )
}

function Change(props: { of: PolicyChange; say: ReturnType<typeof policyWords>['changes'] }): VNode {
  const { of, say } = props
  const head = (kind: string, title: string): VNode => (
    <h3>
      <span class="mm-policy__which">{kind}</span> {title}
    </h3>
  )
  switch (of.kind) {
    case 'added':
      return (
        <>
          {head(say.added, of.title)}
          <p>
            <ins>{of.text}</ins>
          </p>
        </>
      )
    case 'removed':
      return (
        <>
          {head(say.removed, of.title)}
          <p>
            <del>{of.text}</del>
          </p>
        </>
      )
    case 'closing':
      return (
        <>
          {head(say.changed, say.closing)}
          <p>
            <span class="mm-policy__which">{say.before}</span>{' '}
            {of.before === '' ? say.none : <del>{of.before}</del>}
          </p>
          <p>
            <span class="mm-policy__which">{say.after}</span>{' '}
            {of.after === '' ? say.none : <ins>{of.after}</ins>}
          </p>
        </>
      )
    case 'preamble':
      return (
        <>
          {head(say.changed, say.preamble)}
          <Changed of={of.text} before={say.before} after={say.after} />
        </>
      )
    case 'changed':
      return (
        <>
          {head(say.changed, of.title.start + of.title.after + of.title.end)}
          <Changed of={of.text} before={say.before} after={say.after} />
        </>
      )
  }
}
