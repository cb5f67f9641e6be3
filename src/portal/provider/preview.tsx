import type { VNode } from 'preact'
import { Mark, type SignedCtx, sayTime, Time } from '../../http/index.ts'
import type { NoticeView, Preview } from '../../notice/index.ts'
import type { Chosen } from './chosen.ts'
import { queueWords } from './queue-words.ts'

/** The right pane: what the owner reads, or will read; whether it arrived; whether the text keeps to the rules. */
export function PreviewPane(props: { ctx: SignedCtx; chosen: Chosen | undefined }): VNode {
  const { ctx, chosen } = props
  const say = queueWords(ctx.lang).preview
  return (
    <section class="mm-desk__pane" aria-label={say.head} tabIndex={0} id="preview">
      <div class="mm-desk__pane-head">
        <span>{say.head}</span>
      </div>
      {chosen !== undefined && (
        <div class="mm-desk__in">
          <PreviewBody ctx={ctx} chosen={chosen} />
        </div>
      )}
    </section>
  )
}

/** The notice as its owner reads it. */
export function PreviewBody(props: { ctx: SignedCtx; chosen: Chosen }): VNode {
  const { ctx, chosen } = props
  const { sent, preview } = chosen
  return (
    <>
      <SendState ctx={ctx} sent={sent} />
      <Phone ctx={ctx} preview={preview} sent={sent} />
      {sent !== undefined && sent.deliveries.length > 0 && <Deliveries ctx={ctx} sent={sent} />}
      <Lint ctx={ctx} preview={preview} />
    </>
  )
}

function SendState(props: { ctx: SignedCtx; sent: NoticeView | undefined }): VNode {
  const { ctx, sent } = props
  const say = queueWords(ctx.lang).preview
  if (sent === undefined || sent.handedAt === null) {
    return (
      <p>
        <Mark mark="doing" plain>
          {say.draft}
        </Mark>{' '}
        {sent !== undefined && say.due(sayTime({ lang: ctx.lang, now: ctx.now }, sent.dueAt, 'plain'))}
      </p>
    )
  }
  const answer = sent.answers.at(-1)
  return (
    <p>
      <Mark mark="done" plain>
        {say.sent}
      </Mark>{' '}
      <Time at={sent.handedAt} form="full" />
      {answer !== undefined && (
        <>
          <br />
          <Mark mark="done" plain>
            {say.answered}
          </Mark>{' '}
          <Time at={answer.at} form="full" />
          　「{answer.label[ctx.lang]}」 {answer.by.name}
        </>
      )}
    </p>
  )
}

function Phone(props: { ctx: SignedCtx; preview: Preview; sent: NoticeView | undefined }): VNode {
  const { ctx, preview, sent } = props
  const say = queueWords(ctx.lang).preview
  const texts = (sent ?? preview).texts[ctx.lang]
  const severity = (sent ?? preview).severity
  return (
    <div class="mm-preview__phone">
      <p class="mm-preview__top">
        <Mark mark={severity} />
        {sent?.handedAt != null && (
          <span class="mm-small">
            <Time at={sent.handedAt} form="plain" />
          </span>
        )}
      </p>
      <p class="mm-small">{say.whoActs[severity]}</p>
      <p class="mm-preview__title">{texts.title}</p>
      {texts.what.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <ol class="mm-preview__todo">
        {texts.todo.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      {texts.doNot.map((sentence) => (
        <p class="mm-preview__dont" key={sentence}>
          {sentence}
        </p>
      ))}
      {texts.answers.map((answer) => (
        <p class="mm-preview__answer" key={answer.id}>
          {answer.label}
        </p>
      ))}
      <p class="mm-preview__foot">{sent === undefined ? say.foot : sent.number}</p>
    </div>
  )
}

function Deliveries(props: { ctx: SignedCtx; sent: NoticeView }): VNode {
  const { ctx, sent } = props
  const say = queueWords(ctx.lang).preview
  return (
    <section>
      <h3 class="mm-sub">{say.delivered}</h3>
      <table class="mm-lines">
        <caption class="mm-hidden">{say.delivered}</caption>
        <tbody>
          {sent.deliveries.map((each) => (
            <tr key={`${each.person.id} ${each.channel}`}>
              <td>{each.person.name}</td>
              <td>
                {say.channels[each.channel]}：{say.deliveryStates[each.state]} {each.error}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Lint(props: { ctx: SignedCtx; preview: Preview }): VNode {
  const { ctx, preview } = props
  const say = queueWords(ctx.lang).preview
  return (
    <section>
      <h3 class="mm-sub">{say.lint}</h3>
      <p class="mm-small">{say.characters(preview.characters)}</p>
      {preview.problems.length === 0 ? (
        <p>
          <Mark mark="ok" plain>
            {say.lintOk}
          </Mark>
        </p>
      ) : (
        <ul>
          {preview.problems.map((problem) => (
            <li key={`${problem.rule} ${problem.where} ${problem.lang}`}>
              {problem.rule}（{problem.lang} {problem.where}）：{problem.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
