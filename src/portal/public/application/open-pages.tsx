import type { VNode } from 'preact'
import {
  ActForm,
  Banner,
  type Ctx,
  Facts,
  Form,
  Note,
  Prose,
  PublicPage,
  Section,
  Title,
} from '../../../http/index.ts'
import { type Application, applicantPaths, type Registry } from '../../../registry/index.ts'
import { linesOf } from './check-page.tsx'
import { formPath, nameOf, sayApplication } from './say.ts'

/** Before anybody begins: what it is, what is needed, what becomes public, what comes after. */
export function IntroPage(props: { ctx: Ctx; registry: Registry }): VNode {
  const { ctx, registry } = props
  const say = sayApplication(ctx.lang).intro
  const two = registry.levels.includes('SA2')
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead(nameOf(registry, ctx.lang))}</p>
      <Prose>
        <p>{say.notCertified}</p>
      </Prose>
      <Section id="need" head={say.needHead}>
        <ul class="mm-bullets">
          {[...say.need, ...(two ? [say.needTwo] : [])].map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </Section>
      <Section id="shown" head={say.publicHead}>
        <ul class="mm-bullets">
          <li>{say.shown}</li>
          <li>{say.hidden}</li>
        </ul>
      </Section>
      <Section id="after" head={say.afterHead}>
        <ol class="mm-steps">
          {say.after.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      </Section>
      <div class="mm-section">
        <Form action="/registry/apply" submit={say.submit} />
        <p>
          <a class="mm-link" href={applicantPaths.askForChange}>
            {say.change}
          </a>
        </p>
        <Note>{say.runBy(nameOf(registry, ctx.lang), registry.contact)}</Note>
      </div>
    </PublicPage>
  )
}

/** No register takes applications here. */
export function ClosedPage(props: { ctx: Ctx }): VNode {
  const say = sayApplication(props.ctx.lang).closed
  return (
    <PublicPage ctx={props.ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.text}</p>
      </Prose>
    </PublicPage>
  )
}

/** A link that opens nothing any more. */
export function GonePage(props: { ctx: Ctx; confirm?: boolean }): VNode {
  const say = sayApplication(props.ctx.lang)
  const title = props.confirm === true ? say.confirm.goneTitle : say.gone.title
  return (
    <PublicPage ctx={props.ctx} title={title} width="reading">
      <Title>{title}</Title>
      <Prose>
        <p>{props.confirm === true ? say.confirm.goneText : say.gone.text}</p>
        <p>
          <a class="mm-link" href="/registry/apply">
            {say.gone.again}
          </a>
        </p>
      </Prose>
    </PublicPage>
  )
}

/** A mail is on its way: what is to be done, and what is not done yet. */
export function SentPage(props: { ctx: Ctx; secret: string; application: Application }): VNode {
  const { ctx, secret, application } = props
  const say = sayApplication(ctx.lang).step.sent
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      {ctx.query['done'] === 'again' && (
        <Banner tone="ok">
          <p>{say.sentAgain}</p>
        </Banner>
      )}
      <Prose>
        <p>{say.text(application.email ?? '')}</p>
        <p>
          <b>{say.notYet}</b>
        </p>
        <p>{say.missing}</p>
      </Prose>
      <div class="mm-section mm-cluster" data-first>
        <ActForm action={formPath(secret, 'sent')} submit={say.again} kind="secondary" size="lg" />
        <a class="mm-link" href={formPath(secret, 'contact')}>
          {say.change}
        </a>
      </div>
    </PublicPage>
  )
}

/** What a mailed link opens: what was applied for, and one button. */
export function ConfirmPage(props: { ctx: Ctx; application: Application; registry: Registry }): VNode {
  const { ctx, application } = props
  const say = sayApplication(ctx.lang).confirm
  const lines = linesOf(ctx.lang, application.filled).filter(({ shown }) => shown === true)
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <Title eyebrow={nameOf(props.registry, ctx.lang)}>{say.title}</Title>
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      <Facts rows={lines.filter(({ value }) => value !== '').map(({ name, value }) => ({ name, value }))} />
      <Prose>
        <p>{say.text}</p>
      </Prose>
      <div class="mm-section" data-first>
        <ActForm action={ctx.path} submit={say.submit} kind="primary" size="lg" />
      </div>
      <Note>{say.notYou}</Note>
    </PublicPage>
  )
}

/** After number and address were given: the same words, whether they belong together or not. */
export function ChangeAskedPage(props: { ctx: Ctx; registry: Registry }): VNode {
  const say = sayApplication(props.ctx.lang)
  return (
    <PublicPage ctx={props.ctx} title={say.change.sentTitle} width="reading">
      <Title>{say.change.sentTitle}</Title>
      <Prose>
        <p>{say.change.sent}</p>
        <p>{say.change.sentNot}</p>
        <p>{say.state.contact(props.registry.contact)}</p>
      </Prose>
    </PublicPage>
  )
}
