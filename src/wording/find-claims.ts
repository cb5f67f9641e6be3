import { type WordingGrammar, wordingRules } from '../catalogue/index.ts'

export type Span = { readonly from: number; readonly to: number }

type Grammar = {
  readonly subject: RegExp
  readonly claim: RegExp
  readonly maxGap: number
  readonly removeFirst: readonly RegExp[]
  readonly own: RegExp
  readonly link: RegExp
  readonly denialBefore: RegExp | undefined
  readonly denialAfter: RegExp
  readonly noDenial: RegExp
}

const kept = new Map<'ja' | 'en', Grammar>()

function grammarOf(lang: 'ja' | 'en'): Grammar {
  const known = kept.get(lang)
  if (known !== undefined) return known
  const of: WordingGrammar = wordingRules()[lang]
  const made: Grammar = {
    subject: new RegExp(of.subject, 'giu'),
    claim: new RegExp(of.claim, 'giu'),
    maxGap: of.max_gap,
    removeFirst: of.remove_first.map((each) => new RegExp(each, 'giu')),
    own: new RegExp(`^(?:${of.own})$`, 'iu'),
    link: new RegExp(`^(?:${of.link})$`, 'iu'),
    denialBefore: of.denial_before === undefined ? undefined : new RegExp(of.denial_before, 'iu'),
    denialAfter: new RegExp(of.denial_after, 'iu'),
    noDenial: new RegExp(of.no_denial, 'giu'),
  }
  kept.set(lang, made)
  return made
}

/** Stands where something was covered: joins nothing, is no letter. */
const cover = '\u0001'
const covered = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) => cover.repeat(found.length))

const spansOf = (text: string, pattern: RegExp): Span[] =>
  Array.from(text.matchAll(pattern), (found) => ({ from: found.index, to: found.index + found[0].length }))

/** What is looked at around a claim to see whether it is taken back. */
const around = 40

/** The places of one sentence that claim, subject and claim together. */
export function findClaims(sentence: string, lang: 'ja' | 'en'): Span[] {
  const grammar = grammarOf(lang)
  const text = grammar.removeFirst.reduce(covered, sentence)
  const subjects = spansOf(text, grammar.subject)
  if (subjects.length === 0) return []
  const found: Span[] = []
  let passed = 0
  for (const claim of spansOf(text, grammar.claim)) {
    // Claims come in order, so the subjects are walked once.
    while (passed < subjects.length && (subjects[passed]?.to ?? 0) <= claim.from) passed += 1
    const before = subjects[passed - 1]
    const after = subjects[passed]
    if (isDenied(text, claim, grammar)) continue
    if (before !== undefined && saidOf(text.slice(before.to, claim.from), grammar, lang))
      found.push({ from: beginning(text, subjects, passed - 1), to: claim.to })
    else if (after !== undefined && announces(text, { claim, after, lang }, grammar))
      found.push({ from: claim.from, to: after.to })
  }
  return found
}

function isDenied(text: string, claim: Span, grammar: Grammar): boolean {
  const tail = covered(text.slice(claim.to, claim.to + around), grammar.noDenial)
  const head = covered(text.slice(Math.max(0, claim.from - around), claim.from), grammar.noDenial)
  return grammar.denialAfter.test(tail.slice(0, 24)) || (grammar.denialBefore?.test(head) ?? false)
}

/** Whether a claim after this gap is said of the subject before it and not of another thing in between. */
function saidOf(gap: string, grammar: Grammar, lang: 'ja' | 'en'): boolean {
  if (gap.length > grammar.maxGap || gap.includes(cover)) return false
  if (lang === 'en') return grammar.own.test(lastClause(gap))
  const object = lastObject(gap)
  const noun = nounBefore(gap)
  return [object, noun].every((word) => word === '' || grammar.own.test(word))
}

/** Whether a claim before a subject is said of it: nothing but links between, and no other thing right before the claim. */
function announces(
  text: string,
  at: { readonly claim: Span; readonly after: Span; readonly lang: 'ja' | 'en' },
  grammar: Grammar,
): boolean {
  const gap = text.slice(at.claim.to, at.after.from)
  if (gap.length > grammar.maxGap || !grammar.link.test(gap)) return false
  const head = text.slice(Math.max(0, at.claim.from - around), at.claim.from)
  const noun = at.lang === 'en' ? doerBefore(head) : nounBefore(head)
  return noun === '' || grammar.own.test(noun)
}

const nouns = String.raw`[\p{Script=Han}\p{Script=Katakana}ーA-Za-z0-9★&+.\-/]`
const closing = /[\s、,:()「」『』【】[\]"“”]+$/u
const particle = /(?:による|において|として|から|より|を|の|が|は|に|で|も|と|へ)$/u
/** Latin words and numbers make one noun over their spaces: ISO 27001. */
const nounAtEnd = new RegExp(`(?:${nouns}|(?<=[A-Za-z0-9]) ){1,40}$`, 'u')
const nounsWithO = new RegExp(`(${nouns}{0,40})[)」』]?を`, 'gu')

/** The noun that stands right before the end, particles and brackets passed over; empty when it is none. */
function nounBefore(text: string): string {
  const bare = text
    .replace(/\([^()]*\)/g, '')
    .replace(closing, '')
    .replace(particle, '')
    .replace(closing, '')
  return (nounAtEnd.exec(bare)?.[0] ?? '').replaceAll(' ', '')
}

/** "our plan was approved …": what it is said of in English. Names are taken for the company's own. */
function doerBefore(head: string): string {
  const doer = new RegExp(
    `(?:^|\\s)([a-z${cover}][\\w-]*) (?:is|are|was|were|(?:has|have|had) been|been) $`,
    'u',
  )
  return doer.exec(head)?.[1] ?? ''
}

/** The last thing marked by を. */
function lastObject(gap: string): string {
  return Array.from(gap.matchAll(nounsWithO)).at(-1)?.[1] ?? ''
}

/** Of English what follows the last comma or conjunction. */
function lastClause(gap: string): string {
  return gap.split(/[,;]|\b(?:and|or|but)\b/).at(-1) ?? ''
}

/** Subjects that stand together ("SECURITY ACTION 二つ星（★★）") are marked together. */
function beginning(text: string, subjects: readonly Span[], last: number): number {
  let index = last
  for (;;) {
    const here = subjects[index]
    const previous = subjects[index - 1]
    if (here === undefined) return 0
    if (previous === undefined || !/^[\s(「の・-]{0,3}$/u.test(text.slice(previous.to, here.from)))
      return here.from
    index -= 1
  }
}
