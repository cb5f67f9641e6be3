import type { VNode } from 'preact'
import { fault } from '../../base/fault.ts'
import { AnswerButton, Banner, type Ctx, Phrased, Prose, Title } from '../../http/index.ts'
import { lessonOf, type Training } from '../../lesson/index.ts'
import { lessonWords } from './lesson-words.ts'

/** The form that a chapter sends. */
export type ChapterForm = { readonly chapter: string; readonly choice: string }

/** What was sent, or NOT_FOUND where it is no chapter's answer. */
export function readChapterForm(ctx: Ctx): ChapterForm {
  const { chapter, choice } = ctx.form
  if (chapter === undefined || choice === undefined) throw fault('NOT_FOUND')
  return { chapter, choice }
}

/** Where the answer leads: to the same page, which says whether it was right. */
export function afterAnswer(page: string, sent: ChapterForm, right: boolean): string {
  return `${page}?${right ? 'right' : 'wrong'}=${sent.chapter}`
}

/** The title of what `TrainingBody` shows, for the frame. */
export function trainingTitle(ctx: Ctx, training: Training): string {
  const lesson = lessonOf(training.lesson)
  return training.finishedAt === null ? lesson[ctx.lang].title : lessonWords(ctx.lang).finishedTitle
}

/** The next open chapter with its question, or the end; above it what the last answer brought. */
export function TrainingBody(props: { ctx: Ctx; training: Training; action: string }): VNode {
  const { ctx, training } = props
  const say = lessonWords(ctx.lang)
  const lesson = lessonOf(training.lesson)
  const at = lesson.chapters.findIndex((one) => !training.done.includes(one.key))
  const chapter = lesson.chapters[at]
  const answered = lesson.chapters.find((one) => one.key === (ctx.query['right'] ?? ctx.query['wrong']))
  const feedback = answered && (
    <Banner
      tone={ctx.query['right'] === undefined ? 'info' : 'ok'}
      title={ctx.query['right'] === undefined ? say.wrong : say.right}
    >
      <p>{answered[ctx.lang].because}</p>
    </Banner>
  )
  if (chapter === undefined) {
    return (
      <>
        {feedback}
        <Title>{say.finishedTitle}</Title>
        <p class="mm-lead">{say.finished(training.name)}</p>
        <p>{say.finishedRight(training.rightAtFirst, lesson.chapters.length)}</p>
        <p>{say.finishedNext}</p>
      </>
    )
  }
  const text = chapter[ctx.lang]
  return (
    <>
      {feedback}
      <Title eyebrow={say.chapter(at + 1, lesson.chapters.length)}>
        <Phrased text={text.title} />
      </Title>
      <Prose>
        {text.text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </Prose>
      <form class="mm-question mm-section" method="post" action={props.action} aria-labelledby="q">
        <input type="hidden" name="chapter" value={chapter.key} />
        <h2 class="mm-section__head" id="q">
          {text.question}
        </h2>
        <div class="mm-notice__answers mm-notice__part">
          {text.choices.map((choice) => (
            <AnswerButton key={choice.id} name="choice" value={choice.id}>
              {choice.text}
            </AnswerButton>
          ))}
        </div>
      </form>
    </>
  )
}
