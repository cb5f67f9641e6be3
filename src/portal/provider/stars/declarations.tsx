import type { VNode } from 'preact'
import { z } from 'zod'
import { declarationsDesk as en } from '../../../../words/en/declarations-desk.ts'
import { declarationsDesk as ja } from '../../../../words/ja/declarations-desk.ts'
import { declarationFacts } from '../../../catalogue/index.ts'
import { type Company, listCompanies } from '../../../company/index.ts'
import {
  checkListing,
  type Declaration,
  declarationsOf,
  listings,
  type Reminder,
  remindersOf,
} from '../../../declaration/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  Code,
  ConsolePage,
  type Ctx,
  field,
  Pager,
  readForm,
  type RouteSpec,
  route,
  Section,
  type SignedCtx,
  Table,
  Time,
  Title,
} from '../../../http/index.ts'
import { confirmPage, type PageForPerson, pagesForPerson } from '../../../publication/index.ts'
import { DeskLinks } from '../desk-links.tsx'
import { providerNav } from '../say.ts'

const words = { ja, en }
/** Where a person looks a declaration up; never read by a program. */
const ipaList = 'https://sme-security.ipa.go.jp/'
const perPage = 50

type Line = {
  readonly company: Company
  readonly declared: Declaration | undefined
  readonly reminders: readonly Reminder[]
}

/** The companies under contract with what they declared, and what waits for a person. */
export const declarationPages: readonly RouteSpec[] = [
  route({ method: 'GET', path: '/declarations', area: 'provider', handle: list }),
  route({
    method: 'POST',
    path: '/declarations/:declaration/listing',
    area: 'provider',
    ids: { declaration: 'declaration' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = words[ctx.lang]
      const read = readForm(ctx, z.object({ listed: field.choice(listings) }), { listed: say.listed })
      if (read.ok) {
        const found = { declaration: ctx.params['declaration'] ?? '', listed: read.value.listed }
        await ctx.within((tx) => checkListing(tx, { actor: ctx.actor, now: ctx.now }, found))
      }
      return { redirect: read.ok ? '/declarations?done=listing' : '/declarations' }
    },
  }),
  route({
    method: 'POST',
    path: '/companies/:company/policy-page',
    area: 'provider',
    ids: { company: 'company' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const of = { company: ctx.params['company'] ?? '', check: ctx.form['check'] ?? '', now: ctx.now }
      await confirmPage(ctx.db, ctx.actor, of)
      return { redirect: '/declarations?done=page' }
    },
  }),
]

async function list(ctx: SignedCtx): Promise<Answer> {
  const wanted = Number(ctx.query['page'] ?? 1)
  const read = await ctx.within(async (tx) => {
    const companies = await listCompanies(tx)
    const pages = Math.max(1, Math.ceil(companies.length / perPage))
    const page = Number.isInteger(wanted) ? Math.min(Math.max(1, wanted), pages) : 1
    const lines: Line[] = []
    for (const company of companies.slice((page - 1) * perPage, page * perPage)) {
      const declared = (await declarationsOf(tx, company.id)).filter((one) => one.state === 'declared')
      lines.push({
        company,
        declared: declared.find((one) => one.registry === 'ipa') ?? declared[0],
        reminders: await remindersOf(tx, company.id, ctx.now),
      })
    }
    return { lines, page, pages, waiting: await pagesForPerson(tx) }
  })
  return { page: <DeclarationsPage ctx={ctx} {...read} /> }
}

function DeclarationsPage(props: {
  ctx: SignedCtx
  lines: readonly Line[]
  page: number
  pages: number
  waiting: readonly PageForPerson[]
}): VNode {
  const { ctx, lines } = props
  const say = words[ctx.lang]
  const done = ctx.query['done']
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="declarations">
      {(done === 'listing' || done === 'page') && <Banner tone="ok">{say.done[done]}</Banner>}
      <DeskLinks ctx={ctx} current="declarations" />
      <Title size="sm">{say.title}</Title>
      <p>{say.lead}</p>
      {lines.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <Table
          label={say.title}
          stack
          head={[say.company, say.level, say.number, say.declaredOn, say.listed, say.reminders]}
          rows={lines.map((line) => ({ key: line.company.id, cells: cellsOf(ctx, line) }))}
        />
      )}
      <Pager page={props.page} pages={props.pages} href={(page) => `/declarations?page=${page}`} />
      <Section id="pages" head={say.pagesHead}>
        <p>{say.pagesLead}</p>
        {props.waiting.length === 0 ? <p>{say.pagesNone}</p> : <Waiting ctx={ctx} pages={props.waiting} />}
      </Section>
    </ConsolePage>
  )
}

function reminderText(ctx: Ctx, reminder: Reminder): string {
  return declarationFacts().reminders.find((one) => one.id === reminder.id)?.[ctx.lang] ?? reminder.id
}

function cellsOf(ctx: SignedCtx, { company, declared, reminders }: Line): (VNode | string)[] {
  const say = words[ctx.lang]
  const said = declared?.declared
  return [
    `${company.name}（${company.code}）`,
    declared === undefined ? say.undeclared : say.levels[declared.level],
    said === undefined ? '' : <Code>{said.officialId ?? said.ownNumber ?? ''}</Code>,
    said?.declaredOn ?? '',
    declared?.registry === 'ipa' ? <Listing ctx={ctx} it={declared} /> : '',
    reminders.length === 0 ? (
      say.noReminders
    ) : (
      <ul class="mm-bullets">
        {reminders.map((one) => (
          <li key={one.id}>{reminderText(ctx, one)}</li>
        ))}
      </ul>
    ),
  ]
}

function Listing(props: { ctx: SignedCtx; it: Declaration }): VNode {
  const { it } = props
  const say = words[props.ctx.lang]
  return (
    <>
      <p>
        {it.listed === undefined ? say.notLooked : say.listings[it.listed.result]}{' '}
        {it.listed !== undefined && <Time at={it.listed.at} form="day" />}
      </p>
      <p>
        <a class="mm-link" href={ipaList} rel="external noreferrer">
          {say.look}
        </a>
      </p>
      <form class="mm-cluster" method="post" action={`/declarations/${it.id}/listing`}>
        <select class="mm-select" name="listed" aria-label={say.listed}>
          {listings.map((one) => (
            <option key={one} value={one}>
              {say.listings[one]}
            </option>
          ))}
        </select>
        <button class="mm-button" data-size="xs" data-kind="secondary">
          {say.keep}
        </button>
      </form>
    </>
  )
}

function Waiting(props: { ctx: SignedCtx; pages: readonly PageForPerson[] }): VNode {
  const say = words[props.ctx.lang]
  return (
    <Table
      label={say.pagesHead}
      stack
      head={[say.company, say.open, say.act]}
      rows={props.pages.map((page) => ({
        key: page.check,
        cells: [
          page.companyName,
          <a key="open" href={page.url} rel="external noreferrer noopener">
            {page.url}
          </a>,
          <ActForm
            key="act"
            action={`/companies/${page.company}/policy-page`}
            submit={say.confirm}
            kind="secondary"
            size="xs"
            hidden={{ check: page.check }}
          />,
        ],
      }))}
    />
  )
}
