import { day, type Instant } from '../base/time.ts'
import type { Severity } from '../base/severity.ts'
import { declarationFacts, type ReminderId } from '../catalogue/index.ts'
import type { Declaration, Told } from './declaration.ts'
import { currentPledgeEdition } from './edition.ts'
import { type Standing, toldOf } from './facts.ts'
import { startOf } from './goal.ts'

/** The yearly look begins a month before our year is over, a year after for the policy, two months before for gBizID. */
const checkOldAfter = 335 * day
const policyOldAfter = 365 * day
const gbizidWithin = 60 * day
const downDays = 3

/** Something that a company should mend; it never changes the state of the declaration. */
export type Reminder = {
  readonly id: ReminderId
  readonly severity: Severity
  /** What it is about: another thing is another reminder, with a mail of its own. */
  readonly about: string
  readonly since: Instant
  /** Keys that the words name: goals, fields. */
  readonly values: readonly string[]
}

/** A look at a page of a company whose declaration ended: is a mark still shown there? */
export type MarkLook = { readonly declaration: string; readonly shown: boolean; readonly at: Instant }

type Found = Omit<Reminder, 'id' | 'severity'>

/** The reminders that stand now, in the order of the catalogue. */
export function judgeReminders(
  it: Standing & { readonly markLooks: readonly MarkLook[] },
  now: Instant,
): readonly Reminder[] {
  const official = it.declarations.find((one) => one.state === 'declared' && one.registry === 'ipa')
  const held = official ?? it.declarations.find((one) => one.state === 'declared')
  const found: Record<ReminderId, Found | undefined> = {
    'a.legacy_id': legacy(it, official, now),
    'a.edition_changed': held && edition(held),
    'a.details_changed': official && details(it, official, now),
    'a.policy_down': down(it),
    'a.policy_old': olderThan(
      it.policy?.reviewedAt,
      { limit: policyOldAfter, about: it.policy?.version },
      now,
    ),
    'a.check_old': olderThan(it.check?.finishedAt, { limit: checkOldAfter, about: it.check?.id }, now),
    'a.logo_after_stop': stillShown(it),
    'a.wording': wording(it, now),
    'a.gbizid_expiry': expiring(it, now),
  }
  return declarationFacts().reminders.flatMap(({ id, severity }) => {
    const one = found[id]
    return one === undefined ? [] : [{ id, severity, ...one }]
  })
}

/** A number of the former system, and a goal that takes only those of the new one from a day that has come. */
function legacy(it: Standing, held: Declaration | undefined, now: Instant): Found | undefined {
  const { declared } = held ?? {}
  const goals = it.goals.filter((goal) => goal.needs_2026_system_after !== undefined)
  if (declared?.system !== 'legacy' || goals.length === 0) return undefined
  const since = Math.min(...goals.map((goal) => startOf(goal.needs_2026_system_after ?? '')))
  return {
    about: `${declared.officialId ?? ''} ${goals.map((goal) => goal.id).join(' ')}`,
    since: Math.min(now, Math.max(since, startOf(declared.declaredOn ?? ''))),
    values: goals.map((goal) => goal.id),
  }
}

function edition(held: Declaration): Found | undefined {
  const newest = currentPledgeEdition()
  const said = held.confirmedEdition ?? held.declared?.pledgeEdition
  if (said === undefined || said >= newest) return undefined
  return { about: `${held.id} ${newest}`, since: held.began, values: [newest] }
}

const toldFields = ['name', 'address', 'representative'] as const satisfies readonly (keyof Told)[]

/** What the company changed after it was told to IPA. What was not known then cannot be seen to have changed. */
export function changedFields(it: Standing, held: Declaration): readonly (keyof Told)[] {
  const { told } = held
  if (told === undefined) return []
  const current = toldOf(it)
  return toldFields.filter((field) => told[field] !== '' && current[field] !== told[field])
}

function details(it: Standing, held: Declaration, now: Instant): Found | undefined {
  const fields = changedFields(it, held)
  if (fields.length === 0) return undefined
  return {
    about: `${held.id} ${fields.map((field) => toldOf(it)[field]).join('\n')}`,
    since: Math.min(now, it.detail?.changedAt ?? now),
    values: fields,
  }
}

function down({ publication }: Standing): Found | undefined {
  if (publication === undefined || publication.failedDays < downDays) return undefined
  const last = publication.checkedAt ?? 0
  return {
    about: publication.url,
    since: last - (publication.failedDays - 1) * day,
    values: [publication.url],
  }
}

function olderThan(
  since: Instant | undefined,
  { limit, about }: { readonly limit: number; readonly about: string | undefined },
  now: Instant,
): Found | undefined {
  if (since === undefined || now - since < limit) return undefined
  return { about: about ?? '', since: since + limit, values: [] }
}

/** The newest look at each ended declaration, unless the company declares again. */
function stillShown(it: Standing & { readonly markLooks: readonly MarkLook[] }): Found | undefined {
  if (it.declarations.some((one) => one.state === 'declared')) return undefined
  const look = it.declarations
    .filter((one) => one.state === 'stopped' && one.declared !== undefined)
    .flatMap((one) => it.markLooks.find((each) => each.declaration === one.id) ?? [])
    .find((each) => each.shown)
  return look && { about: look.declaration, since: look.at, values: [] }
}

function wording({ publication }: Standing, now: Instant): Found | undefined {
  if (publication === undefined || publication.wordingHits === 0) return undefined
  return { about: publication.url, since: publication.checkedAt ?? now, values: [publication.url] }
}

function expiring({ gbizid }: Standing, now: Instant): Found | undefined {
  if (gbizid?.expiresOn == null) return undefined
  const from = startOf(gbizid.expiresOn) - gbizidWithin
  return now < from ? undefined : { about: gbizid.expiresOn, since: from, values: [gbizid.expiresOn] }
}
