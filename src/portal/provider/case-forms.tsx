import type { VNode } from 'preact'
import {
  blankForm,
  CheckField,
  Form,
  type FormState,
  SelectField,
  type SignedCtx,
  TextArea,
  TextField,
} from '../../http/index.ts'
import { Panel } from './panel.tsx'
import { queueWords } from './queue-words.ts'

/** The stages a company sees. */
export const stages = ['held', 'looking', 'repaired', 'reported'] as const
/** Why a case ends. */
export const caseClosingReasons = [
  'resolved',
  'false-alarm',
  'permitted',
  'test',
  'handed-over',
  'owner-declined',
] as const

type FormPart = { ctx: SignedCtx; form: FormState }

/** A note on the timeline. */
export function NoteForm({ ctx, form }: FormPart): VNode {
  const say = queueWords(ctx.lang).cases
  return (
    <Panel id="note" head={say.noteHead}>
      <Form
        action={`/cases/${ctx.params['case'] ?? ''}/notes`}
        form={form}
        submit={say.addNote}
        kind="secondary"
      >
        <TextArea form={form} name="text" label={say.noteText} rows={3} required />
        <CheckField form={form} name="forOwner" label={say.noteForOwner} />
      </Form>
    </Panel>
  )
}

/** Moves the stage that the company sees. */
export function StageForm({ ctx }: FormPart): VNode {
  const say = queueWords(ctx.lang).cases
  const blank = blankForm()
  return (
    <Panel id="stage" head={say.setStage}>
      <Form
        action={`/cases/${ctx.params['case'] ?? ''}/stages`}
        form={blank}
        submit={say.setStage}
        kind="secondary"
      >
        <SelectField
          form={blank}
          name="stage"
          label={say.stages}
          options={stages.map((value) => ({ value, text: say.stage[value] }))}
          required
        />
        <TextField form={blank} name="stageText" label={say.stageText} />
      </Form>
    </Panel>
  )
}

/** Ends the case, with why. */
export function ClosingForm({ ctx, form }: FormPart): VNode {
  const say = queueWords(ctx.lang).cases
  return (
    <Panel id="closing" head={say.closeHead}>
      <Form
        action={`/cases/${ctx.params['case'] ?? ''}/closing`}
        form={form}
        submit={say.close}
        kind="secondary"
      >
        <SelectField
          form={form}
          name="reason"
          label={say.closeReason}
          options={caseClosingReasons.map((value) => ({ value, text: say.reasons[value] }))}
          blank
          required
        />
        <TextArea form={form} name="closingNote" label={say.closeNote} rows={2} />
      </Form>
    </Panel>
  )
}
