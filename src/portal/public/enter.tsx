import type { VNode } from 'preact'
import { enterAs, isEntryLink, useEntryLink } from '../../access/index.ts'
import { ActForm, type Ctx, Prose, PublicPage, type RouteSpec, route, Title } from '../../http/index.ts'
import { fromOf, type SignInDoor } from './guards.ts'
import { words } from './words.ts'

function EnterPage(props: { ctx: Ctx }): VNode {
  const say = words[props.ctx.lang].enter
  return (
    <PublicPage ctx={props.ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.text}</p>
        <ActForm action={props.ctx.path} submit={say.submit} size="lg" />
      </Prose>
    </PublicPage>
  )
}

function GonePage(props: { ctx: Ctx }): VNode {
  const say = words[props.ctx.lang].enter
  return (
    <PublicPage ctx={props.ctx} title={say.gone} width="reading">
      <Title>{say.gone}</Title>
      <Prose>
        <p>{say.goneText}</p>
        {props.ctx.house?.practice && <p>{say.gonePractice}</p>}
        <p>
          <a class="mm-link" href="/sign-in">
            {say.signIn}
          </a>
        </p>
      </Prose>
    </PublicPage>
  )
}

/** One-time links: opening one changes nothing, pressing its button uses it up. */
export function enterRoutes({ access, guards }: SignInDoor): readonly RouteSpec[] {
  const ids = { secret: 'secret' } as const
  return [
    route({
      method: 'GET',
      path: '/enter/:secret',
      area: 'public',
      ids,
      handle: async (ctx) => {
        guards.links.take(ctx.ip, ctx.now)
        const good = await isEntryLink(access, ctx.params['secret'] ?? '', ctx.now)
        return good ? { page: <EnterPage ctx={ctx} /> } : { page: <GonePage ctx={ctx} />, status: 410 }
      },
    }),
    route({
      method: 'POST',
      path: '/enter/:secret',
      area: 'public',
      ids,
      handle: async (ctx) => {
        guards.links.take(ctx.ip, ctx.now)
        const person = await useEntryLink(access, ctx.params['secret'] ?? '', ctx.now)
        const entered = person && (await enterAs(access, person, { ...fromOf(ctx), how: 'link' }))
        return entered
          ? { redirect: entered.home, cookies: entered.cookies }
          : { page: <GonePage ctx={ctx} />, status: 410 }
      },
    }),
  ]
}
