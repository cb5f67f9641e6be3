import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  failForm,
  field,
  type FormState,
  readForm,
  type RouteSpec,
  route,
} from '../../../http/index.ts'
import {
  answerQuestion,
  applicantPaths,
  askForChange,
  beginChange,
  confirmForm,
  eventsForApplicant,
  openChange,
  openConfirmation,
  openCorrection,
  openState,
  readNumber,
  stopByApplicant,
  withdrawApplication,
} from '../../../registry/index.ts'
import { AskForChangePage, ChangePage, StopPage } from './change-pages.tsx'
import { ChangeAskedPage, ClosedPage, ConfirmPage, GonePage } from './open-pages.tsx'
import { anyRegistry, type ApplicationDeps } from './parts.ts'
import { formPath, sayApplication } from './say.ts'
import { StatePage } from './state-page.tsx'

const ids = { link: 'application-link' } as const
const linkOf = (ctx: Ctx): string => ctx.params['link'] ?? ''

/** The mailed link: opening it changes nothing, its button does. */
export function confirmRoutes(deps: ApplicationDeps): readonly RouteSpec[] {
  const path = '/registry/confirm/:link'
  const gone = (ctx: Ctx): Answer => ({ page: <GonePage ctx={ctx} confirm />, status: 410 })
  return [
    route({
      method: 'GET',
      path,
      area: 'public',
      ids,
      async handle(ctx) {
        deps.guards.links.take(ctx.ip, ctx.now)
        const registry = await anyRegistry(ctx)
        const application = await openConfirmation(deps.parts, linkOf(ctx), ctx.now)
        if (registry === undefined || application === undefined) return gone(ctx)
        return { page: <ConfirmPage ctx={ctx} application={application} registry={registry} /> }
      },
    }),
    route({
      method: 'POST',
      path,
      area: 'public',
      ids,
      async handle(ctx) {
        deps.guards.links.take(ctx.ip, ctx.now)
        const state = await confirmForm(deps.parts, linkOf(ctx), ctx.now)
        return state === undefined ? gone(ctx) : { redirect: applicantPaths.state(state) }
      },
    }),
  ]
}

const answerShape = z.object({ answer: field.text({ max: 2000 }) })

async function stateAnswer(ctx: Ctx, form: FormState = blankForm()): Promise<Answer> {
  const registry = await anyRegistry(ctx)
  const opened = await openState(ctx.db, linkOf(ctx), ctx.now)
  if (registry === undefined || opened === undefined) return { page: <GonePage ctx={ctx} />, status: 410 }
  const events = await eventsForApplicant(ctx.db, opened)
  const { application } = opened
  const status = form.errors.length > 0 ? 422 : 200
  return {
    page: <StatePage {...{ ctx, secret: linkOf(ctx), application, events, registry, form }} />,
    status,
  }
}

/** The page of the state, and what the applicant may do there. */
export function stateRoutes(deps: ApplicationDeps): readonly RouteSpec[] {
  const path = '/registry/applications/:link'
  const post = (name: string, act: (ctx: Ctx) => Promise<Answer>): RouteSpec =>
    route({
      method: 'POST',
      path: `${path}/${name}`,
      area: 'public',
      ids,
      handle: async (ctx) => {
        deps.guards.links.take(ctx.ip, ctx.now)
        return act(ctx)
      },
    })
  return [
    route({
      method: 'GET',
      path,
      area: 'public',
      ids,
      handle: async (ctx) => {
        deps.guards.links.take(ctx.ip, ctx.now)
        return stateAnswer(ctx)
      },
    }),
    post('answer', async (ctx) => {
      const read = readForm(ctx, answerShape, { answer: sayApplication(ctx.lang).state.answer })
      if (!read.ok) return stateAnswer(ctx, read.form)
      await answerQuestion(ctx.db, { secret: linkOf(ctx), text: read.value.answer }, ctx.now)
      return { redirect: `${applicantPaths.state(linkOf(ctx))}?done=answered` }
    }),
    post('correction', async (ctx) => {
      const draft = await openCorrection(ctx.db, linkOf(ctx), ctx.now)
      return { redirect: formPath(draft, 'check') }
    }),
    post('withdrawal', async (ctx) => {
      await withdrawApplication(ctx.db, linkOf(ctx), ctx.now)
      return { redirect: `${applicantPaths.state(linkOf(ctx))}?done=withdrawn` }
    }),
  ]
}

const askShape = z.object({ number: field.text({ max: 40 }), email: field.email() })

async function askAnswer(deps: ApplicationDeps, ctx: Ctx): Promise<Answer> {
  const registry = await anyRegistry(ctx)
  if (registry === undefined) return { page: <ClosedPage ctx={ctx} />, status: 404 }
  const say = sayApplication(ctx.lang).change
  const read = readForm(ctx, askShape, { number: say.number, email: say.email })
  if (!read.ok) return { page: <AskForChangePage ctx={ctx} form={read.form} />, status: 422 }
  const number = readNumber(read.value.number, registry.code)
  if (!number.ok) {
    const form = failForm(ctx, { number: say.numberWrong })
    return { page: <AskForChangePage ctx={ctx} form={form} />, status: 422 }
  }
  deps.guards.mailsFrom.take(ctx.ip, ctx.now)
  deps.guards.mailsTo.take(read.value.email, ctx.now)
  await askForChange(deps.parts, { registry, number: number.number, email: read.value.email }, ctx.now)
  return { page: <ChangeAskedPage ctx={ctx} registry={registry} /> }
}

/** Changes of an entry by whoever applied for it, through a link that is mailed each time. */
export function changeRoutes(deps: ApplicationDeps): readonly RouteSpec[] {
  const path = '/registry/change/:link'
  const begin = (kind: 'details' | 'step-up'): RouteSpec =>
    route({
      method: 'POST',
      path: `${path}/${kind}`,
      area: 'public',
      ids,
      async handle(ctx) {
        deps.guards.links.take(ctx.ip, ctx.now)
        const draft = await beginChange(ctx.db, { secret: linkOf(ctx), kind, language: ctx.lang }, ctx.now)
        return { redirect: formPath(draft, kind === 'details' ? 'name' : 'check') }
      },
    })
  const opened = async (ctx: Ctx, show: (changing: OpenedChange) => Answer): Promise<Answer> => {
    deps.guards.links.take(ctx.ip, ctx.now)
    const changing = await openChange(ctx.db, linkOf(ctx), ctx.now)
    return changing === undefined ? { page: <GonePage ctx={ctx} />, status: 410 } : show(changing)
  }
  return [
    route({
      method: 'GET',
      path: '/registry/change',
      area: 'public',
      handle: async (ctx) =>
        (await anyRegistry(ctx)) === undefined
          ? { page: <ClosedPage ctx={ctx} />, status: 404 }
          : {
              page: <AskForChangePage ctx={ctx} form={blankForm({ number: ctx.query['number'] ?? '' })} />,
            },
    }),
    route({
      method: 'POST',
      path: '/registry/change',
      area: 'public',
      handle: (ctx) => askAnswer(deps, ctx),
    }),
    route({
      method: 'GET',
      path,
      area: 'public',
      ids,
      handle: (ctx) =>
        opened(ctx, (changing) => ({
          page: <ChangePage ctx={ctx} secret={linkOf(ctx)} changing={changing} />,
        })),
    }),
    begin('details'),
    begin('step-up'),
    route({
      method: 'GET',
      path: `${path}/stop`,
      area: 'public',
      ids,
      handle: (ctx) =>
        opened(ctx, (changing) => {
          if (changing.entry.status === 'stopped') throw fault('NOT_FOUND')
          return { page: <StopPage ctx={ctx} secret={linkOf(ctx)} changing={changing} /> }
        }),
    }),
    route({
      method: 'POST',
      path: `${path}/stop`,
      area: 'public',
      ids,
      async handle(ctx) {
        deps.guards.links.take(ctx.ip, ctx.now)
        const number = await stopByApplicant(deps.parts, linkOf(ctx), ctx.now)
        // Its page says in the first line that it ended; a reload there sends nothing again.
        return { redirect: applicantPaths.entry(number) }
      },
    }),
  ]
}

type OpenedChange = NonNullable<Awaited<ReturnType<typeof openChange>>>
