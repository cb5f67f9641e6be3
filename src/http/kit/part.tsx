import type { ComponentChildren, VNode } from 'preact'
import type { Instant } from '../../base/time.ts'
import type { Severity } from '../../base/severity.ts'
import { useKitWords, useReading } from './reading.ts'
import { sayTime } from '../say.ts'
import { isoJst } from '../../base/time.ts'
import { Phrased } from './text.tsx'

export type MarkKind =
  | Severity
  | 'ok'
  | 'unwatched'
  | 'done'
  | 'doing'
  | 'next'
  | 'paused'
  | 'ended'
  | 'question'

function markWord(words: ReturnType<typeof useKitWords>, mark: MarkKind): string {
  return { ...words.severity, ...words.mark }[mark]
}

/** A word and a shape, never colour alone; without children the mark's own word. */
export function Mark(props: {
  mark: MarkKind
  size?: 'lg'
  plain?: boolean
  children?: ComponentChildren
}): VNode {
  const words = useKitWords()
  return (
    <span class="mm-mark" data-mark={props.mark} data-size={props.size} data-plain={props.plain || undefined}>
      {props.children ?? markWord(words, props.mark)}
    </span>
  )
}

export type Tone = 'neutral' | 'accent' | 'ok' | 'today' | 'week' | 'now' | 'unwatched'

/** A status word; never pressed. */
export function Tag(props: { tone?: Tone; children: ComponentChildren }): VNode {
  return (
    <span class="mm-tag" data-tone={props.tone}>
      {props.children}
    </span>
  )
}

/** The first thing an owner sees: one sentence, and the proof of it. */
export function State(props: {
  state: 'calm' | 'see' | 'now' | 'unwatched' | 'preparing'
  urgency?: 'today' | 'week'
  mark: ComponentChildren
  /** `|` where it may break. */
  sentence: string
  when?: Instant
  text?: ComponentChildren
  proof?: ComponentChildren
  also?: ComponentChildren
  children?: ComponentChildren
}): VNode {
  const reading = useReading()
  const words = useKitWords()
  return (
    <section class="mm-state" data-state={props.state} data-urgency={props.urgency} aria-labelledby="state">
      <div class="mm-state__bar">
        {props.mark}
        {props.when !== undefined && (
          <span class="mm-state__when">
            <time dateTime={isoJst(props.when)}>{words.screenOf(sayTime(reading, props.when))}</time>
          </span>
        )}
      </div>
      <div class="mm-state__body">
        <h2 class="mm-state__sentence" data-phrased id="state">
          <Phrased text={props.sentence} />
        </h2>
        {props.text !== undefined && <p class="mm-state__text">{props.text}</p>}
        {props.children}
        {props.proof !== undefined && <div class="mm-state__proof">{props.proof}</div>}
      </div>
      {props.also !== undefined && <div class="mm-state__also">{props.also}</div>}
    </section>
  )
}

/** Numbered acts, one a line. */
export function Steps(props: { items: readonly ComponentChildren[] }): VNode {
  return (
    <ol class="mm-steps">
      {props.items.map((item, at) => (
        <li key={at}>{item}</li>
      ))}
    </ol>
  )
}

/** What not to do, in its own box. */
export function Dont(props: { items: readonly ComponentChildren[] }): VNode {
  const words = useKitWords()
  return (
    <div class="mm-dont">
      <span class="mm-dont__head">{words.dontHead}</span>
      <ul>
        {props.items.map((item, at) => (
          <li key={at}>{item}</li>
        ))}
      </ul>
    </div>
  )
}

export type Fact = {
  readonly name: ComponentChildren
  readonly value: ComponentChildren
  readonly note?: ComponentChildren
}

/** Names and values. */
export function Facts(props: { rows: readonly Fact[] }): VNode {
  return (
    <dl class="mm-facts">
      {props.rows.map((row, at) => (
        <div class="mm-facts__row" key={at}>
          <dt class="mm-facts__name">{row.name}</dt>
          <dd>
            {row.value}
            {row.note !== undefined && <span class="mm-facts__note"> {row.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Rows between lines. */
export function List(props: { children: ComponentChildren; label?: string }): VNode {
  return (
    <ul class="mm-list" aria-label={props.label}>
      {props.children}
    </ul>
  )
}

/** One row of a list; with `href` the whole row is the link. */
export function Row(props: {
  main: ComponentChildren
  href?: string
  side?: ComponentChildren
  sub?: ComponentChildren
}): VNode {
  const inner = (
    <>
      <span class="mm-list__main">{props.main}</span>
      {props.side !== undefined && <span class="mm-list__side">{props.side}</span>}
      {props.sub !== undefined && <span class="mm-list__sub">{props.sub}</span>}
    </>
  )
  return (
    <li class="mm-list__item">
      {props.href === undefined ? (
        inner
      ) : (
        <a class="mm-list__link" href={props.href}>
          {inner}
        </a>
      )}
    </li>
  )
}

/** The technical record: closed until asked for. */
export function Record(props: { summary: ComponentChildren; children: ComponentChildren }): VNode {
  return (
    <details class="mm-record">
      <summary>{props.summary}</summary>
      {props.children}
    </details>
  )
}

/** A box for what stands alone. */
export function Card(props: {
  title?: ComponentChildren
  tone?: 'quiet' | 'accent' | 'unwatched'
  foot?: ComponentChildren
  children: ComponentChildren
}): VNode {
  return (
    <section class="mm-card" data-tone={props.tone}>
      {props.title !== undefined && <h2 class="mm-card__title">{props.title}</h2>}
      {props.children}
      {props.foot !== undefined && <div class="mm-card__foot">{props.foot}</div>}
    </section>
  )
}

/** What just happened, or what is different today; at most one on a page. */
export function Banner(props: {
  tone?: 'ok' | 'info' | 'today' | 'now'
  title?: ComponentChildren
  children?: ComponentChildren
}): VNode {
  const tone = props.tone ?? 'info'
  return (
    <div class="mm-banner" data-tone={tone} role={tone === 'ok' ? 'status' : undefined}>
      {props.title !== undefined && (
        <p>
          <b>{props.title}</b>
        </p>
      )}
      {props.children}
    </div>
  )
}
