import type { VNode } from 'preact'

/** A link out of the house; only an address of the web becomes one. */
export function Outside(props: { href: string }): VNode {
  return /^https?:\/\//.test(props.href) ? (
    <a href={props.href} rel="noreferrer noopener">
      {props.href}
    </a>
  ) : (
    <>{props.href}</>
  )
}
