import type { VNode } from 'preact'
import { AnswerButton, type Ctx, Time } from '../../http/index.ts'
import type { NoticeView } from '../../notice/index.ts'
import { ownerWords } from './say.ts'

/** The buttons of a notice, each with what pressing it brings; nothing where nothing can be answered any more. */
export function AnswerForm(props: {
  ctx: Ctx
  view: NoticeView
  action: string
  level: 2 | 3
}): VNode | null {
  const { ctx, view } = props
  const say = ownerWords(ctx.lang).notice
  if (view.choices.length === 0) return null
  const Head = props.level === 2 ? 'h2' : 'h3'
  return (
    <section class="mm-notice__part" aria-labelledby="answer-head">
      <Head class="mm-notice__label" id="answer-head">
        {say.answer}
      </Head>
      <form class="mm-notice__answers" method="post" action={props.action}>
        {view.choices.map((choice, at) => (
          <AnswerButton
            key={choice.id}
            name="answer"
            value={choice.id}
            then={choice.then[ctx.lang]}
            {...(at === 0 && view.answers.length === 0 ? { kind: 'primary' as const } : {})}
          >
            {choice.label[ctx.lang]}
          </AnswerButton>
        ))}
      </form>
      {view.answers.length > 0 && <p class="mm-note">{say.changed}</p>}
    </section>
  )
}

/** The answer that stands: who gave it, when, and what follows. */
export function Answered(props: { ctx: Ctx; view: NoticeView }): VNode | null {
  const { ctx, view } = props
  const say = ownerWords(ctx.lang).notice
  const last = view.answers.at(-1)
  if (last === undefined) return null
  return (
    <div class="mm-banner" data-tone="ok">
      <p>
        <b>{say.answered(last.label[ctx.lang], last.by.name)}</b>（<Time at={last.at} form="plain" />）
      </p>
      <p>{last.reply[ctx.lang]}</p>
    </div>
  )
}
