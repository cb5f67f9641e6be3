import type { VNode } from 'preact'
import {
  type Ctx,
  homeOf,
  LinkButton,
  List,
  Note,
  Phrased,
  PhoneLink,
  PublicPage,
  Row,
  Section,
  Tag,
  Title,
} from '../../http/index.ts'
import type { Registry } from '../../registry/index.ts'
import { words } from './words.ts'

/** The official site of SECURITY ACTION since April 2026. */
const securityActionSite = 'https://sme-security.ipa.go.jp/'

/** The first door: what SECURITY ACTION is, where to begin, and what anybody may use. */
export function ActionPage(props: { ctx: Ctx; registry: Registry | undefined }): VNode {
  const { ctx } = props
  const say = words[ctx.lang]
  const { action } = say
  return (
    <PublicPage ctx={ctx} title={action.title} width="reading" back={{ href: '/', text: say.back }}>
      <Title eyebrow={<span lang="en">{action.title}</span>}>
        <Phrased text={action.hero} />
      </Title>
      <p class="mm-lead">{action.lead}</p>
      <p>
        <LinkButton href={ctx.actor?.kind === 'company' ? '/stars' : '/sign-in?to=/stars'} size="lg">
          {action.begin}
        </LinkButton>
      </p>
      <Note>{action.beginNote}</Note>
      {ctx.house && ctx.actor === undefined && (
        <Note>
          {action.beginAsk(ctx.house.provider.name)} <PhoneLink phone={ctx.house.deskPhone} />
        </Note>
      )}
      {ctx.actor?.kind === 'provider' && (
        <Note>
          <a href={homeOf(ctx.actor)}>{say.signIn.home}</a>
        </Note>
      )}
      <Section id="stars" head={action.starsHead}>
        <dl class="mm-facts">
          {action.stars.map((star) => (
            <div class="mm-facts__row" key={star.name}>
              <dt class="mm-facts__name">{star.name}</dt>
              <dd>{star.text}</dd>
            </div>
          ))}
        </dl>
        <Note>{action.starsNote}</Note>
      </Section>
      <Section id="steps" head={action.stepsHead}>
        <ol class="mm-how mm-stack" data-gap="5">
          {action.steps.map((step) => (
            <li key={step.head}>
              <h3>{step.head}</h3>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
        <p>
          <a class="mm-link" href={securityActionSite} rel="external noreferrer">
            {action.link}
          </a>
        </p>
      </Section>
      <Open ctx={ctx} registry={props.registry} />
    </PublicPage>
  )
}

function Open(props: { ctx: Ctx; registry: Registry | undefined }): VNode {
  const { ctx, registry } = props
  const say = words[ctx.lang]
  const { action } = say
  return (
    <Section id="open" head={action.openHead}>
      {registry ? (
        <p class="mm-note">{ctx.lang === 'ja' ? registry.name : registry.nameEn}</p>
      ) : (
        <p>
          <Tag>{say.preparing}</Tag> {action.registryNone}
        </p>
      )}
      <List>
        {registry && (
          <>
            <Row href="/registry" {...action.open.registry} />
            <Row href="/registry/apply" {...action.open.apply} />
            <Row href="/registry/check" {...action.open.check} />
            <Row href="/verify" {...action.open.verify} />
            <Row href="/registry/statistics" {...action.open.statistics} />
          </>
        )}
        <Row href="/wording" {...action.open.wording} />
      </List>
    </Section>
  )
}
