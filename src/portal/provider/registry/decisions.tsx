import type { VNode } from 'preact'
import { Code, Form, type FormState, type SignedCtx, TextArea } from '../../../http/index.ts'
import { type Application, applicantPaths, reopenWithin } from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import { deskPaths, sayDesk } from './say.ts'

/** What may be decided of an application in its state, each with its own button; of an entered one, the ways to it. */
export function Decisions(props: {
  ctx: SignedCtx
  application: Application
  form: FormState
}): VNode | null {
  const { ctx, application, form } = props
  const say = sayDesk(ctx.lang).application
  const at = deskPaths.application(application.id)
  if (application.state === 'entered' && application.number !== null) {
    return (
      <p class="mm-cluster">
        <a href={deskPaths.entry(application.number)}>
          <Code>{application.number}</Code>
        </a>
        <a href={applicantPaths.entry(application.number)}>{say.entry}</a>
      </p>
    )
  }
  if (application.state === 'refused') {
    const open = ctx.now - (application.settledAt ?? 0) <= reopenWithin
    return open ? (
      <Panel id="reopen" head={say.reopenHead}>
        <p>{say.reopenText}</p>
        <Form action={`${at}/reopening`} submit={say.reopen} kind="secondary" />
      </Panel>
    ) : null
  }
  if (application.state !== 'review' && application.state !== 'asked') return null
  const change = application.kind === 'details'
  return (
    <>
      <Panel id="accept" head={say.acceptHead}>
        <p>{change ? say.acceptChangeText : say.acceptText}</p>
        <Form action={`${at}/acceptance`} submit={change ? say.acceptChange : say.accept} />
      </Panel>
      <Panel id="ask" head={say.askHead}>
        <Form action={`${at}/question`} submit={say.ask} form={form} kind="secondary">
          <TextArea form={form} name="question" label={say.question} help={say.questionHelp} required />
        </Form>
      </Panel>
      <Panel id="refuse" head={say.refuseHead}>
        <Form action={`${at}/refusal`} submit={say.refuse} form={form} kind="danger">
          <TextArea form={form} name="reason" label={say.reason} help={say.reasonHelp} required />
        </Form>
      </Panel>
    </>
  )
}
