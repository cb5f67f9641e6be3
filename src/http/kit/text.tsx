import { type ComponentChildren, Fragment, type VNode } from 'preact'
import { type Instant, isoJst } from '../../base/time.ts'
import { sayTime, type TimeForm } from '../say.ts'
import { useReading } from './reading.ts'

/** A sentence that breaks only where a `|` stands. */
export function Phrased(props: { text: string }): VNode {
  const parts = props.text.split('|')
  return (
    <>
      {parts.map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  )
}

/** An instant in words, with the exact one for machines. */
export function Time(props: { at: Instant; form?: TimeForm }): VNode {
  const words = sayTime(useReading(), props.at, props.form ?? 'plain')
  return <time dateTime={isoJst(props.at)}>{words}</time>
}

/** The h1 of the page; a string may carry `|` where it may break. */
export function Title(props: {
  children: ComponentChildren
  eyebrow?: ComponentChildren
  size?: 'sm'
  id?: string
}): VNode {
  return (
    <h1 class="mm-title" data-size={props.size} id={props.id} data-phrased>
      {props.eyebrow !== undefined && <span class="mm-title__eyebrow">{props.eyebrow}</span>}
      {typeof props.children === 'string' ? <Phrased text={props.children} /> : props.children}
    </h1>
  )
}

/** One h2 and what belongs to it; `id` names the heading and must be unique on the page. */
export function Section(props: {
  id: string
  head: ComponentChildren
  note?: ComponentChildren
  first?: boolean
  children?: ComponentChildren
}): VNode {
  return (
    <section class="mm-section" aria-labelledby={props.id} data-first={props.first || undefined}>
      <h2 class="mm-section__head" id={props.id}>
        {props.head}
      </h2>
      {props.note !== undefined && <p class="mm-section__note">{props.note}</p>}
      {props.children}
    </section>
  )
}

/** A short number or code that is read aloud: never breaks. */
export function Code(props: { children: ComponentChildren }): VNode {
  return <span class="mm-code">{props.children}</span>
}

/** Read aloud, not seen. */
export function Hidden(props: { children: ComponentChildren }): VNode {
  return <span class="mm-hidden">{props.children}</span>
}

/** Running text of readable width. */
export function Prose(props: { children: ComponentChildren }): VNode {
  return <div class="mm-prose">{props.children}</div>
}

/** A small remark. */
export function Note(props: { children: ComponentChildren; id?: string }): VNode {
  return (
    <p class="mm-note" id={props.id}>
      {props.children}
    </p>
  )
}

/** `tel:` address of a written number. */
export function telOf(phone: string): string {
  return `tel:${phone.normalize('NFKC').replace(/[^+\d]/g, '')}`
}

/** A number that can be pressed. */
export function PhoneLink(props: { phone: string }): VNode {
  return <a href={telOf(props.phone)}>{props.phone}</a>
}

/** Data for an island: text that no part of it can leave. */
export function Data(props: { id: string; value: unknown }): VNode {
  const text = JSON.stringify(props.value).replaceAll('<', '\\u003c')
  return <script type="application/json" id={props.id} dangerouslySetInnerHTML={{ __html: text }} />
}
