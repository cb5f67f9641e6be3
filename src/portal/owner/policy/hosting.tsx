import type { VNode } from 'preact'
import { z } from 'zod'
import {
  ActForm,
  type Answer,
  Banner,
  field,
  LinkButton,
  readForm,
  route,
  type RouteSpec,
  Section,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import { qrSvg } from '../../../document/index.ts'
import {
  findPage,
  newestVersion,
  type PolicyClaim,
  publishedPath,
  switchPolicyPage,
} from '../../../policy/index.ts'
import type { OwnerParts } from '../parts.ts'
import { Claims } from './article.tsx'
import { PolicyPage } from './parts.tsx'
import { doingOf, policyWords } from './say.ts'

type Shown = {
  readonly url: string | undefined
  readonly path: string | undefined
  readonly code: string | undefined
  readonly approved: boolean
  readonly claims: readonly PolicyClaim[]
}

async function shownOf(ctx: SignedCtx, parts: OwnerParts, claims: readonly PolicyClaim[]): Promise<Shown> {
  const { organisation } = ctx.actor
  const { page, approved } = await ctx.inCompany(organisation, async (tx) => ({
    page: await findPage(tx, organisation),
    approved: (await newestVersion(tx, organisation)) !== undefined,
  }))
  const path = page?.open ? publishedPath(page.code) : undefined
  const url = path === undefined ? undefined : parts.access.baseUrl + path
  const label = policyWords(ctx.lang).hosting.code
  return { url, path, approved, claims, code: url === undefined ? undefined : await qrSvg(url, { label }) }
}

/** Whether Mimamori shows the policy to everybody. */
export function hostingRoutes(parts: OwnerParts): readonly RouteSpec[] {
  const show = route({
    method: 'GET',
    path: '/policy/hosting',
    area: 'owner',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const shown = await shownOf(ctx, parts, [])
      return shown.approved ? { page: <HostingPage ctx={ctx} shown={shown} /> } : { redirect: '/policy' }
    },
  })
  const turn = route({
    method: 'POST',
    path: '/policy/hosting',
    area: 'owner',
    roles: ['owner'],
    async handle(ctx: SignedCtx): Promise<Answer> {
      const read = readForm(ctx, z.object({ open: field.choice(['yes', 'no']) }), {})
      if (!read.ok) return { redirect: '/policy/hosting' }
      const open = read.value.open === 'yes'
      const { claims } = await ctx.inCompany(ctx.actor.organisation, (tx) =>
        switchPolicyPage(tx, doingOf(ctx), open),
      )
      if (claims.length === 0) return { redirect: `/policy/hosting?done=${open ? 'opened' : 'closed'}` }
      return { page: <HostingPage ctx={ctx} shown={await shownOf(ctx, parts, claims)} />, status: 422 }
    },
  })
  return [show, turn]
}

function HostingPage(props: { ctx: SignedCtx; shown: Shown }): VNode {
  const { ctx, shown } = props
  const words = policyWords(ctx.lang)
  const say = words.hosting
  const { done } = ctx.query
  const open = shown.url !== undefined
  const told = done === 'opened' ? say.opened : done === 'closed' ? say.closed : undefined
  return (
    <PolicyPage ctx={ctx} title={say.title} back={{ href: '/policy', text: words.version.back }}>
      <Title>{say.title}</Title>
      {shown.claims.length > 0 && <Claims ctx={ctx} of={shown.claims} />}
      {told !== undefined && shown.claims.length === 0 && <Banner tone="ok" title={told} />}
      <Section id="state" head={open ? say.on : say.off} first>
        <p>{open ? say.onText : say.offText}</p>
        <p>{say.shows}</p>
        {open && <Address ctx={ctx} shown={shown} />}
        {ctx.actor.role === 'owner' ? (
          <div class="mm-policy__go">
            <ActForm
              action="/policy/hosting"
              submit={open ? say.turnOff : say.turnOn}
              kind={open ? 'secondary' : 'primary'}
              size="lg"
              name="open"
              value={open ? 'no' : 'yes'}
            />
          </div>
        ) : (
          <p>{say.owner}</p>
        )}
      </Section>
    </PolicyPage>
  )
}

function Address(props: { ctx: SignedCtx; shown: Shown }): VNode {
  const { url = '', path = '', code = '' } = props.shown
  const say = policyWords(props.ctx.lang).hosting
  return (
    <>
      <p class="mm-policy__address">
        {say.address}：<a href={path}>{url}</a>
      </p>
      <LinkButton href={path} kind="secondary">
        {say.see}
      </LinkButton>
      <p>{say.code}</p>
      <div class="mm-policy__code" dangerouslySetInnerHTML={{ __html: code }} />
    </>
  )
}
