import type { VNode } from 'preact'
import {
  type Ctx,
  Facts,
  homeOf,
  LinkButton,
  List,
  Mark,
  Note,
  Phrased,
  PhoneLink,
  PublicPage,
  Row,
  Section,
  Tag,
  telOf,
} from '../../http/index.ts'
import { words } from './words.ts'

type Say = (typeof words)['ja' | 'en']
type Door = Say['doors'][keyof Say['doors']]

/** The front door: four ways in, in the policy's own order; the way by trouble; the phone; a sample. */
export function FrontPage(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const say = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={say.title} foot={<p>{say.note}</p>}>
      <div class="mm-grid" data-columns="hero">
        <div>
          <h1 class="mm-hero" data-phrased>
            {say.hero.map((line, at) => (
              <span class="mm-hero__line" key={at}>
                <Phrased text={line} />
              </span>
            ))}
          </h1>
          <p class="mm-lead">{say.lead}</p>
        </div>
        <SignInCard ctx={ctx} />
      </div>
      <Section id="doors" head={say.doorsHead}>
        <ul class="mm-grid" data-columns="2">
          <DoorItem door={say.doors.action} href="/security-action" english />
          <DoorItem door={say.doors.programme} href="/programmes" preparing />
          <DoorItem door={say.doors.service} href="/service" />
          <DoorItem door={say.doors.chain} href="/chain" english preparing />
        </ul>
      </Section>
      <div class="mm-grid mm-section" data-columns="2">
        <Troubles ctx={ctx} />
        <Phone ctx={ctx} />
      </div>
      <div class="mm-grid mm-section" data-columns="2">
        <How say={say} />
        <Sample say={say} />
      </div>
    </PublicPage>
  )
}

function SignInCard(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const say = words[ctx.lang].signIn
  return (
    <section class="mm-card" data-tone="quiet" aria-labelledby="sign-in">
      <h2 class="mm-card__title" id="sign-in">
        {say.head}
      </h2>
      {ctx.actor ? (
        <>
          <p>
            <LinkButton href={homeOf(ctx.actor)} size="lg" wide>
              {say.home}
            </LinkButton>
          </p>
          <Note>{say.as(ctx.actor.name)}</Note>
        </>
      ) : (
        <>
          <p>
            <LinkButton href="/sign-in" size="lg" wide>
              {say.button}
            </LinkButton>
          </p>
          <Note>{ctx.house?.practice ? say.practice : say.note}</Note>
        </>
      )}
    </section>
  )
}

function DoorItem(props: { door: Door; href: string; english?: boolean; preparing?: boolean }): VNode {
  const { door } = props
  return (
    <li>
      <a class="mm-door" href={props.href} data-preparing={props.preparing || undefined}>
        <span class="mm-door__no">{door.no}</span>
        <span class="mm-door__title" lang={props.english ? 'en' : undefined}>
          {door.title}
        </span>
        <span class="mm-door__text">{door.text}</span>
        <span class="mm-door__go">{door.go}</span>
      </a>
    </li>
  )
}

function Troubles(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const say = words[ctx.lang]
  const phone = ctx.house?.deskPhone ?? ''
  return (
    <section aria-labelledby="which">
      <h2 class="mm-section__head" id="which">
        {say.troubleHead}
      </h2>
      <List>
        <Row href={telOf(phone)} {...say.trouble.strange} />
        <Row href="/check" {...say.trouble.genuine} />
        <Row href="/security-action" {...say.trouble.star} />
        <Row href="/service#price" {...say.trouble.price} />
      </List>
    </section>
  )
}

function Phone(props: { ctx: Ctx }): VNode {
  const { ctx } = props
  const say = words[ctx.lang]
  return (
    <section aria-labelledby="phone">
      <h2 class="mm-section__head" id="phone">
        {say.phoneHead}
      </h2>
      <Facts
        rows={[
          { name: say.phone.number, value: <PhoneLink phone={ctx.house?.deskPhone ?? ''} /> },
          { name: say.phone.hours, value: <span lang="ja">{ctx.house?.deskHours}</span> },
          { name: say.phone.code, value: say.phoneCode },
        ]}
      />
    </section>
  )
}

function How(props: { say: Say }): VNode {
  return (
    <section aria-labelledby="how">
      <h2 class="mm-section__head" id="how">
        {props.say.howHead}
      </h2>
      <ol class="mm-how mm-stack" data-gap="5">
        {props.say.how.map((step) => (
          <li key={step.head}>
            <h3>{step.head}</h3>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Sample(props: { say: Say }): VNode {
  const { sample } = props.say
  return (
    <figure class="mm-card" aria-labelledby="sample">
      <figcaption class="mm-note" id="sample">
        {sample.head}
      </figcaption>
      <p>
        <Mark mark="today" />
      </p>
      <p class="mm-card__title">
        <b>{sample.title}</b>
      </p>
      <p>{sample.text}</p>
      <p>
        <b>{sample.todo}</b>
      </p>
      <p class="mm-cluster" data-gap="2">
        {sample.answers.map((answer) => (
          <Tag key={answer}>{answer}</Tag>
        ))}
      </p>
    </figure>
  )
}
