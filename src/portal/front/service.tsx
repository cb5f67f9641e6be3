import type { VNode } from 'preact'
import { type Ctx, LinkButton, PhoneLink, Prose, PublicPage, Section, Title } from '../../http/index.ts'
import { words } from './words.ts'

function Bullets(props: { items: readonly string[] }): VNode {
  return (
    <ul class="mm-bullets">
      {props.items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

/** The service itself: what works now and what does not yet, told apart. */
export function ServicePage(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const all = words[ctx.lang]
  const say = all.service
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" back={{ href: '/', text: all.back }}>
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <Section id="works" head={say.worksHead}>
        <Bullets items={say.works} />
      </Section>
      <Section id="later" head={say.laterHead}>
        <Bullets items={say.later} />
        <p>{say.laterNote}</p>
      </Section>
      <Section id="price" head={say.priceHead}>
        <Prose>
          <p>{say.price}</p>
        </Prose>
      </Section>
      <Section id="start" head={say.startHead}>
        <Prose>
          <p>{say.start(ctx.house?.provider.name ?? '')}</p>
          {ctx.house && (
            <p>
              <PhoneLink phone={ctx.house.deskPhone} /> <span lang="ja">{ctx.house.deskHours}</span>
            </p>
          )}
          <p>
            <LinkButton href="/sign-in" kind="secondary">
              {say.signIn}
            </LinkButton>
          </p>
        </Prose>
      </Section>
    </PublicPage>
  )
}
