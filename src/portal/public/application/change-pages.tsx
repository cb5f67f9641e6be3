import type { VNode } from 'preact'
import { jstDate } from '../../../base/time.ts'
import {
  ActForm,
  Banner,
  Code,
  ConfirmBody,
  type Ctx,
  Facts,
  Form,
  type FormState,
  LinkButton,
  Prose,
  PublicPage,
  Section,
  TextField,
  Title,
} from '../../../http/index.ts'
import { applicantPaths, type Changing } from '../../../registry/index.ts'
import { sayApplication } from './say.ts'

/** Which entry, and whose mailbox: the link goes there. */
export function AskForChangePage(props: { ctx: Ctx; form: FormState }): VNode {
  const { ctx, form } = props
  const say = sayApplication(ctx.lang).change
  return (
    <PublicPage ctx={ctx} title={say.askTitle} width="reading" form={form}>
      <Title>{say.askTitle}</Title>
      <Prose>
        <p>{say.askLead}</p>
      </Prose>
      <div class="mm-section" data-first>
        <Form action={applicantPaths.askForChange} submit={say.submit} form={form}>
          <TextField form={form} name="number" label={say.number} required chars={13} />
          <TextField
            form={form}
            name="email"
            label={say.email}
            type="email"
            inputmode="email"
            autocomplete="email"
            required
            chars={24}
          />
        </Form>
      </div>
    </PublicPage>
  )
}

/** What can be changed of an entry, each with its one button. */
export function ChangePage(props: { ctx: Ctx; secret: string; changing: Changing }): VNode {
  const { ctx, secret, changing } = props
  const say = sayApplication(ctx.lang).change
  const { entry } = changing
  const path = applicantPaths.change(secret)
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <Title size="sm">{say.title}</Title>
      {changing.pending && (
        <Banner tone="info">
          <p>{say.pending}</p>
        </Banner>
      )}
      {entry.status === 'stopped' && (
        <Banner tone="info">
          <p>{say.notActive}</p>
        </Banner>
      )}
      <Section id="now" head={say.now} first>
        <Facts
          rows={[
            { name: sayApplication(ctx.lang).state.number, value: <Code>{entry.number}</Code> },
            { name: sayApplication(ctx.lang).state.for, value: entry.name },
            {
              name: sayApplication(ctx.lang).step.level.short,
              value: sayApplication(ctx.lang).step.level[entry.level],
            },
          ]}
        />
      </Section>
      {changing.mayChange && (
        <Section id="details" head={say.detailsHead} note={say.details}>
          <ActForm action={`${path}/details`} submit={say.detailsSubmit} kind="primary" />
        </Section>
      )}
      {changing.mayStepUp && (
        <Section id="step" head={say.stepHead} note={say.step}>
          <ActForm action={`${path}/step-up`} submit={say.stepSubmit} kind="secondary" />
        </Section>
      )}
      {entry.status !== 'stopped' && (
        <Section id="stop" head={say.stopHead} note={say.stop}>
          <p>
            <LinkButton href={`${path}/stop`} kind="quiet">
              {say.stopLink}
            </LinkButton>
          </p>
        </Section>
      )}
    </PublicPage>
  )
}

/** Stopping cannot be taken back: a page of its own, one button. */
export function StopPage(props: { ctx: Ctx; secret: string; changing: Changing }): VNode {
  const { ctx, secret, changing } = props
  const say = sayApplication(ctx.lang).change
  const path = applicantPaths.change(secret)
  const { name, number } = changing.entry
  return (
    <PublicPage ctx={ctx} title={say.stopTitle} width="reading">
      <ConfirmBody
        title={say.stopTitle}
        action={`${path}/stop`}
        submit={say.stopSubmit}
        kind="danger"
        back={{ href: path, text: say.back }}
      >
        <p>{say.stopText(name, number, jstDate(ctx.now))}</p>
        <p>{say.stopBadge}</p>
      </ConfirmBody>
    </PublicPage>
  )
}
