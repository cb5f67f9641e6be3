import type { ComponentChildren, VNode } from 'preact'
import type { FormState } from '../form.ts'
import type { Ctx } from '../route.ts'
import { kitWords } from '../words.ts'
import {
  CallBar,
  Document,
  ErrorSummary,
  Foot,
  Header,
  Nav,
  type NavItem,
  PracticeLine,
  SignOut,
  Skip,
  Switches,
} from './frame.tsx'

type Common = {
  ctx: Ctx
  /** Plain text; the organisation and the brand are added. */
  title: string
  form?: FormState | undefined
  children: ComponentChildren
}
type Way = { readonly href: string; readonly text: string }
type Width = 'reading' | 'wide' | 'full'

const ownerStyles = ['mm.css'] as const
const consoleStyles = ['mm.css', 'console.css'] as const

function Calm(
  props: Common & {
    nav: readonly NavItem[]
    current?: string
    width?: Width
    back?: Way
    foot?: ComponentChildren
  },
): VNode {
  const { ctx } = props
  return (
    <Document ctx={ctx} title={props.title} form={props.form} styles={ownerStyles}>
      <Skip ctx={ctx} />
      <Header ctx={ctx} />
      <Nav ctx={ctx} items={props.nav} current={props.current} />
      <main class="mm-main" id="main" data-width={props.width}>
        <ErrorSummary ctx={ctx} form={props.form} />
        {props.back !== undefined && (
          <a class="mm-back" href={props.back.href}>
            {props.back.text}
          </a>
        )}
        {props.children}
      </main>
      <Foot ctx={ctx}>{props.foot}</Foot>
      <CallBar ctx={ctx} />
    </Document>
  )
}

/** A page for the people of a company. */
export function OwnerPage(
  props: Common & { nav: readonly NavItem[]; current?: string; width?: Width; back?: Way },
): VNode {
  return <Calm {...props} />
}

/** A page for anybody. */
export function PublicPage(props: Common & { width?: Width; back?: Way; foot?: ComponentChildren }): VNode {
  return <Calm {...props} nav={[]} />
}

/**
 * A page of the provider. `work` = an ordinary page of the console, `desk` = the full-height frame of the queue.
 * `islands` are the scripts of `portal/provider/island/` that make it live; the page works without them.
 */
export function ConsolePage(
  props: Common & {
    nav: readonly NavItem[]
    current?: string
    mode?: 'work' | 'desk'
    pad?: 'none'
    islands?: readonly string[]
    /** Right end of the bar: promises, pulse. */
    end?: ComponentChildren
  },
): VNode {
  const { ctx } = props
  const desk = props.mode === 'desk'
  return (
    <Document
      ctx={ctx}
      title={props.title}
      form={props.form}
      styles={consoleStyles}
      scripts={props.islands ?? []}
      density="console"
      full={desk}
    >
      <Skip ctx={ctx} />
      <ConsoleTop {...props} />
      <main class={desk ? 'mm-desk' : 'mm-work'} id="main" data-pad={props.pad}>
        <ErrorSummary ctx={ctx} form={props.form} />
        {props.children}
      </main>
    </Document>
  )
}

function ConsoleTop(props: {
  ctx: Ctx
  nav: readonly NavItem[]
  current?: string
  end?: ComponentChildren
}): VNode {
  const { ctx } = props
  const words = kitWords[ctx.lang]
  return (
    <header>
      <PracticeLine ctx={ctx} />
      <div class="mm-top">
        <a class="mm-top__brand" href="/queue">
          {words.brand}
        </a>
        <span class="mm-top__org">{ctx.actor?.organisationName}</span>
        <nav aria-label={words.consoleNav}>
          <ul class="mm-top__nav">
            {props.nav.map((item) => (
              <li key={item.key}>
                <a
                  class="mm-top__link"
                  href={item.href}
                  aria-current={item.key === props.current ? 'page' : undefined}
                >
                  {item.text}
                  {item.count !== undefined && <b> {item.count}</b>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="mm-top__end">
          {props.end}
          <span class="mm-top__who">{ctx.actor?.name}</span>
          <Switches ctx={ctx} />
          <SignOut ctx={ctx} />
        </div>
      </div>
    </header>
  )
}
