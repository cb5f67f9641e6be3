import type { VNode } from 'preact'
import {
  type Answer,
  type Ctx,
  List,
  PublicPage,
  Row,
  type RouteSpec,
  route,
  Section,
  Title,
} from '../../../http/index.ts'
import { readRegistry } from '../../../registry/index.ts'
import { withoutScope } from '../../../store/index.ts'
import { askedOf, pageOf } from './asked.ts'
import type { RegistryDoor } from './door.ts'
import { SearchPage } from './search.tsx'
import { ipaSearch, words } from './words.ts'

/** The search of the register; without one, what exists instead. */
export function searchRoutes(door: RegistryDoor): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/registry',
      area: 'public',
      async handle(ctx): Promise<Answer> {
        const registry = await readRegistry(ctx.db)
        if (registry === undefined) return { page: <NoRegister ctx={ctx} /> }
        const { asked } = askedOf(ctx.query)
        const of = { query: asked, page: pageOf(ctx.query), code: registry.code, now: ctx.now }
        const result = await withoutScope(ctx.db, (tx) => door.search(tx, of))
        return { page: <SearchPage ctx={ctx} registry={registry} asked={asked} result={result} /> }
      },
    }),
  ]
}

function NoRegister({ ctx }: { ctx: Ctx }): VNode {
  const { preparing: say } = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <Section id="now" head={say.existsHead}>
        <List>
          <Row href={ipaSearch} main={say.ipa} />
          <Row href="/security-action" main={say.action} />
          <Row href="/verify" main={say.verify} />
          <Row href="/check" main={say.check} />
        </List>
      </Section>
    </PublicPage>
  )
}
