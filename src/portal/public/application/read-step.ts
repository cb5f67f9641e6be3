import { z } from 'zod'
import { jstDate } from '../../../base/time.ts'
import { isCorporateNumber, tidyDigits } from '../../../company/index.ts'
import { type Ctx, type FormState, failForm, field, readForm } from '../../../http/index.ts'
import { industries } from '../../../base/industry.ts'
import { prefectures } from '../../../base/prefecture.ts'
import { type Asking, bands, type Filled, isFreshCheck, type Step } from '../../../registry/index.ts'
import { sayApplication } from './say.ts'

/** The answers of one page, or the form with what is wrong with it. */
export type ReadStep =
  | { readonly ok: true; readonly answers: Filled }
  | { readonly ok: false; readonly form: FormState }

type Given = { readonly step: Step; readonly filled: Filled; readonly asking: Asking }

/** Reads what was posted on one page; every refusal names its field. */
export function readStep(ctx: Ctx, given: Given): ReadStep {
  return readers[given.step](ctx, given)
}

const refuse = (ctx: Ctx, errors: Readonly<Record<string, string>>): ReadStep => ({
  ok: false,
  form: failForm(ctx, errors),
})

const readers: Readonly<Record<Step, (ctx: Ctx, given: Given) => ReadStep>> = {
  kind: (ctx) => {
    const read = readForm(ctx, z.object({ kind: field.choice(['legal', 'sole']) }), {
      kind: sayApplication(ctx.lang).step.kind.short,
    })
    return read.ok ? { ok: true, answers: read.value } : read
  },
  name: readName,
  place: readPlace,
  business: readBusiness,
  contact: (ctx) => {
    const say = sayApplication(ctx.lang).step.contact
    const read = readForm(
      ctx,
      z.object({
        person: field.text({ max: 60 }),
        email: field.email(),
        phone: field.optionalPhone(),
      }),
      { ...say },
    )
    return read.ok ? { ok: true, answers: read.value } : read
  },
  level: (ctx, { asking }) => {
    const read = readForm(ctx, z.object({ level: field.choice(['SA1', 'SA2']) }), {
      level: sayApplication(ctx.lang).step.level.short,
    })
    if (read.ok && !asking.levels.includes(read.value.level)) return refuse(ctx, {})
    return read.ok ? { ok: true, answers: read.value } : read
  },
  pledge: readPledge,
  'self-check': readSelfCheck,
  consent: (ctx, { asking }) => {
    const say = sayApplication(ctx.lang).step.consent
    const boxes = ['declaration', 'listing', 'terms'] as const
    const missing = boxes.filter((name) => ctx.form[name] !== 'yes')
    return missing.length === 0
      ? { ok: true, answers: { agreed: asking.agreement } }
      : refuse(ctx, Object.fromEntries(missing.map((name) => [name, `${say[name]}：${say.needed}`])))
  },
}

const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s0-9A-Za-z&.'-]*$/u

function readName(ctx: Ctx, { filled }: Given): ReadStep {
  const say = sayApplication(ctx.lang).step.name
  const kind = filled.kind ?? 'legal'
  const read = readForm(
    ctx,
    z.object({
      name: field.text({ max: 100 }),
      nameKana: field.optionalText({ max: 120 }),
      corporateNumber: kind === 'legal' ? field.text({ max: 40 }) : field.optionalText({ max: 40 }),
    }),
    { name: say.name[kind], nameKana: say.nameKana, corporateNumber: say.corporateNumber },
  )
  if (!read.ok) return read
  const corporateNumber = tidyDigits(read.value.corporateNumber ?? '')
  const errors: Record<string, string> = {}
  if (!kana.test(read.value.nameKana?.normalize('NFKC') ?? '')) errors['nameKana'] = say.kana
  if (kind === 'legal' && !isCorporateNumber(corporateNumber))
    errors['corporateNumber'] = say.corporateNumberWrong
  if (Object.keys(errors).length > 0) return refuse(ctx, errors)
  return {
    ok: true,
    answers: { ...read.value, corporateNumber: kind === 'legal' ? corporateNumber : undefined },
  }
}

const prefectureCodes = prefectures.map(([code]) => code)
const industryCodes = industries.map(([code]) => code)

function readPlace(ctx: Ctx, { filled }: Given): ReadStep {
  const say = sayApplication(ctx.lang).step.place
  const sole = filled.kind === 'sole'
  const read = readForm(
    ctx,
    z.object({
      prefecture: field.choice(nonEmpty(prefectureCodes)),
      town: field.text({ max: 40 }),
      street: sole ? field.optionalText({ max: 100 }) : field.text({ max: 100 }),
      townListed: field.flag(),
    }),
    { prefecture: say.prefecture, town: say.town, street: say.street },
  )
  if (!read.ok) return read
  const { prefecture, town, street, townListed } = read.value
  return { ok: true, answers: { prefecture, town, ...(sole ? { townListed } : { street }) } }
}

/** A list that zod takes as choices. */
function nonEmpty(list: readonly string[]): readonly [string, ...string[]] {
  const [first = '', ...rest] = list
  return [first, ...rest]
}

function readBusiness(ctx: Ctx): ReadStep {
  const say = sayApplication(ctx.lang).step.business
  const read = readForm(
    ctx,
    z.object({
      industry: field.choice(nonEmpty(industryCodes)),
      employees: field.choice(bands),
      url: field.optionalText({ max: 300 }),
    }),
    { industry: say.industry, employees: say.employees, url: say.url },
  )
  if (!read.ok) return read
  const url = read.value.url?.normalize('NFKC')
  if (url !== undefined && !isWeb(url, ['http:', 'https:'])) return refuse(ctx, { url: say.urlWrong })
  return { ok: true, answers: { ...read.value, url } }
}

/** An address of the web with a name that has a dot: nothing inside, nobody's password in it. */
function isWeb(url: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username } = new URL(url)
  return protocols.includes(protocol) && hostname.includes('.') && username === ''
}

function readPledge(ctx: Ctx, { filled, asking }: Given): ReadStep {
  const say = sayApplication(ctx.lang).step.pledge
  const edition = ctx.form['edition'] ?? filled.edition ?? ''
  const items = asking.editions.get(edition) ?? []
  const read = readForm(
    ctx,
    z.object({ pledgedName: field.text({ max: 60 }), pledgedTitle: field.text({ max: 60 }) }),
    { pledgedName: say.pledgedName, pledgedTitle: say.pledgedTitle },
  )
  const missing = items.filter((item) => ctx.form[item] !== 'yes')
  const unticked = Object.fromEntries(missing.map((item) => [item, say.missing(items.indexOf(item) + 1)]))
  if (items.length === 0) return refuse(ctx, {})
  if (!read.ok)
    return {
      ok: false,
      form: { ...read.form, errors: [...failForm(ctx, unticked).errors, ...read.form.errors] },
    }
  if (missing.length > 0) return refuse(ctx, unticked)
  return {
    ok: true,
    answers: { ...read.value, edition, ticked: [...items], pledgedOn: jstDate(asking.now) },
  }
}

function readSelfCheck(ctx: Ctx, { asking }: Given): ReadStep {
  const say = sayApplication(ctx.lang).step['self-check']
  const read = readForm(ctx, z.object({ selfCheckOn: field.day(), policyUrl: field.text({ max: 500 }) }), {
    ...say,
  })
  if (!read.ok) return read
  const policyUrl = read.value.policyUrl.normalize('NFKC')
  const errors: Record<string, string> = {}
  if (!isFreshCheck(read.value.selfCheckOn, asking.now)) errors['selfCheckOn'] = say.selfCheckOld
  if (!isWeb(policyUrl, ['https:'])) errors['policyUrl'] = say.policyUrlWrong
  return Object.keys(errors).length > 0
    ? refuse(ctx, errors)
    : { ok: true, answers: { ...read.value, policyUrl } }
}
