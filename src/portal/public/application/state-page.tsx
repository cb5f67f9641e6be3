import type { VNode } from 'preact'
import {
  ActForm,
  Banner,
  Code,
  type Ctx,
  Facts,
  Form,
  type FormState,
  LinkButton,
  List,
  Note,
  PublicPage,
  Row,
  Section,
  sayTime,
  TextArea,
  Time,
  Title,
} from '../../../http/index.ts'
import {
  type Application,
  type ApplicationEvent,
  applicantPaths,
  type Registry,
  reviewWithin,
} from '../../../registry/index.ts'
import { sayApplication } from './say.ts'

type View = {
  readonly ctx: Ctx
  readonly secret: string
  readonly application: Application
  readonly events: readonly ApplicationEvent[]
  readonly registry: Registry
  readonly form: FormState
}

/** How an application stands, for the applicant: what comes next and when. Survives reload and bookmark. */
export function StatePage(view: View): VNode {
  const { ctx, application, events, registry } = view
  const say = sayApplication(ctx.lang).state
  const { filled, state } = application
  const title = say.title[application.kind]
  const done = ctx.query['done']
  const open = state === 'checking' || state === 'review' || state === 'asked'
  return (
    <PublicPage ctx={ctx} title={title} width="reading" form={view.form}>
      <Title size="sm">{title}</Title>
      {(done === 'answered' || done === 'withdrawn') && (
        <Banner tone="ok">
          <p>{say.done[done]}</p>
        </Banner>
      )}
      <Verdict {...view} />
      <div class="mm-section">
        <Facts
          rows={[
            { name: say.for, value: filled.name ?? '' },
            ...(application.confirmedAt === null
              ? []
              : [{ name: say.since, value: <Time at={application.confirmedAt} form="full" /> }]),
          ]}
        />
      </div>
      <Section id="log" head={say.log}>
        <List>
          {events.map((event) => (
            <Row
              key={`${event.at} ${event.kind}`}
              main={say.event[event.kind]}
              side={<Time at={event.at} />}
              {...(event.text !== '' && { sub: event.text })}
            />
          ))}
        </List>
      </Section>
      {open && (
        <div class="mm-section">
          <ActForm
            action={`${applicantPaths.state(view.secret)}/withdrawal`}
            submit={say.withdraw}
            kind="quiet"
          />
        </div>
      )}
      <Note>{say.contact(registry.contact)}</Note>
    </PublicPage>
  )
}

function Verdict(view: View): VNode {
  const { ctx, application, secret, form } = view
  const say = sayApplication(ctx.lang).state
  switch (application.state) {
    case 'checking':
      return (
        <Said head={say.checking} text={say.checkingText}>
          <LinkButton href={applicantPaths.state(secret)} kind="secondary">
            {say.reload}
          </LinkButton>
        </Said>
      )
    case 'entered':
      return <Entered ctx={ctx} application={application} />
    case 'asked':
      return (
        <Said head={say.asked} text={lastText(view.events, 'asked')}>
          <p>{say.askedText}</p>
          <Form action={`${applicantPaths.state(secret)}/answer`} submit={say.submitAnswer} form={form}>
            <TextArea form={form} name="answer" label={say.answer} required rows={4} />
          </Form>
          <ActForm
            action={`${applicantPaths.state(secret)}/correction`}
            submit={say.correct}
            kind="secondary"
          />
        </Said>
      )
    case 'refused':
      return (
        <Said head={say.refused} text={say.refusedText}>
          <blockquote class="mm-card" data-tone="quiet">
            {lastText(view.events, 'refused')}
          </blockquote>
        </Said>
      )
    case 'withdrawn':
      return <Said head={say.withdrawn} text={say.withdrawnText} />
    default: {
      const until = (application.confirmedAt ?? ctx.now) + reviewWithin
      return <Said head={say.review} text={say.reviewText(sayTime(ctx, until, 'day'))} />
    }
  }
}

function lastText(events: readonly ApplicationEvent[], kind: ApplicationEvent['kind']): string {
  return events.findLast((event) => event.kind === kind)?.text ?? ''
}

function Said(props: { head: string; text: string; children?: preact.ComponentChildren }): VNode {
  return (
    <div class="mm-section" data-first role="status">
      <h2 class="mm-section__head">{props.head}</h2>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}

function Entered(props: { ctx: Ctx; application: Application }): VNode {
  const { ctx, application } = props
  const say = sayApplication(ctx.lang).state
  const number = application.number ?? ''
  return (
    <div class="mm-section" data-first>
      <p class="mm-verdict" data-valid="yes">
        {application.kind === 'details' ? say.changed : say.entered}
      </p>
      <Facts rows={[{ name: say.number, value: <Code>{number}</Code>, note: say.keep }]} />
      <p class="mm-cluster">
        <LinkButton href={applicantPaths.entry(number)} kind="primary">
          {say.entry}
        </LinkButton>
        <LinkButton href={applicantPaths.badge(number)} kind="secondary">
          {say.badge}
        </LinkButton>
      </p>
      <Note>{say.badgeText}</Note>
      <p>
        <a class="mm-link" href={applicantPaths.askForChange}>
          {say.changeLink}
        </a>
      </p>
    </div>
  )
}
