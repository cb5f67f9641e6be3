import type { ComponentChildren, VNode } from 'preact'
import { homeOf } from '../actor.ts'
import type { FormState } from '../form.ts'
import type { Ctx } from '../route.ts'
import { flat } from '../say.ts'
import { kitWords } from '../words.ts'
import { HiddenField } from './form.tsx'
import { ReadingContext } from './reading.ts'
import { telOf } from './text.tsx'

/** One entry of a page's main links. */
export type NavItem = {
  readonly key: string
  readonly href: string
  readonly text: string
  readonly count?: number
}

/** The whole document. */
export function Document(props: {
  ctx: Ctx
  title: string
  form?: FormState | undefined
  styles: readonly string[]
  scripts?: readonly string[]
  density?: 'console'
  full?: boolean
  children: ComponentChildren
}): VNode {
  const { ctx } = props
  return (
    <html lang={ctx.lang} data-text={ctx.large ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{documentTitle(ctx, props.title, props.form)}</title>
        <link rel="icon" href="data:," />
        {props.styles.map((style) => (
          <link rel="stylesheet" href={ctx.asset(style)} key={style} />
        ))}
        {props.scripts?.map((script) => (
          <script type="module" src={ctx.asset(script)} key={script} />
        ))}
      </head>
      <body class="mm-page" data-density={props.density} data-full={props.full || undefined}>
        <ReadingContext.Provider value={{ lang: ctx.lang, now: ctx.now }}>
          {props.children}
        </ReadingContext.Provider>
      </body>
    </html>
  )
}

function documentTitle(ctx: Ctx, title: string, form: FormState | undefined): string {
  const words = kitWords[ctx.lang]
  const error = form !== undefined && form.errors.length > 0 ? words.errorTitle : ''
  return error + [flat(title), ctx.actor?.organisationName, words.brand].filter(Boolean).join('｜')
}

/** First in the body: for people who move by keyboard. */
export function Skip(props: { ctx: Ctx }): VNode {
  return (
    <a class="mm-skip" href="#main">
      {kitWords[props.ctx.lang].skip}
    </a>
  )
}

/** Says on every page of a practice installation that it is one. */
export function PracticeLine(props: { ctx: Ctx }): VNode | null {
  return props.ctx.house?.practice ? <p class="mm-practice">{kitWords[props.ctx.lang].practice}</p> : null
}

/** Large text and the other language: two buttons on every page, kept in a cookie, without script. */
export function Switches(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const words = kitWords[ctx.lang]
  const other = ctx.lang === 'ja' ? 'en' : 'ja'
  return (
    <div class="mm-header__tools">
      <form method="post" action="/text">
        <HiddenField name="back" value={ctx.path} />
        <button
          class="mm-switch"
          name="size"
          value={ctx.large ? 'normal' : 'large'}
          aria-pressed={ctx.large ? 'true' : 'false'}
        >
          {words.large}
        </button>
      </form>
      <form method="post" action="/language">
        <HiddenField name="back" value={ctx.path} />
        <button class="mm-switch" name="lang" value={other} lang={other}>
          {words.otherLanguage}
        </button>
      </form>
    </div>
  )
}

/** The bar of an owner's or a public page. */
export function Header(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  return (
    <header class="mm-header">
      <PracticeLine ctx={ctx} />
      <div class="mm-header__inner">
        <a class="mm-header__brand" href={ctx.actor ? homeOf(ctx.actor) : '/'}>
          {kitWords[ctx.lang].brand}
        </a>
        <Switches ctx={ctx} />
      </div>
    </header>
  )
}

export function Nav(props: {
  ctx: Ctx
  items: readonly NavItem[]
  current?: string | undefined
}): VNode | null {
  if (props.items.length === 0) return null
  return (
    <nav class="mm-nav" aria-label={kitWords[props.ctx.lang].nav}>
      <ul class="mm-nav__list">
        {props.items.map((item) => (
          <li key={item.key}>
            <a
              class="mm-nav__link"
              href={item.href}
              aria-current={item.key === props.current ? 'page' : undefined}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What is wrong with the form, before anything else; links to the fields, takes the focus. */
export function ErrorSummary(props: { ctx: Ctx; form: FormState | undefined }): VNode | null {
  const errors = props.form?.errors ?? []
  if (errors.length === 0) return null
  return (
    <div class="mm-errors" role="alert" aria-labelledby="errors" tabIndex={-1} autofocus>
      <h2 class="mm-errors__title" id="errors">
        {kitWords[props.ctx.lang].errorHead(errors.length)}
      </h2>
      <ul class="mm-errors__list">
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#f-${error.field}`}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Signs out. */
export function SignOut(props: { ctx: Ctx }): VNode {
  return (
    <form method="post" action="/sign-out">
      <button class="mm-switch">{kitWords[props.ctx.lang].signOut}</button>
    </form>
  )
}

/** The end of an owner's or a public page. */
export function Foot(props: { ctx: Ctx; children?: ComponentChildren }): VNode {
  const { ctx } = props
  const words = kitWords[ctx.lang]
  return (
    <footer class="mm-foot">
      <div class="mm-foot__inner">
        <ul class="mm-foot__list">
          <li>
            <a href="/check">{words.check}</a>
          </li>
          <li>
            <a href="/privacy">{words.privacy}</a>
          </li>
        </ul>
        {props.children}
        {ctx.house && <p>{words.watchedBy(ctx.house.provider.name)}</p>}
        {ctx.actor && <SignOut ctx={ctx} />}
      </div>
    </footer>
  )
}

/** The way to a person: same place, same words, every page. */
export function CallBar(props: { ctx: Ctx }): VNode | null {
  const { house, actor, lang } = props.ctx
  const words = kitWords[lang]
  if (!house) return null
  return (
    <nav class="mm-call" aria-label={words.callHelp}>
      <div class="mm-call__inner">
        <a class="mm-call__link" href={telOf(house.deskPhone)}>
          {words.callHelp} <span class="mm-call__number">{house.deskPhone}</span>
        </a>
        <p class="mm-call__note">
          <span lang="ja">{house.deskHours}</span>
          {actor?.code !== undefined && (
            <>
              {lang === 'ja' ? '・' : ' · '}
              {words.yourNumber} <span class="mm-code">{actor.code}</span>
            </>
          )}
        </p>
      </div>
    </nav>
  )
}
