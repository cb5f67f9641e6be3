import type { ComponentChildren, VNode } from 'preact'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'
type Look = { kind?: ButtonKind; size?: 'lg' | 'md' | 'sm' | 'xs'; wide?: boolean }

/** Acts. */
export function Button(
  props: Look & { children: ComponentChildren; name?: string; value?: string; describedBy?: string },
): VNode {
  return (
    <button
      class="mm-button"
      data-kind={props.kind}
      data-size={props.size}
      data-wide={props.wide || undefined}
      name={props.name}
      value={props.value}
      aria-describedby={props.describedBy}
    >
      {props.children}
    </button>
  )
}

/** Moves; looks like a button. */
export function LinkButton(props: Look & { href: string; children: ComponentChildren }): VNode {
  return (
    <a
      class="mm-button"
      data-kind={props.kind}
      data-size={props.size}
      data-wide={props.wide || undefined}
      href={props.href}
    >
      {props.children}
    </a>
  )
}

/** An answer of the owner, with what pressing it brings under it. */
export function Answer(props: {
  name: string
  value: string
  children: ComponentChildren
  then?: ComponentChildren
  kind?: 'primary'
}): VNode {
  const described = `then-${props.name}-${props.value}`
  return (
    <div>
      <button
        class="mm-answer"
        data-kind={props.kind}
        name={props.name}
        value={props.value}
        aria-describedby={props.then === undefined ? undefined : described}
      >
        {props.children}
      </button>
      {props.then !== undefined && (
        <p class="mm-notice__reply" id={described}>
          {props.then}
        </p>
      )}
    </div>
  )
}
