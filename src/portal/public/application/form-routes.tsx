import { isFault } from '../../../base/fault.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  type FormState,
  type RouteSpec,
  route,
} from '../../../http/index.ts'
import {
  type Application,
  applicantPaths,
  type Asking,
  duplicateOf,
  fillForm,
  isDone,
  nextStep,
  openForm,
  type Registry,
  sendForm,
  startApplication,
  type Step,
  stepsOf,
} from '../../../registry/index.ts'
import { CheckPage } from './check-page.tsx'
import { ClosedPage, GonePage, IntroPage, SentPage } from './open-pages.tsx'
import { anyRegistry, type ApplicationDeps, openRegistry } from './parts.ts'
import { readStep } from './read-step.ts'
import { askingNow, formPath } from './say.ts'
import { StepPage } from './step-page.tsx'

type Opened = {
  readonly secret: string
  readonly page: string
  readonly application: Application
  readonly registry: Registry
  readonly asking: Asking
}

const gone = (ctx: Ctx): Answer => ({ page: <GonePage ctx={ctx} />, status: 410 })
const ids = { draft: 'application-link', page: 'name' } as const

async function opened(deps: ApplicationDeps, ctx: Ctx): Promise<Opened | undefined> {
  deps.guards.links.take(ctx.ip, ctx.now)
  const secret = ctx.params['draft'] ?? ''
  const registry = await anyRegistry(ctx)
  const application = registry && (await openForm(ctx.db, secret, ctx.now))
  if (registry === undefined || application === undefined) return undefined
  return {
    secret,
    page: ctx.params['page'] ?? '',
    application,
    registry,
    asking: askingNow(registry, ctx.now),
  }
}

/** The form: where it begins, its pages, the page that shows it all, and sending it. */
export function formRoutes(deps: ApplicationDeps): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/registry/apply',
      area: 'public',
      async handle(ctx) {
        const registry = await openRegistry(ctx)
        return registry
          ? { page: <IntroPage ctx={ctx} registry={registry} /> }
          : { page: <ClosedPage ctx={ctx} />, status: 404 }
      },
    }),
    route({
      method: 'POST',
      path: '/registry/apply',
      area: 'public',
      async handle(ctx) {
        const registry = await openRegistry(ctx)
        if (registry === undefined) return { page: <ClosedPage ctx={ctx} />, status: 404 }
        deps.guards.begin.take(ctx.ip, ctx.now)
        const secret = await startApplication(ctx.db, { registry, language: ctx.lang }, ctx.now)
        return { redirect: formPath(secret, 'kind') }
      },
    }),
    route({
      method: 'GET',
      path: '/registry/apply/:draft/:page',
      area: 'public',
      ids,
      async handle(ctx) {
        const it = await opened(deps, ctx)
        return it === undefined ? gone(ctx) : showPage(ctx, it)
      },
    }),
    route({
      method: 'POST',
      path: '/registry/apply/:draft/:page',
      area: 'public',
      ids,
      async handle(ctx) {
        const it = await opened(deps, ctx)
        if (it === undefined) return gone(ctx)
        if (it.page === 'check' || it.page === 'sent') return sendPage(deps, ctx, it)
        return keepPage(ctx, it)
      },
    }),
  ]
}

function stepOf({ page, application, asking }: Opened): Step | undefined {
  return stepsOf(application.kind, application.filled, asking).find((step) => step === page)
}

/** Where somebody is sent who asked for a page that is not theirs yet. */
const forward = (it: Opened): Answer => ({
  redirect: formPath(it.secret, nextStep(it.application.kind, it.application.filled, it.asking) ?? 'check'),
})

async function showPage(ctx: Ctx, it: Opened): Promise<Answer> {
  const { application, asking, secret } = it
  const missing = nextStep(application.kind, application.filled, asking)
  if (it.page === 'sent' && application.state === 'sent')
    return { page: <SentPage ctx={ctx} secret={secret} application={application} /> }
  if (it.page === 'check' && missing === undefined) return checkAnswer(ctx, it)
  const step = stepOf(it)
  if (step === undefined) return forward(it)
  return { page: stepAnswer(ctx, it, { step, form: formOf(ctx, it, step) }) }
}

function stepAnswer(ctx: Ctx, it: Opened, { step, form }: { step: Step; form: FormState }) {
  const { application, asking } = it
  const others = stepsOf(application.kind, application.filled, asking).filter((other) => other !== step)
  const whole = others.every((other) => isDone(other, application.filled, asking))
  return <StepPage view={{ ctx, ...it, form, whole }} step={step} />
}

/** A page of the form filled in with what is known. */
function formOf(ctx: Ctx, { application, asking }: Opened, step: Step): FormState {
  const { filled } = application
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(filled)) if (typeof value === 'string') values[name] = value
  if (filled.townListed === true) values['townListed'] = 'yes'
  if (step === 'consent' && filled.agreed === asking.agreement)
    for (const box of ['declaration', 'listing', 'terms']) values[box] = 'yes'
  if (step !== 'pledge') return blankForm(values)
  const newest = [...asking.editions.keys()].at(-1) ?? ''
  const wanted = ctx.query['edition'] ?? filled.edition ?? newest
  values['edition'] = asking.editions.has(wanted) ? wanted : newest
  for (const item of filled.ticked ?? []) values[item] = 'yes'
  return blankForm(values)
}

async function keepPage(ctx: Ctx, it: Opened): Promise<Answer> {
  const step = stepOf(it)
  if (step === undefined) return forward(it)
  const read = readStep(ctx, { step, filled: it.application.filled, asking: it.asking })
  if (!read.ok) return { page: stepAnswer(ctx, it, { step, form: read.form }), status: 422 }
  const application = await fillForm(ctx.db, { secret: it.secret, answers: read.answers }, ctx.now)
  return forward({ ...it, application })
}

async function checkAnswer(ctx: Ctx, it: Opened): Promise<Answer> {
  const { application, asking, secret } = it
  const duplicate = await duplicateOf(ctx.db, application)
  return {
    page: (
      <CheckPage ctx={ctx} secret={secret} application={application} asking={asking} duplicate={duplicate} />
    ),
  }
}

async function sendPage(deps: ApplicationDeps, ctx: Ctx, it: Opened): Promise<Answer> {
  const { application, secret } = it
  if (application.email !== null && application.email !== application.confirmedEmail) {
    deps.guards.mailsFrom.take(ctx.ip, ctx.now)
    deps.guards.mailsTo.take(application.email, ctx.now)
  }
  try {
    const sent = await sendForm(deps.parts, { secret, asking: it.asking }, ctx.now)
    if (sent.to === 'register') return { redirect: applicantPaths.state(sent.secret) }
    return { redirect: formPath(secret, it.page === 'sent' ? 'sent?done=again' : 'sent') }
  } catch (thrown) {
    // Something ran out while the page was open: a self-check grew old, the terms changed.
    if (isFault(thrown) && thrown.code === 'BAD_INPUT') return forward(it)
    throw thrown
  }
}
