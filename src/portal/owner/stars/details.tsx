import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { industries } from '../../../base/industry.ts'
import { prefectures } from '../../../base/prefecture.ts'
import {
  type Company,
  completeCompany,
  findCompany,
  findDetail,
  isCorporateNumber,
  tidyDigits,
} from '../../../company/index.ts'
import { settle } from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  CheckField,
  Facts,
  Form,
  type FormState,
  failForm,
  field,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  TextField,
} from '../../../http/index.ts'
import { byOf, OutLink, StarsPage, type StarWords, starWords } from './say.tsx'

const numberSite = 'https://www.houjin-bangou.nta.go.jp/'
const names = prefectures.map(([, name]) => name)
const codes = industries.map(([code]) => code)

const input = z.object({
  nameKana: field.optionalText({ max: 200 }),
  corporateNumber: field.optionalText({ max: 40 }),
  soleProprietor: field.flag(),
  postalCode: field.optionalText({ max: 20 }),
  prefecture: field.optionalText({ max: 10 }),
  address: field.optionalText({ max: 200 }),
  phone: field.optionalPhone(),
  url: field.optionalText({ max: 300 }),
  industry: field.optionalText({ max: 1 }),
  employees: field.optionalNumber({ min: 0, max: 1_000_000 }),
  capitalYen: field.optionalNumber({ min: 0, max: 1_000_000_000_000_000 }),
  representativeTitle: field.optionalText({ max: 60 }),
  representativeName: field.optionalText({ max: 80 }),
})
type Typed = z.output<typeof input>

/** What the company's people write of it: once, for the policy, the declaration and the register. */
export const details = route({
  method: 'GET',
  path: '/company/details',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.actor.organisation
    const { company, detail } = await ctx.inCompany(id, async (tx) => ({
      company: await findCompany(tx, id),
      detail: await findDetail(tx, id),
    }))
    if (!company) throw fault('NOT_FOUND')
    const kept = { ...detail, prefecture: company.prefecture, employees: company.employees }
    const texts = Object.entries(kept).map(([name, value]) => [
      name,
      value == null ? undefined : String(value),
    ])
    const sole = company.soleProprietor ? 'yes' : undefined
    const form = blankForm({ ...Object.fromEntries(texts), soleProprietor: sole })
    return { page: <DetailsPage ctx={ctx} form={form} company={company} /> }
  },
})

export const keepDetails = route({
  method: 'POST',
  path: '/company/details',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).details
    const id = ctx.actor.organisation
    const company = await ctx.inCompany(id, (tx) => findCompany(tx, id))
    if (!company) throw fault('NOT_FOUND')
    const read = readForm(ctx, input, labelsOf(say))
    const wrong = read.ok ? wrongOf(say, read.value, company) : {}
    if (!read.ok || Object.keys(wrong).length > 0) {
      const form = read.ok ? failForm(ctx, wrong) : read.form
      return { page: <DetailsPage ctx={ctx} form={form} company={company} />, status: 422 }
    }
    const typed = read.value
    await ctx.inCompany(id, async (tx) => {
      await completeCompany(tx, byOf(ctx), {
        nameKana: typed.nameKana ?? null,
        postalCode: typed.postalCode === undefined ? null : tidyDigits(typed.postalCode),
        address: typed.address ?? null,
        phone: typed.phone ?? null,
        url: typed.url ?? null,
        industry: typed.industry ?? null,
        capitalYen: typed.capitalYen ?? null,
        representativeTitle: typed.representativeTitle ?? null,
        representativeName: typed.representativeName ?? null,
        prefecture: typed.prefecture ?? null,
        employees: typed.employees ?? null,
        corporateNumber: typed.corporateNumber ?? '',
        soleProprietor: typed.soleProprietor,
      })
      await settle(tx, id, ctx.now)
    })
    return { redirect: '/stars?done=details' }
  },
})

function labelsOf(say: StarWords['details']): Record<keyof Typed, string> {
  return {
    nameKana: say.kana,
    corporateNumber: say.number,
    soleProprietor: say.sole,
    postalCode: say.postal,
    prefecture: say.prefecture,
    address: say.address,
    phone: say.phone,
    url: say.url,
    industry: say.industry,
    employees: say.employees,
    capitalYen: say.capital,
    representativeTitle: say.repTitle,
    representativeName: say.repName,
  }
}

/** What only this form can judge: numbers with a check digit, lists of the state. */
function wrongOf(say: StarWords['details'], typed: Typed, company: Company): Record<string, string> {
  const number = tidyDigits(typed.corporateNumber ?? '')
  const open = company.corporateNumber === null
  const wrong: Record<string, string> = {}
  if (open && !typed.soleProprietor && number === '') wrong['corporateNumber'] = say.numberOrSole
  if (open && !typed.soleProprietor && number !== '' && !isCorporateNumber(number))
    wrong['corporateNumber'] = say.wrongNumber
  if (typed.postalCode !== undefined && !/^\d{7}$/.test(tidyDigits(typed.postalCode)))
    wrong['postalCode'] = say.wrongPostal
  if (typed.url !== undefined && !/^https?:\/\/[^\s]+\.[^\s]+$/i.test(typed.url)) wrong['url'] = say.wrongUrl
  if (typed.prefecture !== undefined && !names.some((one) => one === typed.prefecture))
    wrong['prefecture'] = say.prefecture
  if (typed.industry !== undefined && !codes.some((one) => one === typed.industry))
    wrong['industry'] = say.industry
  return wrong
}

function DetailsPage(props: { ctx: SignedCtx; form: FormState; company: Company }): VNode {
  const { ctx, form, company } = props
  const say = starWords(ctx.lang).details
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      <p class="mm-lead">{say.lead}</p>
      <Facts
        rows={[
          { name: say.name, value: company.name, note: say.nameHelp },
          ...(company.corporateNumber === null
            ? []
            : [{ name: say.number, value: company.corporateNumber, note: say.numberKept }]),
        ]}
      />
      <Form action="/company/details" form={form} submit={say.submit}>
        {company.corporateNumber === null && <Identity ctx={ctx} form={form} />}
        <Place ctx={ctx} form={form} />
        <Firm ctx={ctx} form={form} />
      </Form>
    </StarsPage>
  )
}

type Part = { ctx: SignedCtx; form: FormState }

function Identity({ ctx, form }: Part): VNode {
  const say = starWords(ctx.lang).details
  return (
    <>
      <TextField
        form={form}
        name="corporateNumber"
        label={say.number}
        help={say.numberHelp}
        inputmode="numeric"
        chars={13}
      />
      <p>
        <OutLink href={numberSite} text={say.numberSite} lang={ctx.lang} />
      </p>
      <CheckField form={form} name="soleProprietor" label={say.sole} />
    </>
  )
}

function Place({ ctx, form }: Part): VNode {
  const say = starWords(ctx.lang).details
  return (
    <>
      <TextField
        form={form}
        name="postalCode"
        label={say.postal}
        help={say.postalHelp}
        inputmode="numeric"
        autocomplete="postal-code"
        chars={8}
      />
      <SelectField
        form={form}
        name="prefecture"
        label={say.prefecture}
        blank
        required
        options={prefectures.map(([, ja, en]) => ({
          value: ja,
          text: ctx.lang === 'ja' ? ja : `${en}（${ja}）`,
        }))}
      />
      <TextField
        form={form}
        name="address"
        label={say.address}
        help={say.addressHelp}
        autocomplete="street-address"
        required
      />
      <TextField form={form} name="phone" label={say.phone} type="tel" autocomplete="tel" chars={13} />
    </>
  )
}

function Firm({ ctx, form }: Part): VNode {
  const say = starWords(ctx.lang).details
  return (
    <>
      <TextField
        form={form}
        name="representativeTitle"
        label={say.repTitle}
        help={say.repTitleHelp}
        chars={13}
      />
      <TextField form={form} name="representativeName" label={say.repName} chars={13} />
      <TextField form={form} name="nameKana" label={say.kana} help={say.kanaHelp} />
      <SelectField
        form={form}
        name="industry"
        label={say.industry}
        blank
        options={industries.map(([code, ja, en]) => ({ value: code, text: ctx.lang === 'ja' ? ja : en }))}
      />
      <TextField form={form} name="employees" label={say.employees} inputmode="numeric" chars={8} />
      <TextField
        form={form}
        name="capitalYen"
        label={say.capital}
        help={say.capitalHelp}
        inputmode="numeric"
        chars={13}
      />
      <TextField form={form} name="url" label={say.url} help={say.urlHelp} />
    </>
  )
}
