import type { VNode } from 'preact'
import { must, record } from '../../../access/index.ts'
import {
  type Answer,
  ConfirmBody,
  ConsolePage,
  LinkButton,
  type RouteSpec,
  route,
  type SignedCtx,
} from '../../../http/index.ts'
import { mayRunRegistry } from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import type { ProviderParts } from '../parts.ts'
import { providerNav } from '../say.ts'
import { mustOwnRegistry } from './frame.tsx'
import { deskPaths, sayDesk } from './say.ts'

/** Where the key that signs the badges is changed. */
export function KeyPanel(props: { ctx: SignedCtx }): VNode {
  const say = sayDesk(props.ctx.lang).settings
  return (
    <Panel id="key" head={say.keyHead}>
      <p>{say.keyText}</p>
      <p>
        <LinkButton href={deskPaths.key} kind="secondary" size="sm">
          {say.keyLink}
        </LinkButton>
      </p>
    </Panel>
  )
}

/** A new key for the badges, after a page that says what it does. */
export function keyRoutes({ seal }: Pick<ProviderParts, 'seal'>): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: deskPaths.key,
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        await mustOwnRegistry(ctx)
        return { page: <KeyPage ctx={ctx} /> }
      },
    }),
    route({
      method: 'POST',
      path: deskPaths.key,
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        const registry = await mustOwnRegistry(ctx)
        must(mayRunRegistry(ctx.actor, registry))
        const key = await seal.rotate(ctx.now)
        await ctx.within((tx) =>
          record(tx, ctx.actor, { organisation: registry.id, act: 'registry.key-rotated', subject: key }),
        )
        return { redirect: `${deskPaths.settings}?key=${encodeURIComponent(key)}` }
      },
    }),
  ]
}

function KeyPage(props: { ctx: SignedCtx }): VNode {
  const { ctx } = props
  const say = sayDesk(ctx.lang).settings
  return (
    <ConsolePage ctx={ctx} title={say.keyTitle} nav={providerNav(ctx)} current="declarations">
      <ConfirmBody
        title={say.keyTitle}
        action={deskPaths.key}
        submit={say.keySubmit}
        back={{ href: deskPaths.settings, text: say.title }}
      >
        <p>{say.keyConfirm}</p>
      </ConfirmBody>
    </ConsolePage>
  )
}
