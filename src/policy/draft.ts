import { z } from 'zod'
import { type PolicyArticle, type PolicyCondition, policyFacts } from '../catalogue/index.ts'

export type PolicyLang = 'ja' | 'en'

/** What is asked, one page each, in this order. `task` is the row of the task list it belongs to. */
export const policyQuestions = [
  { id: 'name', task: 'company' },
  { id: 'called', task: 'company' },
  { id: 'representative', task: 'company' },
  { id: 'assets', task: 'protect' },
  { id: 'officer', task: 'people' },
  { id: 'contact', task: 'people' },
  { id: 'articles', task: 'promises' },
  { id: 'dates', task: 'promises' },
] as const

export type PolicyQuestion = (typeof policyQuestions)[number]['id']
export type PolicyTask = (typeof policyQuestions)[number]['task']

export const policyTasks = ['company', 'protect', 'people', 'promises'] as const satisfies PolicyTask[]

const questionIds = policyQuestions.map((one) => one.id)

const values = z.object({
  company_name: z.string(),
  short_name: z.string(),
  representative_title: z.string(),
  representative_name: z.string(),
  officer_title: z.string(),
  contact: z.string(),
  /** YYYY-MM-DD, or empty. */
  established_on: z.string(),
  revised_on: z.string(),
})

export const draftShape = z.object({
  lang: z.enum(['ja', 'en']),
  values,
  assets: z.object({
    /** Places in the catalogue's list. */
    chosen: z.array(z.number().int()),
    own: z.array(z.string()),
  }),
  /** Keys of the chosen articles; absent until somebody chose, and then what fits the company counts. */
  articles: z.array(z.string()).optional(),
  /** What `uses contractors` and the like mean for this company, as far as we know. */
  fits: z.array(z.string()),
  /** Own wording by `lang key`, never evaluated. */
  wording: z.record(z.string(), z.object({ title: z.string(), text: z.string() })),
  answered: z.array(z.enum(questionIds)),
})

/** What the wizard holds of a company. */
export type Draft = z.output<typeof draftShape>
export type DraftValues = Draft['values']

/** What is known of a company before anything is asked. */
export type Known = {
  readonly name: string
  readonly employees: number | null
  readonly representativeTitle: string | null
  readonly representativeName: string | null
  readonly phone: string | null
}

const whenKnown = (known: Known): PolicyCondition[] => {
  const fits: PolicyCondition[] = ['monitoring contract']
  if ((known.employees ?? 0) > 0) fits.push('has employees')
  return fits
}

/** The standard wording of a field in a language. */
export function standardValue(key: keyof DraftValues, lang: PolicyLang): string {
  return policyFacts().fields.find((one) => one.key === key)?.default?.[lang] ?? ''
}

/** A draft with everything filled in that is known; nothing counts as answered yet. `today` is YYYY-MM-DD in Japan. */
export function startDraft(known: Known, lang: PolicyLang, today: string): Draft {
  const title = known.representativeTitle ?? standardValue('representative_title', lang)
  const phone = lang === 'ja' ? '電話 ' : 'Phone '
  return {
    lang,
    values: {
      company_name: known.name,
      short_name: standardValue('short_name', lang),
      representative_title: title,
      representative_name: known.representativeName ?? '',
      officer_title: title,
      contact: known.phone === null ? '' : phone + known.phone,
      established_on: today,
      revised_on: '',
    },
    assets: { chosen: [0, 3], own: [] },
    fits: whenKnown(known),
    wording: {},
    answered: [],
  }
}

/** Whether an article fits this company: what decides which ones are chosen at first. */
export function fits(draft: Draft, article: PolicyArticle): boolean {
  if (article.default) return true
  if (article.when === undefined) return false
  // The choices of the catalogue that are about people: customers' personal data, accounts and payroll, staff records.
  if (article.when === 'handles personal data')
    return draft.assets.chosen.some((at) => [0, 3, 4].includes(at))
  return draft.fits.includes(article.when)
}

/** The chosen articles in the order of the catalogue. */
export function chosenArticles(draft: Draft): PolicyArticle[] {
  const { articles } = policyFacts()
  const chosen = draft.articles
  return chosen === undefined
    ? articles.filter((one) => fits(draft, one))
    : articles.filter((one) => chosen.includes(one.key))
}

/** What is asked of this draft, in order. How the text calls the company is asked only where the text does so. */
export function askedQuestions(draft: Draft): (typeof policyQuestions)[number][] {
  const uses = policyFacts().preamble[draft.lang].includes('{{short_name}}')
  return policyQuestions.filter((one) => uses || one.id !== 'called')
}

/** What is still to be answered, in order; empty = ready to be approved. */
export function openQuestions(draft: Draft): PolicyQuestion[] {
  return askedQuestions(draft)
    .map((one) => one.id)
    .filter((id) => !draft.answered.includes(id) || emptyOf(draft, id))
}

/** Whether something that the policy can't do without is empty behind a question. */
function emptyOf(draft: Draft, question: PolicyQuestion): boolean {
  const { values: typed, assets } = draft
  switch (question) {
    case 'name':
      return typed.company_name === ''
    case 'called':
      return typed.short_name === ''
    case 'representative':
      return typed.representative_title === '' || typed.representative_name === ''
    case 'assets':
      return assets.chosen.length + assets.own.length === 0
    case 'officer':
      return typed.officer_title === ''
    case 'contact':
      return typed.contact === ''
    case 'articles':
      return chosenArticles(draft).length === 0
    case 'dates':
      return typed.established_on === ''
  }
}
