import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { minute } from '../../../base/time.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  field,
  Form,
  type FormState,
  makeLimiter,
  PublicPage,
  readForm,
  type RouteSpec,
  route,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  answerChapter,
  beginTraining,
  findTraining,
  lessonOf,
  type OpenedLink,
  openLessonLink,
  type Training,
} from '../../../lesson/index.ts'
import { type Tx, within } from '../../../store/index.ts'
import { afterAnswer, readChapterForm, TrainingBody, trainingTitle } from '../../shared/chapter.tsx'
import { lessonWords } from '../../shared/lesson-words.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const schema = z.object({ name: field.text({ max: 60 }) })

/** The lesson for somebody who has a link and no account: name, chapters, end. */
export function openLessonPages(): readonly RouteSpec[] {
  // A whole shop floor may share one address; guessing 256 bits does not need a tight limit, filling the record does.
  const begun = makeLimiter({ max: 120, window: 10 * minute })
  return [
    route({
      method: 'GET',
      path: '/lesson/:secret',
      area: 'public',
      ids: { secret: 'lesson-link' },
      handle: async (ctx): Promise<Answer> => {
        const opened = await openLessonLink(ctx.db, ctx.params['secret'] ?? '', ctx.now)
        return opened ? { page: <BeginPage ctx={ctx} opened={opened} form={blankForm()} /> } : gone(ctx)
      },
    }),
    route({
      method: 'POST',
      path: '/lesson/:secret',
      area: 'public',
      ids: { secret: 'lesson-link' },
      handle: async (ctx): Promise<Answer> => {
        const secret = ctx.params['secret'] ?? ''
        const opened = await openLessonLink(ctx.db, secret, ctx.now)
        if (!opened) return gone(ctx)
        const read = readForm(ctx, schema, { name: lessonWords(ctx.lang).open.name })
        if (!read.ok) return { page: <BeginPage ctx={ctx} opened={opened} form={read.form} />, status: 422 }
        begun.take(ctx.ip, ctx.now)
        const { company, link } = opened
        const training = await inside(ctx, opened, (tx) =>
          beginTraining(tx, { company, link, name: read.value.name, lesson: lessonOf().id }, ctx.now),
        )
        return { redirect: `/lesson/${secret}/${training}` }
      },
    }),
    route({
      method: 'GET',
      path: '/lesson/:secret/:training',
      area: 'public',
      ids: { secret: 'lesson-link', training: 'lesson-link' },
      handle: async (ctx): Promise<Answer> => {
        const found = await findOpened(ctx)
        return found ? { page: <TrainingPage ctx={ctx} training={found.training} /> } : gone(ctx)
      },
    }),
    route({
      method: 'POST',
      path: '/lesson/:secret/:training',
      area: 'public',
      ids: { secret: 'lesson-link', training: 'lesson-link' },
      handle: async (ctx): Promise<Answer> => {
        const found = await findOpened(ctx)
        if (!found) return gone(ctx)
        const { company } = found.opened
        const sent = readChapterForm(ctx)
        const right = await inside(ctx, found.opened, (tx) =>
          answerChapter(tx, { company, training: found.training, ...sent }, ctx.now),
        )
        return { redirect: afterAnswer(addressOf(ctx), sent, right) }
      },
    }),
  ]
}

const addressOf = (ctx: Ctx): string =>
  `/lesson/${ctx.params['secret'] ?? ''}/${ctx.params['training'] ?? ''}`

function inside<T>(ctx: Ctx, opened: OpenedLink, work: (tx: Tx) => Promise<T>): Promise<T> {
  return within(ctx.db, { organisations: [opened.company] }, work)
}

async function findOpened(ctx: Ctx): Promise<{ opened: OpenedLink; training: Training } | undefined> {
  const id = ctx.params['training'] ?? ''
  const opened = await openLessonLink(ctx.db, ctx.params['secret'] ?? '', ctx.now)
  if (!opened || !uuid.test(id)) return undefined
  const { company, link } = opened
  const training = await inside(ctx, opened, (tx) => findTraining(tx, { company, link, training: id }))
  if (!training) throw fault('NOT_FOUND')
  return { opened, training }
}

function gone(ctx: Ctx): Answer {
  const say = lessonWords(ctx.lang).open
  return {
    status: 404,
    page: (
      <PublicPage ctx={ctx} title={say.goneTitle} width="reading">
        <Title>{say.goneTitle}</Title>
        <p class="mm-lead">{say.gone}</p>
      </PublicPage>
    ),
  }
}

function BeginPage(props: { ctx: Ctx; opened: OpenedLink; form: FormState }): VNode {
  const { ctx, form } = props
  const say = lessonWords(ctx.lang).open
  const lesson = lessonOf()
  return (
    <PublicPage ctx={ctx} title={lesson[ctx.lang].title} width="reading" form={form}>
      <Title eyebrow={say.lead(props.opened.companyName)}>{lesson[ctx.lang].title}</Title>
      <p class="mm-lead">{lesson[ctx.lang].about}</p>
      <p>{say.minutes(lesson.minutes)}</p>
      <div class="mm-section" data-first>
        <Form action={`/lesson/${ctx.params['secret'] ?? ''}`} form={form} submit={say.begin}>
          <TextField
            form={form}
            name="name"
            label={say.name}
            help={say.nameHelp}
            autocomplete="name"
            required
          />
        </Form>
      </div>
    </PublicPage>
  )
}

function TrainingPage(props: { ctx: Ctx; training: Training }): VNode {
  const { ctx, training } = props
  return (
    <PublicPage ctx={ctx} title={trainingTitle(ctx, training)} width="reading">
      <TrainingBody ctx={ctx} training={training} action={addressOf(ctx)} />
    </PublicPage>
  )
}
