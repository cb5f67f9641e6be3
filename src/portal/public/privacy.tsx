import type { VNode } from 'preact'
import {
  type Ctx,
  PhoneLink,
  Prose,
  PublicPage,
  type RouteSpec,
  route,
  Section,
  Table,
  Title,
} from '../../http/index.ts'
import { words } from './words.ts'

/** What is collected, why, who sees it, how long it stays. */
function PrivacyPage(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const say = words[ctx.lang].privacy
  return (
    <PublicPage ctx={ctx} title={say.title}>
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <div class="mm-section" data-first>
        <Table
          label={say.title}
          stack
          head={[say.head.what, say.head.why, say.head.who, say.head.keep]}
          rows={say.rows.map((row) => ({ key: row.what, cells: [row.what, row.why, row.who, row.keep] }))}
        />
      </div>
      <Section id="not" head={say.notHead}>
        <ul class="mm-bullets">
          {say.not.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </Section>
      {ctx.house && (
        <Section id="place" head={say.placeHead}>
          <Prose>
            <p>{say.place(ctx.house.provider.name)}</p>
          </Prose>
        </Section>
      )}
      <Section id="ask" head={say.askHead}>
        <Prose>
          <p>{say.ask}</p>
          {ctx.house && (
            <p>
              <PhoneLink phone={ctx.house.deskPhone} /> <span lang="ja">{ctx.house.deskHours}</span>
            </p>
          )}
        </Prose>
      </Section>
    </PublicPage>
  )
}

export function privacyRoutes(): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/privacy',
      area: 'public',
      handle: async (ctx) => ({ page: <PrivacyPage ctx={ctx} /> }),
    }),
  ]
}
