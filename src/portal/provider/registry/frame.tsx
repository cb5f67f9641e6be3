import type { ComponentChildren, VNode } from 'preact'
import { fault } from '../../../base/fault.ts'
import { ConsolePage, type FormState, type SignedCtx } from '../../../http/index.ts'
import { mayReview, readRegistry, type Registry } from '../../../registry/index.ts'
import { DeskLinks } from '../desk-links.tsx'
import { Head } from '../panel.tsx'
import { providerNav } from '../say.ts'
import { deskPaths, sayDesk } from './say.ts'

type Tab = 'queue' | 'entries' | 'settings'

/** A page of the desk, with the ways between its three parts. */
export function DeskPage(props: {
  ctx: SignedCtx
  title: string
  tab: Tab
  say?: ComponentChildren
  form?: FormState
  children: ComponentChildren
}): VNode {
  const { ctx, title, tab } = props
  const { tabs } = sayDesk(ctx.lang)
  const ways: readonly (readonly [Tab, string])[] = [
    ['queue', deskPaths.queue],
    ['entries', deskPaths.entries],
    ...(ctx.actor.role === 'admin' ? [['settings', deskPaths.settings] as const] : []),
  ]
  return (
    <ConsolePage ctx={ctx} title={title} nav={providerNav(ctx)} current="declarations" form={props.form}>
      <DeskLinks ctx={ctx} current="register" />
      <nav class="mm-cluster" aria-label={sayDesk(ctx.lang).title}>
        {ways.map(([key, href]) => (
          <a key={key} class="mm-link" href={href} aria-current={key === tab ? 'page' : undefined}>
            {tabs[key]}
          </a>
        ))}
      </nav>
      <Head title={title} {...(props.say !== undefined && { say: props.say })} />
      {props.children}
    </ConsolePage>
  )
}

/**
 * The register that the actor's organisation runs; undefined where it has none. Another organisation's register looks like
 * none at all.
 */
export async function ownRegistry(ctx: SignedCtx): Promise<Registry | undefined> {
  const registry = await readRegistry(ctx.db)
  return registry !== undefined && mayReview(ctx.actor, registry) ? registry : undefined
}

/** The same, where a page is there only with one. Fault: NOT_FOUND */
export async function mustOwnRegistry(ctx: SignedCtx): Promise<Registry> {
  const registry = await ownRegistry(ctx)
  if (registry === undefined) throw fault('NOT_FOUND')
  return registry
}

/** Whether this organisation may open a register: the one whose installation it is, and while there is none. */
export async function mayOpenOne(ctx: SignedCtx): Promise<boolean> {
  return (
    ctx.actor.kind === 'provider' &&
    ctx.house?.provider.id === ctx.actor.organisation &&
    (await readRegistry(ctx.db)) === undefined
  )
}
