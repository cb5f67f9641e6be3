import { z } from 'zod'
import { minute } from '../../../base/time.ts'
import { findCompany } from '../../../company/index.ts'
import {
  type Answer,
  blankForm,
  failForm,
  field,
  type FormState,
  makeLimiter,
  readForm,
  type RouteSpec,
  route,
  type SignedCtx,
} from '../../../http/index.ts'
import { currentPolicy } from '../../../policy/index.ts'
import { checkPageNow, findNamed, listLooks, namePage, publicationOf } from '../../../publication/index.ts'
import { readPageAddress } from '../../../visit/index.ts'
import type { OwnerParts } from '../parts.ts'
import { type PageView, PublicationPage } from './page.tsx'
import { publicationWords, whyWords } from './say.ts'

/** So many looks are shown of the past. */
const shownLooks = 10

async function viewOf(ctx: SignedCtx, baseUrl: string): Promise<PageView> {
  const company = ctx.actor.organisation
  return ctx.inCompany(company, async (tx) => {
    const firm = await findCompany(tx, company)
    const named = await findNamed(tx, company)
    const hostedPath = (await currentPolicy(tx, company))?.hostedPath
    const own = named !== undefined && named.url !== null
    return {
      companyName: firm?.name ?? ctx.actor.organisationName,
      publication: await publicationOf(tx, company),
      looks: own ? await listLooks(tx, { company, publication: named.id }, shownLooks) : [],
      hostedAddress: hostedPath && `${baseUrl}${hostedPath}`,
    }
  })
}

const schema = z.object({ url: field.text({ max: 2_000 }), publishedOn: field.optionalText({ max: 10 }) })

/** Where the policy is published, whether it is still there, and the button that looks now. */
export function publicationRoutes({ access, visit }: OwnerParts): readonly RouteSpec[] {
  // A button that sends a request to somebody's site: ten in ten minutes are more than a person needs.
  const limiter = makeLimiter({ max: 10, window: 10 * minute })
  const show = async (ctx: SignedCtx, form?: FormState): Promise<Answer> => {
    const view = await viewOf(ctx, access.baseUrl)
    const known = view.publication?.hosted ? undefined : view.publication
    const blank = blankForm({ url: known?.url, publishedOn: known?.publishedOn })
    const page = <PublicationPage ctx={ctx} view={view} form={form ?? blank} />
    return form === undefined ? { page } : { page, status: 422 }
  }
  const look = async (ctx: SignedCtx): Promise<void> => {
    const of = { company: ctx.actor.organisation, now: ctx.now }
    await checkPageNow({ pool: ctx.db, visit }, ctx.actor, of)
  }
  const name = async (ctx: SignedCtx, url: string | undefined, publishedOn?: string): Promise<void> =>
    namePage(ctx.db, ctx.actor, { company: ctx.actor.organisation, url, publishedOn, now: ctx.now })
  return [
    route({ method: 'GET', path: '/policy/page', area: 'owner', handle: (ctx: SignedCtx) => show(ctx) }),
    route({
      method: 'POST',
      path: '/policy/page',
      area: 'owner',
      async handle(ctx: SignedCtx) {
        const read = readAddress(ctx)
        if ('form' in read) return show(ctx, read.form)
        limiter.take(ctx.actor.organisation, ctx.now)
        await name(ctx, read.url, read.publishedOn)
        await look(ctx)
        return { redirect: '/policy/page?done=named' }
      },
    }),
    route({
      method: 'POST',
      path: '/policy/page/check',
      area: 'owner',
      async handle(ctx: SignedCtx) {
        limiter.take(ctx.actor.organisation, ctx.now)
        await look(ctx)
        return { redirect: '/policy/page?done=checked' }
      },
    }),
    route({
      method: 'POST',
      path: '/policy/page/hosted',
      area: 'owner',
      async handle(ctx: SignedCtx) {
        await name(ctx, undefined)
        return { redirect: '/policy/page?done=hosted' }
      },
    }),
  ]
}

type Read = { readonly url: string; readonly publishedOn?: string } | { readonly form: FormState }

/** The address as it is visited; what is wrong with it comes back beside the field. */
function readAddress(ctx: SignedCtx): Read {
  const say = publicationWords(ctx.lang)
  const read = readForm(ctx, schema, { url: say.form.url, publishedOn: say.form.publishedOn })
  if (!read.ok) return { form: read.form }
  const address = readPageAddress(read.value.url)
  if (!address.ok) return { form: failForm(ctx, { url: whyWords(ctx.lang, address.why, null) }) }
  const day = read.value.publishedOn
  if (day === undefined) return { url: address.url }
  const date = field.day().safeParse(day)
  if (!date.success) return { form: failForm(ctx, { publishedOn: say.form.dayWrong }) }
  return { url: address.url, publishedOn: date.data }
}
