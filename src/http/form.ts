import { z } from 'zod'
import type { Lang } from './actor.ts'
import { kitWords } from './words.ts'

/** What was typed and what is wrong with it. */
export type FormState = {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly errors: readonly { readonly field: string; readonly text: string }[]
}

/** The form as it is first shown. */
export function blankForm(values: Readonly<Record<string, string | undefined>> = {}): FormState {
  return { values, errors: [] }
}

/** The words at a field, if something is wrong with it. */
export function errorOf(form: FormState | undefined, name: string): string | undefined {
  return form?.errors.find((error) => error.field === name)?.text
}

const nfkc = (typed: string): string => typed.normalize('NFKC')
const tidy = (typed: string): string => typed.normalize('NFC').replaceAll('\u0000', '').trim()
/** What people type between digits: blanks, brackets and every kind of hyphen and long vowel mark. */
const betweenDigits = /[\s()\-‐‑‒–—―−ー]/gu

/** At most this many characters as people count them: 𠮷 is one, although it takes two units of a string. */
const atMost = (max: number): z.ZodString =>
  z.string().refine((value) => [...value].length <= max, `tooLong:${max}`)

/** An absent field is an empty one. */
const typed = z.string().optional().default('')
const emptyToNothing = (value: string): string | undefined => (value === '' ? undefined : value)

function textOf(limits: { max: number; min?: number }) {
  return typed.transform(tidy).pipe(
    atMost(limits.max)
      .min(1, 'required')
      .min(limits.min ?? 1, `tooShort:${limits.min ?? 1}`),
  )
}

function phoneOf() {
  return typed
    .transform((value) =>
      nfkc(value)
        .replace(betweenDigits, (between) => (/[\s()]/.test(between) ? '' : '-'))
        .replace(/^-+|-+$/g, ''),
    )
    .pipe(z.string().regex(/^(\+?[\d-]{6,20})?$/, 'phone'))
}

const wholeNumber = (value: string): number => (value === '' ? Number.NaN : Number(value))

function numberOf(limits: { min: number; max: number }) {
  return z
    .number({ error: 'number' })
    .int('number')
    .min(limits.min, `least:${limits.min}`)
    .max(limits.max, `most:${limits.max}`)
}

const digitsOf = (value: string): string => nfkc(value).replace(/[\s,]/g, '').trim()

/**
 * Fields as people fill them in. All trim; numbers, addresses and phone numbers are taken in full-width characters too.
 * The text of an issue is the name of a rule in the kit's words, with its figure after a colon.
 */
export const field = {
  text: (limits: { max: number; min?: number }) => textOf(limits),
  optionalText: (limits: { max: number }) =>
    typed.transform(tidy).pipe(atMost(limits.max)).transform(emptyToNothing),
  email: () =>
    typed
      .transform((value) => nfkc(value).replace(/\s/g, '').toLowerCase())
      .pipe(z.string().min(1, 'required').max(254, 'email').pipe(z.email('email'))),
  phone: () => phoneOf().pipe(z.string().min(1, 'required')),
  optionalPhone: () => phoneOf().transform(emptyToNothing),
  number: (limits: { min: number; max: number }) =>
    typed
      .transform(digitsOf)
      .pipe(z.string().min(1, 'required'))
      .transform(wholeNumber)
      .pipe(numberOf(limits)),
  optionalNumber: (limits: { min: number; max: number }) =>
    typed
      .transform((value) => (digitsOf(value) === '' ? undefined : wholeNumber(digitsOf(value))))
      .pipe(numberOf(limits).optional()),
  choice: <const C extends readonly [string, ...string[]]>(choices: C) =>
    typed.pipe(z.enum(choices, { error: 'choose' })),
  optionalChoice: <const C extends readonly [string, ...string[]]>(choices: C) =>
    typed.transform(emptyToNothing).pipe(z.enum(choices, { error: 'choose' }).optional()),
  flag: () => typed.transform((value) => value !== ''),
  day: () =>
    typed
      .transform((value) => nfkc(value).trim().replaceAll('/', '-'))
      .pipe(z.string().min(1, 'required').pipe(z.iso.date('day'))),
}

type Asked = { readonly lang: Lang; readonly form: Readonly<Record<string, string | undefined>> }
type Labels = Readonly<Record<string, string>>

function wordsFor(lang: Lang, label: string, rule: string): string {
  const { rule: rules } = kitWords[lang]
  const [name = '', figure = ''] = rule.split(':')
  switch (name) {
    case 'required':
    case 'choose':
    case 'email':
    case 'phone':
    case 'number':
    case 'day':
      return rules[name](label)
    case 'tooLong':
    case 'tooShort':
    case 'least':
    case 'most':
      return rules[name](label, figure)
    default:
      return rules.wrong(label)
  }
}

/**
 * Reads a posted form. What is wrong comes back in words, one sentence a field, together with all that was typed.
 * `labels` names the fields as they stand on the page.
 */
export function readForm<S extends z.ZodObject>(
  asked: Asked,
  schema: S,
  labels: Labels,
): { readonly ok: true; readonly value: z.output<S> } | { readonly ok: false; readonly form: FormState } {
  const read = schema.safeParse(asked.form)
  if (read.success) return { ok: true, value: read.data }
  const errors = new Map<string, string>()
  for (const issue of read.error.issues) {
    const name = String(issue.path[0] ?? '')
    if (!errors.has(name)) errors.set(name, wordsFor(asked.lang, labels[name] ?? name, issue.message))
  }
  return {
    ok: false,
    form: { values: asked.form, errors: [...errors].map(([name, text]) => ({ field: name, text })) },
  }
}

/** The form again with errors that were found later, e.g. an address that is taken; what was typed is kept. */
export function failForm(asked: Asked, errors: Readonly<Record<string, string>>): FormState {
  return {
    values: asked.form,
    errors: Object.entries(errors).map(([name, text]) => ({ field: name, text })),
  }
}
