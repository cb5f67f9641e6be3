import type { VNode } from 'preact'
import { z } from 'zod'
import { fault, isFault } from '../../../base/fault.ts'
import { qrSvg } from '../../../document/index.ts'
import {
  type Answer,
  failForm,
  field,
  OwnerPage,
  Prose,
  readForm,
  type RouteSpec,
  route,
  Section,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import {
  addStaff,
  answerChapter,
  beginTraining,
  findTraining,
  lessonOf,
  makeLessonLink,
  readNews,
  revokeLessonLink,
  staffLeft,
  type Training,
} from '../../../lesson/index.ts'
import { afterAnswer, readChapterForm, TrainingBody, trainingTitle } from '../../shared/chapter.tsx'
import { lessonWords } from '../../shared/lesson-words.ts'
import type { OwnerParts } from '../parts.ts'
import { ownerNav } from '../say.ts'
import { LessonsPage, readLessons } from './lessons.tsx'

/** What people of a company do on the page of lessons. */
export function lessonActs(parts: OwnerParts): readonly RouteSpec[] {
  return [readMark, begin, training, answer, makeLink(parts), revoke, addNames, leave]
}

const readMark = route({
  method: 'POST',
  path: '/news/:news/reading',
  area: 'owner',
  ids: { news: 'news' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation: company, person } = ctx.actor
    const of = { company, person, news: ctx.params['news'] ?? '', lang: ctx.lang }
    await ctx.inCompany(company, (tx) => readNews(tx, of, ctx.now))
    return { redirect: '/lessons?done=read' }
  },
})

const begin = route({
  method: 'POST',
  path: '/lessons/:lesson/trainings',
  area: 'owner',
  ids: { lesson: 'lesson' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation: company, person, name } = ctx.actor
    const lesson = lessonOf(ctx.params['lesson']).id
    const id = await ctx.inCompany(company, (tx) =>
      beginTraining(tx, { company, person, name, lesson }, ctx.now),
    )
    return { redirect: `/trainings/${id}` }
  },
})

async function mustFind(ctx: SignedCtx): Promise<Training> {
  const company = ctx.actor.organisation
  const found = await ctx.inCompany(company, (tx) =>
    findTraining(tx, { company, training: ctx.params['training'] ?? '' }),
  )
  if (found === undefined) throw fault('NOT_FOUND')
  return found
}

const training = route({
  method: 'GET',
  path: '/trainings/:training',
  area: 'owner',
  ids: { training: 'training' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const back = { href: '/lessons', text: lessonWords(ctx.lang).backToLessons }
    return {
      page: (
        <OwnerPage
          ctx={ctx}
          title={trainingTitle(ctx, found)}
          nav={ownerNav(ctx.lang)}
          current="stars"
          width="reading"
          back={back}
        >
          <TrainingBody ctx={ctx} training={found} action={`/trainings/${found.id}/answers`} />
        </OwnerPage>
      ),
    }
  },
})

const answer = route({
  method: 'POST',
  path: '/trainings/:training/answers',
  area: 'owner',
  ids: { training: 'training' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const found = await mustFind(ctx)
    const company = ctx.actor.organisation
    const sent = readChapterForm(ctx)
    const right = await ctx.inCompany(company, (tx) =>
      answerChapter(tx, { company, training: found, ...sent }, ctx.now),
    )
    return { redirect: afterAnswer(`/trainings/${found.id}`, sent, right) }
  },
})

/** The secret is shown in the answer itself: it is kept nowhere, so it cannot be shown again. */
const makeLink = (parts: OwnerParts): RouteSpec =>
  route({
    method: 'POST',
    path: '/lesson-links',
    area: 'owner',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const secret = await makeLessonLink(ctx.db, ctx.actor, ctx.now)
      const url = `${parts.access.baseUrl}/lesson/${secret}`
      return { page: <LinkPage ctx={ctx} url={url} qr={await qrSvg(url)} /> }
    },
  })

const revoke = route({
  method: 'POST',
  path: '/lesson-links/:link/revocation',
  area: 'owner',
  ids: { link: 'link' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const of = { link: ctx.params['link'] ?? '', now: ctx.now }
    if (!(await revokeLessonLink(ctx.db, ctx.actor, of))) throw fault('NOT_FOUND')
    return { redirect: '/lessons?done=revoked' }
  },
})

const names = z.object({ names: field.text({ max: 20_000 }) })

const addNames = route({
  method: 'POST',
  path: '/staff-members',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = lessonWords(ctx.lang)
    const read = readForm(ctx, names, { names: say.staffNames })
    if (!read.ok) {
      return { page: <LessonsPage ctx={ctx} read={await readLessons(ctx)} form={read.form} />, status: 422 }
    }
    try {
      const added = await addStaff(ctx.db, ctx.actor, { names: read.value.names, now: ctx.now })
      return { redirect: `/lessons?added=${added}#staff` }
    } catch (thrown) {
      if (!isFault(thrown) || thrown.code !== 'BAD_INPUT') throw thrown
      const line = Number(thrown.details['line'])
      const form = failForm(ctx, { names: line > 0 ? say.tooLong(line) : say.tooMany })
      return { page: <LessonsPage ctx={ctx} read={await readLessons(ctx)} form={form} />, status: 422 }
    }
  },
})

const leave = route({
  method: 'POST',
  path: '/staff-members/:staff/leaving',
  area: 'owner',
  ids: { staff: 'staff' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const of = { staff: ctx.params['staff'] ?? '', now: ctx.now }
    if (!(await staffLeft(ctx.db, ctx.actor, of))) throw fault('NOT_FOUND')
    return { redirect: '/lessons?done=left' }
  },
})

function LinkPage(props: { ctx: SignedCtx; url: string; qr: string }): VNode {
  const { ctx, url } = props
  const say = lessonWords(ctx.lang)
  return (
    <OwnerPage
      ctx={ctx}
      title={say.linkTitle}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      back={{ href: '/lessons', text: say.backToLessons }}
    >
      <Title>{say.linkTitle}</Title>
      <p class="mm-lead">{say.linkMade}</p>
      <div class="mm-form">
        <div class="mm-field">
          <label class="mm-field__label" for="url">
            {say.linkLabel}
          </label>
          <input class="mm-input" id="url" readOnly value={url} />
        </div>
        <div class="mm-field">
          <label class="mm-field__label" for="text">
            {say.linkTextHead}
          </label>
          <textarea class="mm-textarea" id="text" rows={6} readOnly>
            {say.linkText(ctx.actor.organisationName, url)}
          </textarea>
        </div>
      </div>
      <Section id="qr" head={say.linkQr}>
        {/* Our own drawing of dots from an address of our own; no user text in it. */}
        <div
          class="mm-qr"
          role="img"
          aria-label={say.linkQr}
          dangerouslySetInnerHTML={{ __html: props.qr }}
        />
        <Prose>
          <p>{say.linkPrint}</p>
        </Prose>
      </Section>
    </OwnerPage>
  )
}
