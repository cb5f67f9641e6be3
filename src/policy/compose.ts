import { createHash } from 'node:crypto'
import { type PolicyArticle, type PolicySubject, policyFacts } from '../catalogue/index.ts'
import { chosenArticles, type Draft, type PolicyLang } from './draft.ts'
import { fill, fillLines, type Piece, plain, type Values } from './fill.ts'
import { sayDay } from './say-day.ts'

/** The text of a version, every value filled in. */
export type PolicyText = {
  readonly title: string
  readonly preamble: string
  readonly articles: readonly { readonly title: string; readonly text: string }[]
  /** Lines; one whose values are empty is not there. */
  readonly closing: readonly string[]
}

export type ComposedArticle = {
  readonly key: string
  readonly title: string
  readonly text: readonly Piece[]
  /** Whether the company wrote it itself. */
  readonly own: boolean
}

/** A draft as text, in pieces that know which answer they came from. */
export type Composed = {
  readonly lang: PolicyLang
  readonly title: string
  readonly preamble: { readonly pieces: readonly Piece[]; readonly own: boolean }
  readonly articles: readonly ComposedArticle[]
  readonly closing: readonly (readonly Piece[])[]
}

/** The key of the preamble among own wordings. */
export const preambleKey = 'po.preamble'

function joinAssets(lang: PolicyLang, names: readonly string[]): string {
  if (lang === 'ja') return names.join('、')
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}

/** The values of a draft in words. */
export function valuesOf(draft: Draft): Values {
  const choices = policyFacts().fields.find((one) => one.key === 'assets')?.choices?.[draft.lang] ?? []
  const assets = [...draft.assets.chosen.map((at) => choices[at] ?? ''), ...draft.assets.own]
  return {
    ...draft.values,
    assets: joinAssets(
      draft.lang,
      assets.filter((name) => name !== ''),
    ),
    established_on: sayDay(draft.lang, draft.values.established_on),
    revised_on: sayDay(draft.lang, draft.values.revised_on),
  }
}

/** The standard wording of an article (or `po.preamble`) with this company's values. */
export function standardText(draft: Draft, key: string): { title: string; text: string } | undefined {
  const facts = policyFacts()
  const values = valuesOf(draft)
  if (key === preambleKey) return { title: '', text: plain(fill(facts.preamble[draft.lang], values)) }
  const article = facts.articles.find((one) => one.key === key)?.[draft.lang]
  if (article === undefined) return undefined
  return { title: plain(fill(article.title, values)), text: plain(fill(article.text, values)) }
}

/** Where a company's own wording of a text is kept. */
export const wordingKey = (lang: PolicyLang, key: string): string => `${lang} ${key}`

function articleOf(draft: Draft, article: PolicyArticle, values: Values): ComposedArticle {
  const own = draft.wording[wordingKey(draft.lang, article.key)]
  if (own !== undefined) return { key: article.key, title: own.title, text: [{ text: own.text }], own: true }
  const { title, text } = article[draft.lang]
  return { key: article.key, title: plain(fill(title, values)), text: fill(text, values), own: false }
}

/** The policy that a draft gives today. */
export function compose(draft: Draft): Composed {
  const facts = policyFacts()
  const values = valuesOf(draft)
  const preamble = draft.wording[wordingKey(draft.lang, preambleKey)]
  return {
    lang: draft.lang,
    title: facts.title[draft.lang],
    preamble:
      preamble === undefined
        ? { pieces: fill(facts.preamble[draft.lang], values), own: false }
        : { pieces: [{ text: preamble.text }], own: true },
    articles: chosenArticles(draft).map((article) => articleOf(draft, article, values)),
    closing: fillLines(facts.closing[draft.lang], values),
  }
}

/** The same as plain texts. */
export function textOf(composed: Composed): PolicyText {
  return {
    title: composed.title,
    preamble: plain(composed.preamble.pieces),
    articles: composed.articles.map((one) => ({ title: one.title, text: plain(one.text) })),
    closing: composed.closing.map(plain),
  }
}

/** Required subjects that no chosen article covers (gate `g.policy_covers`). */
export function missingSubjects(draft: Draft): PolicySubject[] {
  const covered = new Set(chosenArticles(draft).flatMap((article) => article.covers))
  return policyFacts().covers_required.filter((subject) => !covered.has(subject))
}

/** The policy as one plain text: what is shown at the approval, word for word, and what its hash is made of. */
export function wholeText(text: PolicyText): string {
  const articles = text.articles.map((one, at) => `${at + 1}. ${one.title}\n${one.text}`)
  return `${[text.title, text.preamble, ...articles, text.closing.join('\n')].join('\n\n')}\n`
}

/** SHA-256 of the whole text in UTF-8, hex. */
export function hashOf(text: PolicyText): string {
  return createHash('sha256').update(wholeText(text), 'utf8').digest('hex')
}
