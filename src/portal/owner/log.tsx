import type { VNode } from 'preact'
import type { EntryView } from '../../case/index.ts'
import { type Lang, Time } from '../../http/index.ts'
import { ownerWords } from './say.ts'

/** What happened, newest first: when, what, who. */
export function CaseLog(props: { lang: Lang; entries: readonly EntryView[] }): VNode {
  const say = ownerWords(props.lang)
  return (
    <ol class="mm-log" reversed>
      {props.entries.map((entry) => (
        <li class="mm-log__item" key={entry.id}>
          <span class="mm-log__time">
            <Time at={entry.at} form="plain" />
          </span>
          <span class="mm-log__text">{entry.text[props.lang]}</span>
          <span class="mm-log__who">{entry.by ?? say.incident.program}</span>
        </li>
      ))}
    </ol>
  )
}
