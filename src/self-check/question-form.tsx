import type { ComponentChildren, VNode } from 'preact'
import { selfCheck as en } from '../../words/en/self-check.ts'
import { selfCheck as ja } from '../../words/ja/self-check.ts'
import { type AnswerId, selfCheckFacts } from '../catalogue/index.ts'
import { Phrased, Record, Tag } from '../http/index.ts'
import { sayAnswer } from './say.ts'
import type { QuestionView } from './view.ts'

const words = { ja, en }

/** Of one answer, as buttons of 56 px with the key in front; each submits its form. */
export function AnswerButtons(props: {
  lang: 'ja' | 'en'
  buttons: readonly AnswerId[]
  /** Words beside a button: what was answered before. Never a preselection. */
  marks: ReadonlyMap<AnswerId, string>
}): VNode {
  return (
    <div
      class="mm-notice__answers mm-notice__part"
      role="group"
      aria-label={words[props.lang].question.answersLabel}
    >
      {props.buttons.map((answer, at) => (
        <button class="mm-answer" name="answer" value={answer} key={answer}>
          <span class="mm-answer__key" aria-hidden="true">
            {at + 1}
          </span>
          {sayAnswer(props.lang, answer, 'button')}
          {props.marks.has(answer) && (
            <>
              {' '}
              <Tag tone="accent">{props.marks.get(answer)}</Tag>
            </>
          )}
        </button>
      ))}
    </div>
  )
}

/** Which buttons were pressed before, in words. */
export function marksOf(given: {
  readonly given?: { readonly answer: AnswerId; readonly words: string } | undefined
  readonly last?: { readonly answer: AnswerId; readonly words: string } | undefined
}): ReadonlyMap<AnswerId, string> {
  const marks = new Map<AnswerId, string>()
  if (given.last !== undefined) marks.set(given.last.answer, given.last.words)
  if (given.given !== undefined) marks.set(given.given.answer, given.given.words)
  return marks
}

/** One question a page: four or five buttons that submit, no script, no separate "next" (security-action.md 5.3). */
export function QuestionForm(props: {
  lang: 'ja' | 'en'
  view: QuestionView
  action: string
  marks: ReadonlyMap<AnswerId, string>
  /** What stands under the buttons: the record of the watch. */
  children?: ComponentChildren
}): VNode {
  const { lang, view } = props
  const say = words[lang].question
  const part = selfCheckFacts().scoring.parts.find((one) => one.id === view.question.part)?.[lang] ?? ''
  const texts = view.question[lang]
  return (
    <>
      <form class="mm-question" method="post" action={props.action} aria-labelledby="q">
        <div class="mm-progress">
          <span>{say.progress(view.no, view.of, part)}</span>
          <svg class="mm-progress__track" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect width={Math.round((view.answered / view.of) * 100)} height="4" />
          </svg>
        </div>
        <h1 class="mm-question__text" data-phrased id="q">
          <Phrased text={texts.question} />
        </h1>
        <p class="mm-question__example" id="ex">
          {say.example(texts.example)}
        </p>
        <AnswerButtons lang={lang} buttons={view.buttons} marks={props.marks} />
        {props.children}
      </form>
      <div class="mm-notice__part">
        <Record summary={say.why}>
          <p>{texts.advice}</p>
        </Record>
      </div>
      {view.no === 1 && (
        <p class="mm-note mm-notice__part">
          {say.saved}
          <OrderNote lang={lang} view={view} />
        </p>
      )}
    </>
  )
}

/** Whose order the questions follow, honestly. */
export function OrderNote(props: { lang: 'ja' | 'en'; view: Pick<QuestionView, 'edition'> }): VNode {
  const { edition } = props.view
  const say = words[props.lang]
  return <>{edition.orderConfirmed ? say.orderOwn(edition.orderOf) : say.orderSays(edition.orderOf)}</>
}
