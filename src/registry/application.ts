import { createHash } from 'node:crypto'
import { z } from 'zod'
import { day, type Instant, jstDate } from '../base/time.ts'
import { isCorporateNumber } from '../company/index.ts'

/** How long a form that nobody sent is kept, and how long a link to confirm works. */
export const draftLife = 2 * day
export const confirmLife = 2 * day
/** A link to the page of the state: as long as a question or an answer may still come. */
export const stateLife = 400 * day
/** A link to change an entry. */
export const changeLife = 2 * day
/** A self-check older than this does not count for two stars: our rule, not the scheme's (security-action.md, g.check_fresh). */
export const selfCheckDays = 365
/** Until when an application that a person looks at is answered. */
export const reviewWithin = 7 * day

export const bands = ['1-5', '6-20', '21-50', '51-100', '101-300', '301-'] as const
export type Band = (typeof bands)[number]

export type ApplicationKind = 'new' | 'details' | 'step-up'
export type ApplicationState =
  | 'draft'
  | 'sent'
  | 'checking'
  | 'review'
  | 'asked'
  | 'entered'
  | 'refused'
  | 'withdrawn'

/** What the pages ask, in their order. */
export const steps = [
  'kind',
  'name',
  'place',
  'business',
  'contact',
  'level',
  'pledge',
  'self-check',
  'consent',
] as const
export type Step = (typeof steps)[number]

const filledShape = z.object({
  kind: z.enum(['legal', 'sole']).optional(),
  name: z.string().optional(),
  nameKana: z.string().optional(),
  corporateNumber: z.string().optional(),
  prefecture: z.string().optional(),
  town: z.string().optional(),
  /** Never public: to compare with the public list of corporate numbers. */
  street: z.string().optional(),
  /** A sole proprietor's leave to show the town. */
  townListed: z.boolean().optional(),
  industry: z.string().optional(),
  employees: z.enum(bands).optional(),
  url: z.string().optional(),
  person: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  level: z.enum(['SA1', 'SA2']).optional(),
  edition: z.string().optional(),
  ticked: z.array(z.string()).optional(),
  pledgedName: z.string().optional(),
  pledgedTitle: z.string().optional(),
  pledgedOn: z.string().optional(),
  selfCheckOn: z.string().optional(),
  policyUrl: z.string().optional(),
  /** SHA-256 of what was shown and agreed to: the notice, the terms. */
  agreed: z.string().optional(),
})

/** What an applicant typed so far. Texts as typed, digits tidied. */
export type Filled = Readonly<z.output<typeof filledShape>>

/** Reads what is kept; what no longer fits the form is dropped. */
export function readFilled(kept: unknown): Filled {
  const read = filledShape.safeParse(kept)
  return read.success ? read.data : {}
}

/** What an answer is measured by: the register's own rules on that day. */
export type Asking = {
  readonly levels: readonly ('SA1' | 'SA2')[]
  /** Items of each edition that may be pledged. */
  readonly editions: ReadonlyMap<string, readonly string[]>
  /** `agreementHash` of what is shown today. */
  readonly agreement: string
  readonly now: Instant
}

/** What the applicant agrees to, as it was shown. */
export function agreementHash(shown: readonly string[]): string {
  return createHash('sha256').update(shown.join('\n')).digest('hex')
}

/** The pages of an application, in order; a change does not ask again who somebody is or what was promised. */
export function stepsOf(kind: ApplicationKind, filled: Filled, asking: Asking): readonly Step[] {
  const two = filled.level === 'SA2'
  return steps.filter((step) => {
    if (step === 'self-check') return two
    if (step === 'kind') return kind === 'new'
    if (step === 'level') return kind === 'new' && asking.levels.length > 1
    if (step === 'pledge') return kind !== 'details'
    return true
  })
}

/** Whether a page has its answers, and whether they still hold today. */
export function isDone(step: Step, filled: Filled, asking: Asking): boolean {
  const has = (...names: readonly (keyof Filled)[]): boolean =>
    names.every((name) => filled[name] !== undefined && filled[name] !== '')
  switch (step) {
    case 'kind':
      return has('kind')
    case 'name':
      return has('name') && (filled.kind === 'sole' || isCorporateNumber(filled.corporateNumber ?? ''))
    case 'place':
      return has('prefecture', 'town') && (filled.kind === 'sole' || has('street'))
    case 'business':
      return has('industry', 'employees')
    case 'contact':
      return has('person', 'email')
    case 'level':
      return filled.level !== undefined && asking.levels.includes(filled.level)
    case 'pledge':
      return has('pledgedName', 'pledgedTitle', 'pledgedOn') && isWholePledge(filled, asking)
    case 'self-check':
      return has('policyUrl') && isFreshCheck(filled.selfCheckOn ?? '', asking.now)
    case 'consent':
      return filled.agreed === asking.agreement
  }
}

/** The first page that still lacks something; undefined when all is there. */
export function nextStep(kind: ApplicationKind, filled: Filled, asking: Asking): Step | undefined {
  return stepsOf(kind, filled, asking).find((step) => !isDone(step, filled, asking))
}

function isWholePledge(filled: Filled, asking: Asking): boolean {
  const items = asking.editions.get(filled.edition ?? '') ?? []
  return items.length > 0 && items.every((item) => filled.ticked?.includes(item))
}

/** Whether a day (`YYYY-MM-DD`, in Japan) is one of the last 365 up to today. */
export function isFreshCheck(on: string, now: Instant): boolean {
  return on !== '' && on <= jstDate(now) && on >= jstDate(now - selfCheckDays * day)
}

/** What a change of answers takes with it: a sole proprietor has neither number nor street here. */
export function withAnswers(filled: Filled, answers: Filled): Filled {
  const next = { ...filled, ...answers }
  if (next.kind !== 'sole') return { ...next, townListed: undefined }
  return { ...next, corporateNumber: undefined, street: undefined }
}

/** A draft for a change of what stands in the register: consent is asked again, and for a step up the promise, too. */
export function draftOf(kind: Exclude<ApplicationKind, 'new'>, filled: Filled): Filled {
  const { agreed: _agreed, ...kept } = filled
  if (kind === 'details') return kept
  const { ticked: _ticked, pledgedName: _name, pledgedTitle: _title, pledgedOn: _on, ...rest } = kept
  return { ...rest, level: 'SA2' }
}

/** Whether a change makes another firm of it: what the entry is called, or whose number it carries. */
export function changesIdentity(before: Filled, after: Filled): boolean {
  return before.name !== after.name || before.corporateNumber !== after.corporateNumber
}

/** An address as far as it may be shown to somebody who knows it: `s…o@yamada-ss.example`. */
export function maskedMail(email: string): string {
  const at = email.lastIndexOf('@')
  const name = email.slice(0, at)
  return `${name.slice(0, 1)}…${name.length > 2 ? name.slice(-1) : ''}${email.slice(at)}`
}
