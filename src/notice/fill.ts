import type { Severity } from '../base/severity.ts'
import {
  type ActionId,
  type AuthoredTexts,
  type Containment,
  containments,
  type Lang,
  languages,
  type NoticeCatalogue,
  type NoticeType,
  noticeCatalogue,
  type Sentence,
} from './catalogue.ts'
import { fieldValue, type Held, type Saying, type Story } from './field.ts'

/** Finished texts in one language; replies keep {callBy} and {elapsed}, which are known when somebody presses. */
export type Texts = {
  readonly title: string
  readonly what: readonly string[]
  readonly todo: readonly string[]
  readonly doNot: readonly string[]
  readonly answers: readonly {
    readonly id: string
    readonly label: string
    readonly reply: string
    readonly action: ActionId
  }[]
}

/** The texts that fit what is really held. */
export type Chosen = {
  readonly variant: string
  readonly when: Containment | 'not-contained' | undefined
  readonly severity: Severity
  readonly story: Readonly<Record<Lang, string>>
  readonly ja: AuthoredTexts
  readonly en: AuthoredTexts
}

/** The containment that a recorded act stands for; without its time nothing counts as held (rule truth). */
export function containmentOf(held: Held | null): Containment | 'not-contained' {
  if (!held || !Number.isFinite(held.at)) return 'not-contained'
  return containments.find((known) => known === held.kind) ?? 'not-contained'
}

/** Every text of a type, the type's own first. */
export function textsOf(type: NoticeType): (Chosen & { readonly for: readonly string[] | undefined })[] {
  const own = {
    variant: 'base',
    when: type.containment,
    severity: type.severity,
    story: type.story,
    ja: type.ja,
    en: type.en,
    for: undefined,
  }
  return [
    own,
    ...type.variants.map((each) => ({
      variant: each.for ? `${each.for.join(' ')}${each.when ? ` ${each.when}` : ''}` : (each.when ?? 'other'),
      when: each.when,
      severity: each.severity ?? type.severity,
      story: each.story ?? type.story,
      ja: each.ja,
      en: each.en,
      for: each.for,
    })),
  ]
}

/**
 * The text for a detection and what is held: texts written for just this detection win; a containment that no text was
 * written for counts as nothing held.
 */
export function chooseTexts(type: NoticeType, detection: string, held: Held | null): Chosen {
  const all = textsOf(type)
  const special = all.filter((each) => each.for?.includes(detection))
  const general = all.filter((each) => each.for === undefined)
  const state = containmentOf(held)
  for (const pool of [special, general]) {
    const found =
      pool.find((each) => each.when === state) ??
      pool.find((each) => each.when === undefined) ??
      pool.find((each) => each.when === 'not-contained')
    if (found) return found
  }
  // Reached only by a type all of whose texts claim a containment; the lint refuses such a catalogue.
  return { ...(all[0] ?? own(type)), variant: 'base' }
}

function own(type: NoticeType): Chosen {
  return {
    variant: 'base',
    when: type.containment,
    severity: type.severity,
    story: type.story,
    ja: type.ja,
    en: type.en,
  }
}

const later = new Set(['callBy', 'elapsed'])
const fieldNames = (text: string): string[] =>
  [...text.matchAll(/\{([a-zA-Z]+)\}/g)].flatMap((found) => found[1] ?? [])

/** Values of one language: `given` are real, `words` stand in for a missing value. */
export type Values = (name: string) => {
  readonly given: string | undefined
  readonly words: string | undefined
}

/** Values out of a story. */
export function valuesOf(
  story: Story,
  saying: Saying,
  catalogue: NoticeCatalogue = noticeCatalogue(),
): Values {
  return (name) => {
    const rule = catalogue.fields[name]
    const words = (saying.lang === 'ja' ? rule?.missing : rule?.missingEn) ?? undefined
    return { given: fieldValue(name, { story, saying, catalogue }), words }
  }
}

/** Puts values into one text; a person without a name loses the 「さん」 that would follow it. */
function put(text: string, values: Values, keep: ReadonlySet<string>): string {
  const filled = text.replace(
    /\{([a-zA-Z]+)\}(さん)?/g,
    (whole: string, name: string, honorific: unknown) => {
      if (keep.has(name)) return whole
      const { given, words = '' } = values(name)
      if (given !== undefined) return typeof honorific === 'string' ? given + honorific : given
      return words
    },
  )
  // Words for a missing value may begin the sentence; a name keeps its own spelling.
  const first = /^\{([a-zA-Z]+)\}/.exec(text)?.[1]
  const byWords = first !== undefined && !keep.has(first) && values(first).given === undefined
  return byWords ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled
}

const none: ReadonlySet<string> = new Set()

function fits(text: string, values: Values, known: boolean): boolean {
  return fieldNames(text).every((name) => {
    const { given, words } = values(name)
    return given !== undefined || (!known && words !== undefined)
  })
}

/** The template of a sentence that can be said with these values, or undefined when it is left out. */
function sayable(sentence: Sentence, values: Values): string | undefined {
  if (typeof sentence === 'string') return fits(sentence, values, false) ? sentence : undefined
  return fits(sentence.say, values, sentence.known === true) ? sentence.say : sentence.else
}

/** Texts with values, and which fields they name. */
export type Filled = { readonly texts: Texts; readonly named: ReadonlySet<string> }

/** Fills authored texts of one language. */
export function fillTexts(authored: AuthoredTexts, values: Values, question: string): Filled {
  const what = authored.what.flatMap((each) => sayable(each, values) ?? [])
  const title = sayable(authored.title, values) ?? ''
  const templates = [title, ...what, ...authored.todo, ...authored.doNot]
  const named = new Set(templates.flatMap(fieldNames))
  const searching = named.has('device') && values('device').given === undefined && what.length < 4
  const texts: Texts = {
    title: put(title, values, none),
    what: [...what.map((each) => put(each, values, none)), ...(searching ? [question] : [])],
    todo: authored.todo.map((each) => put(each, values, none)),
    doNot: authored.doNot.map((each) => put(each, values, none)),
    answers: authored.answers.map((answer) => ({
      id: answer.id,
      action: answer.action,
      label: answer.label,
      reply: put(answer.reply, values, later),
    })),
  }
  return { texts, named }
}

/** A notice's words, finished and frozen. */
export type Written = {
  readonly type: NoticeType
  readonly chosen: Chosen
  readonly texts: Readonly<Record<Lang, Texts>>
  readonly named: Readonly<Record<Lang, ReadonlySet<string>>>
  readonly story: Readonly<Record<Lang, string>>
}

/** Writes the notice of a story, in both languages, as it is read at `when.now`. */
export function write(
  type: NoticeType,
  story: Story,
  when: { readonly now: number; readonly callBy: number },
): Written {
  const catalogue = noticeCatalogue()
  const chosen = chooseTexts(type, story.detection, story.held)
  const inLang = (lang: Lang): { filled: Filled; story: string } => {
    const values = valuesOf(story, { ...when, lang }, catalogue)
    return {
      filled: fillTexts(chosen[lang], values, catalogue.question[lang]),
      story: put(chosen.story[lang], values, none),
    }
  }
  const [ja, en] = [inLang(languages[0]), inLang(languages[1])]
  return {
    type,
    chosen,
    texts: { ja: ja.filled.texts, en: en.filled.texts },
    named: { ja: ja.filled.named, en: en.filled.named },
    story: { ja: ja.story, en: en.story },
  }
}

/** A reply as it is said to whoever presses now. */
export function fillReply(
  reply: string,
  said: { readonly callBy: string; readonly elapsed: string },
): string {
  return reply.replaceAll('{callBy}', said.callBy).replaceAll('{elapsed}', said.elapsed)
}
