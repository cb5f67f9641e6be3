import type { VNode } from 'preact'
import { type Scoring, selfCheckFacts } from '../../../catalogue/index.ts'
import { type Lang, Record, Section } from '../../../http/index.ts'
import { type ResultView, sayAnswer } from '../../../self-check/index.ts'
import { checkWords } from './words.ts'

type Part = Scoring['parts'][number]

/** The best a part could reach with the scores the check was counted with. */
function mostOf(view: ResultView, part: Part): number {
  const best = Math.max(...Object.values(view.result.scores))
  return best * view.result.lines.filter((line) => line.part === part.id).length
}

const share = (points: number, most: number): number =>
  most === 0 ? 0 : Math.max(0, Math.round((points / most) * 1000) / 10)

/** Bars by part, last time's beside; said in a sentence first (no radar). */
export function Parts(props: { lang: Lang; view: ResultView }): VNode {
  const { lang, view } = props
  const say = checkWords(lang).result
  const { result: it, last } = view
  const { parts } = selfCheckFacts().scoring
  const strongest = parts.toSorted(
    (a, b) => share(it.parts[b.id], mostOf(view, b)) - share(it.parts[a.id], mostOf(view, a)),
  )[0]
  const up = last !== undefined && parts.every((part) => it.parts[part.id] > last.parts[part.id])
  return (
    <Section id="parts" head={say.parts}>
      <p class="mm-bars__say">
        {up && say.partsUp}
        {strongest !== undefined && say.partsSay(strongest[lang])}
      </p>
      <ul class="mm-stack" data-gap="5">
        {parts.map((part) => (
          <Bar key={part.id} lang={lang} view={view} part={part} />
        ))}
      </ul>
      <p class="mm-note mm-notice__foot">
        {last !== undefined && say.legend}
        {it.unknown > 0 && say.unknown(it.unknown)}
        {it.notApplicable > 0 && say.notApplicable(it.notApplicable, it.scores.not_applicable)}
        {it.contradicted > 0 && say.contradicted(it.contradicted)}
      </p>
    </Section>
  )
}

function Bar(props: { lang: Lang; view: ResultView; part: Part }): VNode {
  const { lang, view, part } = props
  const say = checkWords(lang).result
  const most = mostOf(view, part)
  const points = view.result.parts[part.id]
  const last = view.last?.parts[part.id]
  return (
    <li class="mm-part">
      <p class="mm-cluster" data-align="between">
        <span>{part[lang]}</span>
        <b>
          {points} / {most}
          {last !== undefined && <span class="mm-note">{say.partLast(last)}</span>}
        </b>
      </p>
      <svg class="mm-bar" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="12" fill="#e6e6e6" />
        <rect width={share(points, most)} height="12" fill="#0017c1" />
        {last !== undefined && <rect y="14" width={share(last, most)} height="5" fill="#949494" />}
      </svg>
    </li>
  )
}

/** The few published shares of all companies asked; never a figure by trade (security-action.md 5.6). */
export function Benchmark(props: { lang: Lang; view: ResultView }): VNode {
  const { lang, view } = props
  const say = checkWords(lang).result
  const { benchmarks, questions } = selfCheckFacts()
  const { sample } = benchmarks
  return (
    <div class="mm-section">
      <Record summary={say.benchmark}>
        <p>{say.benchmarkLead(sample.n.toLocaleString('en-US'), sample.from, sample.to)}</p>
        <ul class="mm-bullets">
          {benchmarks.items.map((one) => {
            const own = view.answers.get(one.key)
            if (one.share === null || own === undefined) return null
            return (
              <li key={one.key}>
                {say.benchmarkLine(questions.get(one.key)?.topic[lang] ?? one.key, one.share.toFixed(1))}
                {lang === 'ja' ? '（' : ' ('}
                {say.benchmarkOwn(sayAnswer(lang, own.answer))}
                {lang === 'ja' ? '）' : ')'}
              </li>
            )
          })}
        </ul>
      </Record>
    </div>
  )
}
