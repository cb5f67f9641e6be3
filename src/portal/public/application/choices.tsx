import type { VNode } from 'preact'
import { AnswerButton } from '../../../http/index.ts'
import { formPath, sayApplication } from './say.ts'
import type { StepView } from './step-view.ts'

/** Answers as buttons: one press and on. */
export function Choices(props: {
  view: StepView
  step: 'kind' | 'level'
  options: readonly { readonly value: string; readonly text: string; readonly help: string }[]
}): VNode {
  return (
    <form
      class="mm-notice__answers"
      method="post"
      action={formPath(props.view.secret, props.step)}
      aria-label={sayApplication(props.view.ctx.lang).step[props.step].short}
    >
      {props.options.map(({ value, text, help }) => (
        <AnswerButton key={value} name={props.step} value={value} then={help}>
          {text}
        </AnswerButton>
      ))}
    </form>
  )
}
