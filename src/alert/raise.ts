import { moreUrgent, urgency } from '../base/severity.ts'
import { hour, type Instant } from '../base/time.ts'
import { type Finding, isInside, type Raised } from '../detect/index.ts'
import { type Device, findDevice, findDeviceByName } from '../device/index.ts'
import { newId, tell, type Tx } from '../store/index.ts'
import type { AlertRow, Held } from './alert.ts'
import { joinFacts } from './facts.ts'
import {
  addEvidence,
  countOfRule,
  countStories,
  findStory,
  insertAlert,
  isPractice,
  knownDetections,
  lockAlert,
  newestStory,
  saveDetection,
  sensorDevice,
  updateAlert,
} from './raise-store.ts'
import { judge } from './severity.ts'

/** What raising findings did to one alert, told once at the end. */
type Told = { raised: boolean; moreUrgent: boolean }

type Work = {
  readonly tx: Tx
  readonly company: string
  readonly now: Instant
  readonly practice: boolean
  /** Count of each finding that was seen before, by key, with its alert. */
  readonly known: Map<string, { readonly alert: string; readonly count: number }>
  readonly devices: Map<string, Device | undefined>
  readonly told: Map<string, Told>
  /** Stories of a family that began within the last hour, as far as somebody had to ask. */
  readonly begun: Map<string, number>
}

/** What an alert says of the machine that a finding is about. */
type Subject = { readonly device: Device | undefined; readonly groupKey: string }

/**
 * Makes stories of what the rules found, for one company in its own scope: new alerts, or more evidence for those that run.
 * A finding raised twice counts once. Tells `alert.raised` or `alert.grew`, once per alert.
 */
export async function raiseFindings(tx: Tx, { company, findings }: Raised, now: Instant): Promise<void> {
  if (findings.length === 0) return
  const keys = findings.map((finding) => finding.key)
  const work: Work = {
    tx,
    company,
    now,
    practice: await isPractice(tx),
    known: await knownDetections(tx, company, keys),
    devices: new Map(),
    told: new Map(),
    begun: new Map(),
  }
  for (const finding of findings.toSorted((a, b) => a.at - b.at)) await raiseOne(finding, work)
  for (const [id, told] of work.told) {
    if (told.raised) await tell(tx, { kind: 'alert.raised', company, id }, now)
    else await tell(tx, { kind: 'alert.grew', company, id, moreUrgent: told.moreUrgent }, now)
  }
}

async function raiseOne(finding: Finding, work: Work): Promise<void> {
  const { tx, company } = work
  const seen = work.known.get(finding.key)
  if (seen !== undefined && seen.count >= finding.count) return
  const named = await subjectOf(finding, work)
  const { story, subject } =
    seen === undefined
      ? await storyOf(finding, named, work)
      : { story: await lockAlert(tx, company, seen.alert), subject: named }
  const alert = story ?? (await begin(finding, subject, work))
  await saveDetection(tx, alert.id, finding)
  await addEvidence(tx, alert.id, finding)
  if (story !== undefined) await grow(story, { finding, subject, before: seen?.count, work })
  work.known.set(finding.key, { alert: alert.id, count: finding.count })
}

/** So many stories of one family may begin within an hour in one company, each of which somebody must read. */
const mostStories = 20

/**
 * The story that a finding goes on with. Names, addresses and times are what a line says of itself: when they make too many
 * stories, machines that nobody named share one, and a named machine has one whatever time its lines claim.
 */
async function storyOf(
  finding: Finding,
  subject: Subject,
  work: Work,
): Promise<{ story: AlertRow | undefined; subject: Subject }> {
  const { tx, company } = work
  const { groupKey } = subject
  const story = await findStory(tx, company, { groupKey, from: finding.at, to: finding.lastAt })
  if (story !== undefined || !(await isCrowded(finding.family, work))) return { story, subject }
  const shared =
    subject.device === undefined ? { device: undefined, groupKey: `${finding.family}|*` } : subject
  return { story: await newestStory(tx, company, shared.groupKey), subject: shared }
}

async function isCrowded(family: string, { tx, company, begun, now }: Work): Promise<boolean> {
  const known = begun.get(family)
  const count = known ?? (await countStories(tx, company, { family, since: now - hour }))
  begun.set(family, count)
  return count >= mostStories
}

async function begin(finding: Finding, subject: Subject, work: Work): Promise<AlertRow> {
  const { severity, reason, noticeType } = judgeFinding(finding, finding.held, subject)
  const alert: AlertRow = {
    id: newId(),
    company: work.company,
    family: finding.family,
    detection: finding.detection,
    noticeType,
    device: subject.device?.id ?? null,
    sensor: finding.sensor,
    severity,
    severityReason: reason,
    held: finding.held ?? null,
    facts: finding.facts,
    count: finding.count,
    firstAt: finding.at,
    lastAt: finding.lastAt,
    arrivedAt: finding.arrivedAt,
    raisedAt: work.now,
    practice: work.practice,
  }
  await insertAlert(work.tx, alert, subject.groupKey)
  work.told.set(alert.id, { raised: true, moreUrgent: false })
  const begun = work.begun.get(finding.family)
  if (begun !== undefined) work.begun.set(finding.family, begun + 1)
  return alert
}

type Growth = {
  readonly finding: Finding
  readonly subject: Subject
  readonly before: number | undefined
  readonly work: Work
}

/** More evidence: the count stays exact, and the most urgent part of a story gives it its name. */
async function grow(alert: AlertRow, { finding, subject, before, work }: Growth): Promise<void> {
  // What is held is only held while everything in the story is.
  const held = alert.held !== null && finding.held !== undefined ? alert.held : null
  const own = judgeFinding(finding, finding.held, subject)
  const leads = urgency(own.severity) < urgency(alert.severity)
  const same = finding.detection === alert.detection
  const kept = leads ? own : keptJudgement(alert, { held, finding, subject })
  const next: AlertRow = {
    ...alert,
    ...(leads ? { detection: finding.detection, facts: finding.facts } : {}),
    ...(same && !leads ? { facts: await joined(alert, { finding, before, work }) } : {}),
    severity: kept.severity,
    severityReason: kept.reason,
    noticeType: kept.noticeType,
    held,
    count: alert.count + finding.count - (before ?? 0),
    firstAt: Math.min(alert.firstAt, finding.at),
    lastAt: Math.max(alert.lastAt, finding.lastAt),
    arrivedAt: Math.min(alert.arrivedAt, finding.arrivedAt),
  }
  await updateAlert(work.tx, next)
  const told = work.told.get(alert.id) ?? { raised: false, moreUrgent: false }
  const worse = urgency(next.severity) < urgency(alert.severity) || (alert.held !== null && held === null)
  work.told.set(alert.id, { ...told, moreUrgent: told.moreUrgent || worse })
}

/** The judgement of a running story: never less urgent than it was, and worse when it is no longer held. */
function keptJudgement(
  alert: AlertRow,
  of: { held: Held | null; finding: Finding; subject: Subject },
): ReturnType<typeof judge> {
  const before = { severity: alert.severity, reason: alert.severityReason, noticeType: alert.noticeType }
  if (alert.held === null || of.held !== null) return before
  const again = judge({
    detection: alert.detection,
    held: undefined,
    deviceClass: of.subject.device?.class,
    level: of.finding.rule.level,
  })
  return moreUrgent(again.severity, alert.severity) === again.severity ? again : before
}

async function joined(
  alert: AlertRow,
  { finding, before, work }: Omit<Growth, 'subject'>,
): Promise<AlertRow['facts']> {
  // An update of a finding that was counted brings no new bytes, only a higher count.
  const { count } = finding.facts
  const more = before === undefined ? finding.facts : count === undefined ? {} : { count }
  const facts = joinFacts(alert.facts, more)
  if (!finding.detection.startsWith('auth.brute.') || facts['count'] === undefined) return facts
  // Tries from several addresses are one attack on one door: together they are the number that the owner reads.
  const tries = await countOfRule(work.tx, alert, finding.rule.id)
  return { ...facts, count: Math.max(tries, Number(facts['count'])) }
}

function judgeFinding(finding: Finding, held: Finding['held'], subject: Subject): ReturnType<typeof judge> {
  return judge({
    detection: finding.detection,
    held: held?.kind,
    deviceClass: subject.device?.class,
    level: finding.rule.level,
  })
}

/** The machine by its names or addresses; a line about an unknown inside address is never said to be the gateway's. */
async function subjectOf(finding: Finding, work: Work): Promise<Subject> {
  const device = await deviceOf(finding, work)
  const who = device?.id ?? finding.names[0]?.toLowerCase() ?? finding.sensor
  return { device, groupKey: `${finding.family}|${who}` }
}

async function deviceOf(finding: Finding, work: Work): Promise<Device | undefined> {
  const { tx, company, devices } = work
  const inside = finding.names.filter(isInside)
  const names = inside.length > 0 ? inside : finding.names
  for (const name of names) {
    if (!devices.has(name)) devices.set(name, await findDeviceByName(tx, company, [name]))
    const device = devices.get(name)
    if (device !== undefined) return device
  }
  if (inside.length > 0) return undefined
  const own = await sensorDevice(tx, finding.sensor)
  return own === null ? undefined : findDevice(tx, own)
}
