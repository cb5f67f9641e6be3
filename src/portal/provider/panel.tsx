import type { ComponentChildren, VNode } from 'preact'

/** A ruled block of the console with its heading. */
export function Panel(props: {
  id: string
  head: ComponentChildren
  aside?: ComponentChildren
  children: ComponentChildren
}): VNode {
  return (
    <section class="mm-panel" aria-labelledby={props.id}>
      <div class="mm-panel__head">
        <h2 class="mm-panel__title" id={props.id}>
          {props.head}
        </h2>
        {props.aside !== undefined && <span class="mm-panel__aside">{props.aside}</span>}
      </div>
      <div class="mm-panel__body">{props.children}</div>
    </section>
  )
}

/** The title line of a page of the console. */
export function Head(props: {
  title: ComponentChildren
  say?: ComponentChildren
  act?: ComponentChildren
}): VNode {
  return (
    <div class="mm-head">
      <div>
        <h1 class="mm-head__title">{props.title}</h1>
        {props.say !== undefined && <p class="mm-head__say">{props.say}</p>}
      </div>
      {props.act !== undefined && <div class="mm-head__act">{props.act}</div>}
    </div>
  )
}
