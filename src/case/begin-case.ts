import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import type { NoticeRecord } from '../notice/index.ts'
import { tell, type Tx } from '../store/index.ts'
import type { Both } from './case.ts'
import { say } from './say.ts'
import { type CaseRecord, findOpenCase, lockAlertForCase, saveCase, saveEntry } from './store.ts'

/** The company's name, for tasks. */
export async function companyName(tx: Tx, company: string): Promise<string> {
  const found = await tx.one<{ name: string }>('select name from organisation where id = $1', [company])
  return found?.name ?? ''
}

/** Ties a notice to its case. */
export async function linkNotice(tx: Tx, opened: CaseRecord, notice: string): Promise<void> {
  await tx.run('update notice set case_id = $2 where id = $1 and case_id is distinct from $2', [
    notice,
    opened.id,
  ])
}

type Beginning = {
  readonly notice: NoticeRecord
  readonly by: null
  readonly severity: Severity
}

/** Opens the case of a notice by the program; an open case of the same alert is given back instead. */
export async function beginCase(tx: Tx, of: Beginning, now: Instant): Promise<CaseRecord> {
  const { notice } = of
  if (notice.alert !== null) {
    await lockAlertForCase(tx, notice.alert)
    const other = await findOpenCase(tx, notice.company, notice.alert)
    if (other) return other
  }
  const opened = await begin(
    tx,
    {
      company: notice.company,
      alert: notice.alert,
      severity: of.severity,
      title: notice.facts.story,
      practice: notice.practice,
      by: null,
    },
    now,
  )
  await linkNotice(tx, opened, notice.id)
  return opened
}

/** Stores a new case with the first entries of its timeline: when it began, what the device held by itself, the opening. */
export async function begin(
  tx: Tx,
  made: {
    readonly company: string
    readonly alert: string | null
    readonly severity: Severity
    readonly title: Both
    readonly practice: boolean
    readonly by: { readonly person: string; readonly name: string } | null
  },
  now: Instant,
): Promise<CaseRecord> {
  const opened = await saveCase(tx, { ...made, by: made.by?.person ?? null }, now)
  const entry = { company: made.company, case: opened.id, by: null }
  const alert =
    made.alert === null
      ? undefined
      : await tx.one<{ firstAt: Instant; held: { kind: string; at: Instant; by: string } | null }>(
          'select first_at as "firstAt", held from alert where id = $1',
          [made.alert],
        )
  if (alert) {
    await saveEntry(tx, {
      ...entry,
      at: alert.firstAt,
      kind: 'alert',
      forOwner: true,
      text: say((words, lang) => words.began(made.title[lang])),
      detail: { alert: made.alert },
    })
    const held = alert.held
    if (held && Number.isFinite(held.at)) {
      await saveEntry(tx, {
        ...entry,
        at: held.at,
        kind: 'act',
        forOwner: true,
        text: say((words) => words.heldByDevice),
        detail: { held: held.kind, byDevice: held.by === 'device' },
      })
    }
  }
  await saveEntry(tx, {
    ...entry,
    at: now,
    by: made.by,
    kind: 'opening',
    forOwner: true,
    text: say((words, lang) => words.opened(made.title[lang])),
  })
  await tell(tx, { kind: 'case.opened', company: made.company, id: opened.id }, now)
  return opened
}
