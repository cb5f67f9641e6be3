import { fault } from '../base/fault.ts'
import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { dueAt } from './calendar.ts'
import { type Lang, typeOf } from './catalogue.ts'
import type { Texts } from './fill.ts'
import { characters, type LintProblem } from './lint.ts'
import { readHouse, storyOfAlert, wordsFor } from './make-notice.ts'
import { type Choice, choicesOf } from './show.ts'
import { findAlertSubject } from './store.ts'

/** What the owner would read, for the analyst who decides. */
export type Preview = {
  readonly type: string
  readonly key: string
  readonly variant: string
  readonly severity: Severity
  readonly severityReason: string
  readonly texts: Readonly<Record<Lang, Texts>>
  readonly choices: readonly Choice[]
  /** Broken rules; empty = the rules are kept. */
  readonly problems: readonly LintProblem[]
  /** Of slots 1 to 4 in Japanese. */
  readonly characters: number
  readonly story: Readonly<Record<Lang, string>>
}

/** Writes the notice of an alert as it would be made now; stores nothing. Faults: NOT_FOUND (also: no text for it). */
export async function previewNotice(tx: Tx, alert: string, now: Instant): Promise<Preview> {
  const subject = await findAlertSubject(tx, alert)
  if (!subject) throw fault('NOT_FOUND')
  const { hours } = await readHouse(tx)
  const readAt = dueAt(subject.severity, now)
  const words = wordsFor({ story: storyOfAlert(subject), severity: subject.severity }, { readAt, hours })
  if (!words) throw fault('NOT_FOUND', { detection: subject.detection })
  const { texts, type, chosen, story } = words.written
  return {
    type: type.id,
    key: type.key,
    variant: chosen.variant,
    severity: subject.severity,
    severityReason: subject.severityReason,
    texts,
    choices: choicesOf(texts, subject.severity, { now: readAt, hours, since: readAt, mayAct: true }),
    problems: words.kept.problems,
    characters: characters(texts.ja),
    story,
  }
}

/** The short headline of a detection for queue and case, e.g. 「経理-02が犯人のコンピューターと通信した件」. */
export function storyOf(detection: string, device?: string): Readonly<Record<Lang, string>> {
  const words = wordsFor(
    {
      story: {
        detection,
        held: null,
        firstAt: 0,
        lastAt: 0,
        device: device === undefined ? null : { nickname: device, person: null },
        facts: {},
      },
      severity: undefined,
    },
    { readAt: 0, hours: { always: true, opens: 0, closes: 0, workdaysOnly: false } },
  )
  return (
    words?.written.story ?? {
      ja: typeOf(detection)?.key ?? detection,
      en: typeOf(detection)?.key ?? detection,
    }
  )
}
