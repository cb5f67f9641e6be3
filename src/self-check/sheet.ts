import { selfCheck as en } from '../../words/en/self-check.ts'
import { selfCheck as ja } from '../../words/ja/self-check.ts'
import { selfCheckFacts } from '../catalogue/index.ts'
import type { Instant } from '../base/time.ts'
import { makePdf } from '../document/index.ts'
import { sayAnswer, sayToDo } from './say.ts'
import { firstFew, type ToDo } from './to-do.ts'
import type { ResultView } from './view.ts'

const words = { ja, en }
type Lang = 'ja' | 'en'

/** A date in Japan in words, e.g. 2026年11月25日. */
export function dateWords(lang: Lang, at: Instant): string {
  const locale = lang === 'ja' ? 'ja-JP' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Asia/Tokyo' }).format(at)
}

/** What the first step costs, in words; an estimate of ours. */
export function yenWords(lang: Lang, yen: number): string {
  const say = words[lang].result
  return yen === 0 ? say.free : say.yen(yen.toLocaleString('en-US'))
}

function toDoRow(lang: Lang, one: ToDo): string[] {
  const points = one.points > 0 ? `+${one.points}` : ''
  return [sayToDo(lang, one), words[lang].sheet.minutes(one.minutes), yenWords(lang, one.yen), points]
}

function partRows(lang: Lang, { result, last }: ResultView): string[][] {
  const best = Math.max(...Object.values(result.scores))
  return selfCheckFacts().scoring.parts.map((part) => [
    part[lang],
    `${result.parts[part.id]}`,
    `${result.lines.filter((line) => line.part === part.id).length * best}`,
    last ? `${last.parts[part.id]}` : '–',
  ])
}

function answerRows(lang: Lang, { result, last }: ResultView): string[][] {
  const { questions } = selfCheckFacts()
  return result.lines.map((line) => {
    const before = last?.lines.find((one) => one.key === line.key)?.answer
    return [
      `${line.no}`,
      questions.get(line.key)?.[lang].question ?? line.key,
      sayAnswer(lang, line.answer),
      before === undefined ? '–' : sayAnswer(lang, before),
      `${line.score}`,
    ]
  })
}

function notesOf(lang: Lang, { result }: ResultView): string[] {
  const say = words[lang].result
  const counts = [
    result.unknown > 0 ? say.unknown(result.unknown) : '',
    result.notApplicable > 0 ? say.notApplicable(result.notApplicable, result.scores.not_applicable) : '',
  ]
  return [counts.join(''), say.estimate].filter((text) => text !== '')
}

/** The result as a tagged PDF of A4: figures, next acts, all answers. */
export async function resultPdf(
  lang: Lang,
  view: ResultView,
  companyName: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const say = words[lang].sheet
  const { result, last } = view
  const band = selfCheckFacts().scoring.bands.find((one) => one.id === result.band)?.[lang]
  const best = Math.max(...Object.values(result.scores)) * result.lines.length
  const data = {
    title: say.title,
    head: companyName,
    foot: say.foot,
    score: `${result.total}`,
    of: words[lang].result.of(best) + (last ? words[lang].result.last(last.total) : ''),
    band: band?.title ?? result.band,
    advice: band?.advice ?? '',
    facts: [
      { name: say.company, value: companyName },
      { name: say.finished, value: dateWords(lang, result.finishedAt) },
      { name: say.by, value: result.finishedByName },
      { name: say.edition, value: words[lang].edition(result.edition) },
      ...(result.sheets > 1 ? [{ name: say.mean, value: `${result.mean}` }] : []),
    ],
    parts: say.parts,
    partHead: say.partHead,
    partRows: partRows(lang, view),
    next: say.next,
    nextHead: say.nextHead,
    nextRows: view.newest ? view.toDos.slice(0, firstFew).map((one) => toDoRow(lang, one)) : [],
    all: say.all,
    answerHead: say.head,
    answerRows: answerRows(lang, view),
    notes: notesOf(lang, view),
  }
  const template = new URL('./sheet.typ', import.meta.url)
  return makePdf({ template, data, title: `${say.title}｜${companyName}`, lang, standard: 'ua-1' })
}
