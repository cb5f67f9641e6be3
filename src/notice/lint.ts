import {
  type AuthoredTexts,
  type Lang,
  type NoticeCatalogue,
  noticeCatalogue,
  type Sentence,
} from './catalogue.ts'
import type { Chosen, Texts } from './fill.ts'

/** One broken rule of the texts. */
export type LintProblem = {
  readonly rule: string
  readonly lang: Lang
  readonly where: string
  readonly text: string
}

type Where = { readonly lang: Lang; readonly where: string }
const problem = (rule: string, at: Where, text: string): LintProblem => ({
  rule,
  lang: at.lang,
  where: at.where,
  text,
})

const size = (text: string): number => [...text].length
const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length

/** Slots 1 to 4 (the severity word is fixed): what the limits count. */
export function slots(texts: Pick<Texts, 'title' | 'what' | 'todo' | 'doNot'>): string[] {
  return [texts.title, ...texts.what, ...texts.todo, ...texts.doNot]
}

/** Characters of a notice's slots in Japanese. */
export function characters(texts: Texts): number {
  return slots(texts).reduce((sum, text) => sum + size(text), 0)
}

/** Sentences, split at 「。」, which does not count; what stands inside 「」 belongs to its sentence. */
function sentencesJa(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let current = ''
  for (const letter of text) {
    if (letter === '。' && depth === 0) {
      found.push(current)
      current = ''
      continue
    }
    current += letter
    if (letter === '「') depth += 1
    if (letter === '」') depth -= 1
  }
  return current === '' ? found : [...found, current]
}

/** Lengths of finished texts; authored limits with sample values, filled limits with any others (no filled limit in English). */
export function lengthProblems(texts: Texts, at: Where, limits: 'authored' | 'filled'): LintProblem[] {
  const { authored, filled, todoMax, answersMax } = noticeCatalogue().limits
  const found: LintProblem[] = []
  if (at.lang === 'ja') {
    const max = limits === 'authored' ? authored : filled
    if (size(texts.title) > max.titleJa) found.push(problem('title', at, texts.title))
    for (const sentence of slots(texts).flatMap(sentencesJa)) {
      if (size(sentence) > max.sentenceJa) found.push(problem('sentence', at, sentence))
    }
    if (characters(texts) > max.totalJa) found.push(problem('total', at, String(characters(texts))))
  } else if (limits === 'authored') {
    if (size(texts.title) > authored.titleEn) found.push(problem('title', at, texts.title))
    for (const sentence of slots(texts).flatMap((text) => text.split(/(?<=[.!?])\s+/))) {
      if (wordsIn(sentence) > authored.sentenceEnWords) found.push(problem('sentence', at, sentence))
    }
    const total = slots(texts).reduce((sum, text) => sum + wordsIn(text), 0)
    if (total > authored.totalEnWords) found.push(problem('total', at, String(total)))
  }
  if (texts.todo.length > todoMax) found.push(problem('todo-count', at, String(texts.todo.length)))
  if (texts.answers.length > answersMax) found.push(problem('answer-count', at, String(texts.answers.length)))
  return found
}

/** An address, a hash or a placeholder that nobody filled has no place in what an owner reads. */
const strange: readonly [string, RegExp][] = [
  ['address', /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*|:\/\//i],
  ['hash', /\b[0-9a-f]{32,}\b/i],
  ['placeholder', /[{}]/],
]

/** What only finished texts can break. */
export function strangeProblems(texts: Texts, at: Where): LintProblem[] {
  return slots(texts).flatMap((text) =>
    strange.filter(([, pattern]) => pattern.test(text)).map(([rule]) => problem(rule, at, text)),
  )
}

/** What a notice must hold: an act or "nothing to do", a device or account, a time. */
export function contentProblems(
  texts: Texts,
  named: ReadonlySet<string>,
  at: Where & { readonly key: string },
): LintProblem[] {
  const { lint, fields } = noticeCatalogue()
  const found: LintProblem[] = []
  const all = slots(texts).join('')
  if (at.lang === 'ja' && !lint.mustContainOneOf.some((word) => all.includes(word))) {
    found.push(problem('must-contain', at, lint.mustContainOneOf.join(' / ')))
  }
  if (!lint.mustNameExcept.includes(at.key) && !lint.mustNameOneOf.some((name) => named.has(name))) {
    found.push(problem('must-name', at, lint.mustNameOneOf.join(' / ')))
  }
  const times = new Set(['instant', 'date', 'span'])
  if (![...named].some((name) => name !== 'callBy' && times.has(fields[name]?.type ?? ''))) {
    found.push(problem('must-name-time', at, texts.title))
  }
  return found
}

/** A button named in the text must be there under exactly this label. */
export function buttonProblems(texts: Texts, at: Where): LintProblem[] {
  const pattern = at.lang === 'ja' ? /「([^」]+)」を押/g : /press "([^"]+)"/g
  const labels = new Set(texts.answers.map((answer) => answer.label))
  return slots(texts).flatMap((text) =>
    [...text.matchAll(pattern)]
      .flatMap((found) => found[1] ?? [])
      .filter((label) => !labels.has(label))
      .map((label) => problem('button', at, label)),
  )
}

const say = (sentence: Sentence): string[] =>
  typeof sentence === 'string'
    ? [sentence]
    : [sentence.say, ...(sentence.else === undefined ? [] : [sentence.else])]

/** Every authored text, each sentence and its stand-in. */
function authoredLines(authored: AuthoredTexts): { slots: string[]; all: string[] } {
  const inSlots = [...say(authored.title), ...authored.what.flatMap(say), ...authored.todo, ...authored.doNot]
  return {
    slots: inSlots,
    all: [...inSlots, ...authored.answers.flatMap((each) => [each.label, each.reply])],
  }
}

/** Words of authored texts: banned ones, katakana and Latin off the allow-list, too many kanji in a row. Fields count as one sign. */
export function wordProblems(authored: AuthoredTexts, at: Where): LintProblem[] {
  const { lint } = noticeCatalogue()
  const lines = authoredLines(authored).all
  const found = lines.flatMap((text) =>
    lint.banned
      .filter((word) => text.includes(word))
      .map((word) => problem('banned', at, `${word}: ${text}`)),
  )
  if (at.lang === 'en') return found
  const kanji = new RegExp(`\\p{Script=Han}{${lint.kanjiRunMax + 1},}`, 'gu')
  const runs: readonly (readonly [string, RegExp, readonly string[]])[] = [
    ['katakana', /[ァ-ヺー]{3,}/g, lint.katakanaAllowed],
    ['latin', /[A-Za-z]{2,}/g, lint.latinAllowed],
    ['kanji-run', kanji, []],
  ]
  for (const text of lines.map((line) => line.replace(/\{[a-zA-Z]+\}/g, '■'))) {
    for (const [rule, pattern, allowed] of runs) {
      for (const [run] of text.matchAll(pattern)) {
        if (!allowed.includes(run)) found.push(problem(rule, at, `${run}: ${text}`))
      }
    }
  }
  return found
}

/** "We did" stands only in a text for a containment that is really held (rule truth). */
export function claimProblems(authored: AuthoredTexts, when: Chosen['when'], at: Where): LintProblem[] {
  if (when !== undefined && when !== 'not-contained') return []
  const { claims } = noticeCatalogue().lint
  return authoredLines(authored).slots.flatMap((text) =>
    claims
      .filter((claim) => text.toLowerCase().includes(claim))
      .map((claim) => problem('claim', at, `${claim}: ${text}`)),
  )
}

/** Japanese and English have the same slots, the same answers with the same actions, and name the same values. */
export function parityProblems(chosen: Chosen, where: string): LintProblem[] {
  const at: Where = { lang: 'en', where }
  const { ja, en } = chosen
  const shape = (texts: AuthoredTexts): string =>
    [texts.todo.length > 0, texts.doNot.length > 0].concat(texts.what.length > 0).join()
  const answers = (texts: AuthoredTexts): string =>
    texts.answers.map((each) => `${each.id}:${each.action}:${each.reply.includes('{callBy}')}`).join()
  const fields = (texts: AuthoredTexts): string =>
    [...new Set(authoredLines(texts).slots.flatMap((text) => text.match(/\{[a-zA-Z]+\}/g) ?? []))]
      .sort()
      .join()
  const found: LintProblem[] = []
  if (shape(ja) !== shape(en)) found.push(problem('parity-slots', at, `${shape(ja)} / ${shape(en)}`))
  if (answers(ja) !== answers(en))
    found.push(problem('parity-answers', at, `${answers(ja)} / ${answers(en)}`))
  if (fields(ja) !== fields(en)) found.push(problem('parity-fields', at, `${fields(ja)} / ${fields(en)}`))
  return found
}

/** Every field named in a text must be known to the catalogue. */
export function fieldProblems(
  authored: AuthoredTexts,
  at: Where,
  catalogue: NoticeCatalogue = noticeCatalogue(),
): LintProblem[] {
  return authoredLines(authored)
    .all.flatMap((text) => [...text.matchAll(/\{([a-zA-Z]+)\}/g)].flatMap((found) => found[1] ?? []))
    .filter((name) => !(name in catalogue.fields))
    .map((name) => problem('unknown-field', at, name))
}

/** All rules that finished texts must keep, as found when a notice is written or shown to the analyst. */
export function lintFilled(
  texts: Readonly<Record<Lang, Texts>>,
  named: Readonly<Record<Lang, ReadonlySet<string>>>,
  key: string,
): LintProblem[] {
  return (['ja', 'en'] as const).flatMap((lang) => {
    const at = { lang, where: key, key }
    return [
      ...lengthProblems(texts[lang], at, 'filled'),
      ...strangeProblems(texts[lang], at),
      ...contentProblems(texts[lang], named[lang], at),
      ...buttonProblems(texts[lang], at),
    ]
  })
}
