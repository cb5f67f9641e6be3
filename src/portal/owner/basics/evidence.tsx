import type { VNode } from 'preact'
import { day } from '../../../base/time.ts'
import { evidenceFacts } from '../../../catalogue/index.ts'
import { type Counts, sayEvidence } from '../../../evidence/index.ts'
import { type Lang, Time } from '../../../http/index.ts'
import { basicsWords } from './say.ts'

/** What the watch knows: one sentence a signal, the names, and when. */
export function EvidenceLines(props: { lang: Lang; now: number; counts: readonly Counts[] }): VNode {
  const say = basicsWords(props.lang).item
  if (props.counts.length === 0) return <p>{say.noRecord}</p>
  return (
    <>
      {props.counts.map((counts) => (
        <div key={counts.signal} class="mm-stack" data-gap="1">
          <p>{isStale(counts, props.now) ? say.stale : sayEvidence(props.lang, counts)}</p>
          {counts.items.filter(Boolean).length > 0 && (
            <p>
              {say.named}
              {props.lang === 'ja' ? '：' : ': '}
              <b>{counts.items.filter(Boolean).join(props.lang === 'ja' ? '、' : ', ')}</b>
            </p>
          )}
          {counts.unknown > 0 && <p>{say.notKnown(counts.unknown)}</p>}
          <p class="mm-note">
            <Time at={counts.asOf} form="plain" />
            {say.asOf}
          </p>
        </div>
      ))}
    </>
  )
}

function isStale(counts: Counts, now: number): boolean {
  const { rule, signals } = evidenceFacts()
  const kind = signals.get(counts.signal)?.kind ?? 'monitor'
  return now - counts.asOf > rule.max_age_days[kind] * day
}
