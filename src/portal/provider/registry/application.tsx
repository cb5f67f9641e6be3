import type { VNode } from 'preact'
import { z } from 'zod'
import { industryName } from '../../../base/industry.ts'
import { prefectureName } from '../../../base/prefecture.ts'
import {
  type Answer,
  Banner,
  blankForm,
  Code,
  type Fact,
  Facts,
  type FormState,
  field,
  List,
  readForm,
  type RouteSpec,
  Row,
  route,
  type SignedCtx,
  Time,
} from '../../../http/index.ts'
import {
  acceptApplication,
  type Application,
  applicationForReview,
  type ApplicationEvent,
  askApplicant,
  eventsOf,
  type Filled,
  refuseApplication,
  reopenApplication,
  standingOf,
} from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import { Outside } from './outside.tsx'
import type { ProviderParts } from '../parts.ts'
import { Decisions } from './decisions.tsx'
import { DeskPage, mustOwnRegistry } from './frame.tsx'
import { deskPaths, sayDesk, starsOf } from './say.ts'

type Read = {
  readonly application: Application
  readonly events: readonly ApplicationEvent[]
  /** What stands in the register now, where it is a change. */
  readonly before: Filled | undefined
}

const path = '/register-desk/applications/:application'
const ids = { application: 'application' } as const
const idOf = (ctx: SignedCtx): string => ctx.params['application'] ?? ''

async function shown(ctx: SignedCtx, form: FormState = blankForm()): Promise<Answer> {
  await mustOwnRegistry(ctx)
  const read = await ctx.within(async (tx): Promise<Read> => {
    const application = await applicationForReview(tx, idOf(ctx))
    const before = application.entry === null ? undefined : await standingOf(tx, application.entry)
    return {
      application,
      events: await eventsOf(tx, application.id),
      before: before?.id === application.id ? undefined : before?.filled,
    }
  })
  return {
    page: <ApplicationPage ctx={ctx} read={read} form={form} />,
    status: form.errors.length > 0 ? 422 : 200,
  }
}

const questionShape = z.object({ question: field.text({ max: 2000 }) })
const reasonShape = z.object({ reason: field.text({ max: 2000 }) })

/** One application: why it waits, what it says, and what is decided. */
export function reviewRoutes({ access }: Pick<ProviderParts, 'access'>): readonly RouteSpec[] {
  const post = (
    name: string,
    done: string,
    act: (ctx: SignedCtx) => Promise<Answer | undefined>,
  ): RouteSpec =>
    route({
      method: 'POST',
      path: `${path}/${name}`,
      area: 'provider',
      ids,
      handle: async (ctx: SignedCtx): Promise<Answer> =>
        (await act(ctx)) ?? { redirect: `${deskPaths.application(idOf(ctx))}?done=${done}` },
    })
  const reviewing = (ctx: SignedCtx) => ({ access, actor: ctx.actor, application: idOf(ctx) })
  return [
    route({ method: 'GET', path, area: 'provider', ids, handle: (ctx: SignedCtx) => shown(ctx) }),
    post('acceptance', 'accepted', async (ctx) => {
      await acceptApplication(reviewing(ctx), ctx.now)
      return undefined
    }),
    post('question', 'asked', async (ctx) => {
      const read = readForm(ctx, questionShape, { question: sayDesk(ctx.lang).application.question })
      if (!read.ok) return shown(ctx, read.form)
      await askApplicant(reviewing(ctx), read.value.question, ctx.now)
      return undefined
    }),
    post('refusal', 'refused', async (ctx) => {
      const read = readForm(ctx, reasonShape, { reason: sayDesk(ctx.lang).application.reason })
      if (!read.ok) return shown(ctx, read.form)
      await refuseApplication(reviewing(ctx), read.value.reason, ctx.now)
      return undefined
    }),
    post('reopening', 'reopened', async (ctx) => {
      await reopenApplication(reviewing(ctx), ctx.now)
      return undefined
    }),
  ]
}

function ApplicationPage(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read, form } = props
  const { application } = read
  const all = sayDesk(ctx.lang)
  const say = all.application
  const title = application.filled.name ?? ''
  const done = ctx.query['done']
  const told = (['accepted', 'asked', 'refused', 'reopened'] as const).find((one) => one === done)
  return (
    <DeskPage
      ctx={ctx}
      title={title}
      tab="queue"
      form={form}
      say={`${all.queue.kinds[application.kind]}・${all.states[application.state]}`}
    >
      <p class="mm-crumb">
        <a href={deskPaths.queue}>{say.back}</a>
      </p>
      {told !== undefined && (
        <Banner tone="ok">
          <p>{say.done[told]}</p>
        </Banner>
      )}
      <Reasons ctx={ctx} application={application} />
      <Panel id="about" head={say.aboutHead}>
        <Facts rows={factsOf(ctx, read)} />
      </Panel>
      <Panel id="contact" head={say.contactHead}>
        <Facts rows={contactOf(ctx, application.filled)} />
      </Panel>
      <Decisions ctx={ctx} application={application} form={form} />
      <Panel id="log" head={say.log}>
        <List>
          {read.events.map((event) => (
            <Row
              key={`${event.at} ${event.kind}`}
              main={`${eventWord(ctx, event.kind)}・${event.personName ?? (applicantActs.has(event.kind) ? say.applicant : say.program)}`}
              side={<Time at={event.at} form="full" />}
              {...(event.text !== '' && { sub: event.text })}
            />
          ))}
        </List>
      </Panel>
    </DeskPage>
  )
}

const applicantActs: ReadonlySet<ApplicationEvent['kind']> = new Set([
  'sent',
  'confirmed',
  'answered',
  'withdrawn',
])

const eventWord = (ctx: SignedCtx, kind: ApplicationEvent['kind']): string => sayDesk(ctx.lang).events[kind]

function Reasons(props: { ctx: SignedCtx; application: Application }): VNode {
  const { ctx, application } = props
  const say = sayDesk(ctx.lang)
  return (
    <Panel id="reasons" head={say.application.reasonsHead}>
      {application.reasons.length === 0 ? (
        <p>{say.application.noReasons}</p>
      ) : (
        <Facts
          rows={application.reasons.map(({ reason, detail }) => ({
            name: say.reasons[reason],
            value: (
              <>
                {say.advice[reason]}
                {detail !== '' && (
                  <span class="mm-facts__note">
                    {' '}
                    {say.found}：<Found reason={reason} detail={detail} />
                  </span>
                )}
              </>
            ),
          }))}
        />
      )}
    </Panel>
  )
}

/** Numbers of entries as ways to them; anything else as the text that it is. */
function Found(props: { reason: string; detail: string }): VNode {
  if (!props.reason.startsWith('duplicate')) return <>{props.detail}</>
  return (
    <>
      {props.detail.split(' ').map((number) => (
        <span key={number}>
          <a href={deskPaths.entry(number)}>
            <Code>{number}</Code>
          </a>{' '}
        </span>
      ))}
    </>
  )
}

type Names = ReturnType<typeof sayDesk>['fields']

/** The public answers, each beside what stood there before where it is another one. */
function factsOf(ctx: SignedCtx, { application, before }: Read): readonly Fact[] {
  const say = sayDesk(ctx.lang)
  const now = valuesOf(ctx, application.filled)
  const then = before && valuesOf(ctx, before)
  return Object.entries(now).flatMap(([name, value]): Fact[] => {
    const was = then?.[name as keyof Names]
    if (value === '' && (was ?? '') === '') return []
    return [
      {
        name: say.fields[name as keyof Names],
        value: name === 'policyUrl' || name === 'url' ? <Outside href={value} /> : value,
        ...(was !== undefined && was !== value && { note: `${say.application.before}：${was}` }),
      },
    ]
  })
}

function valuesOf(ctx: SignedCtx, filled: Filled): Record<keyof Names, string> {
  const { lang } = ctx
  const say = sayDesk(lang)
  return {
    kind: say.bodies[filled.kind ?? 'legal'],
    name: filled.name ?? '',
    nameKana: filled.nameKana ?? '',
    corporateNumber: filled.corporateNumber ?? '',
    prefecture: prefectureName(filled.prefecture ?? '', lang),
    town: [filled.town, filled.kind === 'sole' && filled.townListed !== true ? say.townHidden : '']
      .filter(Boolean)
      .join(' '),
    street: filled.street ?? '',
    industry: filled.industry === undefined ? '' : industryName(filled.industry, lang),
    employees: filled.employees ?? '',
    url: filled.url ?? '',
    level: starsOf(filled.level, lang),
    edition: filled.edition === 'jou5' ? say.editions.jou5 : say.editions.jou6,
    pledgedBy: [filled.pledgedTitle, filled.pledgedName, filled.pledgedOn].filter(Boolean).join(' '),
    selfCheckOn: filled.level === 'SA2' ? (filled.selfCheckOn ?? '') : '',
    policyUrl: filled.level === 'SA2' ? (filled.policyUrl ?? '') : '',
  }
}

function contactOf(ctx: SignedCtx, filled: Filled): readonly Fact[] {
  return [
    { name: filled.person ?? '', value: filled.email ?? '' },
    ...(filled.phone === undefined ? [] : [{ name: sayDesk(ctx.lang).phone, value: filled.phone }]),
  ]
}
