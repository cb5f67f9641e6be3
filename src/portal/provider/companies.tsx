import type { VNode } from 'preact'
import { z } from 'zod'
import { forget } from '../../access/index.ts'
import {
  type Company,
  createCompany,
  isCorporateNumber,
  listCompanies,
  tidyDigits,
} from '../../company/index.ts'
import { type HeardSensor, listSensors } from '../../device/index.ts'
import {
  type Answer,
  blankForm,
  CheckField,
  ConsolePage,
  failForm,
  field,
  Form,
  type FormState,
  LinkButton,
  Pager,
  readForm,
  type RouteSpec,
  route,
  type SignedCtx,
  Table,
  TextField,
} from '../../http/index.ts'
import { Head } from './panel.tsx'
import type { ProviderParts } from './parts.ts'
import { providerNav, providerWords } from './say.ts'

/** The companies under contract, to be searched by name or code. */
export const companies = route({
  method: 'GET',
  path: '/companies',
  area: 'provider',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const read = await ctx.within(async (tx) => {
      const all = await listCompanies(tx)
      const sensors = await listSensors(
        tx,
        all.map((company) => company.id),
        ctx.now,
      )
      return { all, sensors }
    })
    return { page: <CompaniesPage ctx={ctx} all={read.all} sensors={read.sensors} /> }
  },
})

/** Rows a page of the list. */
const pageSize = 200

/** How a name is looked for: width, case and blanks do not matter. */
function tidy(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/gu, '')
}

function CompaniesPage(props: {
  ctx: SignedCtx
  all: readonly Company[]
  sensors: readonly HeardSensor[]
}): VNode {
  const { ctx, all, sensors } = props
  const say = providerWords(ctx.lang).companies
  const wanted = ctx.query['q'] ?? ''
  const found = all.filter((each) => tidy(`${each.code} ${each.name}`).includes(tidy(wanted)))
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const page = Math.min(pages, Math.max(1, Number(ctx.query['page']) || 1))
  const shown = found.slice((page - 1) * pageSize, page * pageSize)
  const of = (company: string): readonly HeardSensor[] =>
    sensors.filter((sensor) => sensor.company === company)
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="companies">
      <Head
        title={say.title}
        say={all.length === 0 ? say.none : say.lead(all.length)}
        act={
          ctx.actor.role === 'admin' ? (
            <LinkButton href="/companies/new" kind="primary" size="sm">
              {say.add}
            </LinkButton>
          ) : undefined
        }
      />
      <form class="mm-cluster" method="get" action="/companies" role="search">
        <label class="mm-field__label" for="q">
          {say.search}
        </label>
        <input class="mm-input" id="q" name="q" value={wanted} autocomplete="off" />
        <button class="mm-button" data-size="sm" data-kind="secondary">
          {say.find}
        </button>
      </form>
      {found.length === 0 && wanted !== '' ? (
        <p>{say.noHit(wanted)}</p>
      ) : (
        <Table
          label={say.title}
          dense
          stack
          head={[
            say.code,
            say.name,
            say.trade,
            { text: say.sensors, num: true },
            { text: say.unwatched, num: true },
          ]}
          rows={shown.map((company) => ({
            key: company.id,
            cells: [
              company.code,
              <a href={`/companies/${company.id}`}>{company.name}</a>,
              company.trade ?? '',
              of(company.id).length,
              of(company.id).filter((sensor) => sensor.condition === 'unwatched').length,
            ],
          }))}
        />
      )}
      <Pager
        page={page}
        pages={pages}
        href={(to) => `/companies?${new URLSearchParams({ q: wanted, page: String(to) })}`}
      />
    </ConsolePage>
  )
}

const input = z.object({
  name: field.text({ max: 200 }),
  corporateNumber: field.optionalText({ max: 20 }),
  soleProprietor: field.flag(),
  prefecture: field.optionalText({ max: 10 }),
  trade: field.optionalText({ max: 60 }),
  employees: field.optionalNumber({ min: 0, max: 1_000_000 }),
})

/** The form for a new company. */
export const newCompany = route({
  method: 'GET',
  path: '/companies/new',
  area: 'provider',
  roles: ['admin'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    return { page: <NewCompanyPage ctx={ctx} form={blankForm()} /> }
  },
})

/** Takes a company under contract. */
export const makeCompany = (parts: ProviderParts): RouteSpec =>
  route({
    method: 'POST',
    path: '/companies',
    area: 'provider',
    roles: ['admin'],
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = providerWords(ctx.lang).companies.new
      const labels = { ...say }
      const read = readForm(ctx, input, labels)
      if (!read.ok) return { page: <NewCompanyPage ctx={ctx} form={read.form} />, status: 422 }
      const number = tidyDigits(read.value.corporateNumber ?? '')
      if (number !== '' && !isCorporateNumber(number)) {
        const form = failForm(ctx, { corporateNumber: say.wrongNumber })
        return { page: <NewCompanyPage ctx={ctx} form={form} />, status: 422 }
      }
      const { corporateNumber: _typed, prefecture, trade, employees, ...rest } = read.value
      const id = await createCompany(ctx.db, ctx.actor, {
        ...rest,
        ...(number === '' ? {} : { corporateNumber: number }),
        ...(prefecture === undefined ? {} : { prefecture }),
        ...(trade === undefined ? {} : { trade }),
        ...(employees === undefined ? {} : { employees }),
      })
      // Everybody of the provider may see it from the next page on.
      forget(parts.access)
      return { redirect: `/companies/${id}?done=made` }
    },
  })

function NewCompanyPage(props: { ctx: SignedCtx; form: FormState }): VNode {
  const { ctx, form } = props
  const say = providerWords(ctx.lang).companies.new
  const back = { href: '/companies', text: providerWords(ctx.lang).company.back }
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="companies" form={form}>
      <Head title={say.title} />
      <Form action="/companies" form={form} submit={say.submit} back={back}>
        <TextField form={form} name="name" label={say.name} required chars={30} />
        <TextField
          form={form}
          name="corporateNumber"
          label={say.corporateNumber}
          help={say.corporateNumberHelp}
          inputmode="numeric"
          chars={14}
        />
        <CheckField form={form} name="soleProprietor" label={say.soleProprietor} />
        <TextField form={form} name="prefecture" label={say.prefecture} chars={8} />
        <TextField form={form} name="trade" label={say.trade} chars={20} />
        <TextField form={form} name="employees" label={say.employees} inputmode="numeric" chars={6} />
      </Form>
    </ConsolePage>
  )
}
