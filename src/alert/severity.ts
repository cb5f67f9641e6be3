import { moreUrgent, type Severity } from '../base/severity.ts'
import { type NoticeKind, noticeKinds } from './notice-types.ts'

/** What the urgency of an alert is worked out from. */
export type Grounds = {
  readonly detection: string
  /** The kind of what really holds it; undefined = nothing does. */
  readonly held: string | undefined
  /** The class of the machine; undefined = unknown. */
  readonly deviceClass: string | undefined
  /** The rule's own level. */
  readonly level: string
}

export type Judged = {
  readonly severity: Severity
  /** A code for `severityWords`, kept with the alert. */
  readonly reason: string
  readonly noticeType: string
}

/** Where losing one machine stops the firm, one step more. What a scanner of the whole internet does is not among them. */
const worseOnServers = new Set([
  'ep.script.suspicious',
  'ep.av.quarantined',
  'ep.usb.malware',
  'gw.av.blocked',
  'mail.av.removed',
])
const servers = new Set(['server', 'nas'])

const byLevel: Readonly<Record<string, Severity>> = {
  critical: 'now',
  high: 'today',
  medium: 'today',
  low: 'week',
  informational: 'info',
}

/** The urgency of the text that fits: texts for just this detection win over the type's own. */
function severityOfTexts(kind: NoticeKind, { detection, held }: Grounds): Severity {
  const own = { when: kind.containment, for: undefined, severity: kind.severity }
  const all = [own, ...kind.variants]
  const special = all.filter((each) => each.for?.includes(detection))
  const general = all.filter((each) => each.for === undefined)
  const state = held ?? 'not-contained'
  for (const pool of [special, general]) {
    const found =
      pool.find((each) => each.when === state) ??
      pool.find((each) => each.when === undefined) ??
      pool.find((each) => each.when === 'not-contained')
    if (found) return found.severity ?? kind.severity
  }
  return kind.severity
}

/**
 * How urgent it is: the default of the notice type, of the text that fits what is held, one step more on a server, and
 * nothing at all to do where the rule only informs.
 */
export function judge(grounds: Grounds, kinds: readonly NoticeKind[] = noticeKinds()): Judged {
  const kind = kinds.find((each) => each.detections.includes(grounds.detection))
  if (kind === undefined) {
    const severity = byLevel[grounds.level] ?? 'today'
    return { severity, reason: `level=${grounds.level}`, noticeType: 'none' }
  }
  const reasons = [`type=${kind.id}`]
  if (grounds.held !== undefined) reasons.push(`held=${grounds.held}`)
  let severity = severityOfTexts(kind, grounds)
  const raised = grounds.held === undefined && worseOnServers.has(grounds.detection)
  if (raised && servers.has(grounds.deviceClass ?? '') && severity !== 'now') {
    severity = moreUrgent(severity, 'now')
    reasons.push(`class=${grounds.deviceClass}`)
  }
  if (grounds.level === 'informational') {
    severity = 'info'
    reasons.push('level=informational')
  }
  return { severity, reason: reasons.join(';'), noticeType: kind.id }
}

const words: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  'held=gateway-block': { ja: '入口の機械が止めた記録がある', en: 'the gateway logged that it stopped it' },
  'held=quarantined': { ja: '隔離した記録がある', en: 'the device logged that it quarantined it' },
  'held=device-isolated': { ja: '機械を切り離した記録がある', en: 'the device was isolated' },
  'held=entry-closed': { ja: '入口を閉めた記録がある', en: 'the way in was closed' },
  'class=server': { ja: 'サーバーなので一段上げた', en: 'raised because it is a server' },
  'class=nas': { ja: '共有の保存場所なので一段上げた', en: 'raised because it is the shared storage' },
  'level=informational': { ja: '知らせるだけの規則', en: 'the rule only informs' },
}

/** The reason of an alert's urgency as a sentence, for the analyst. */
export function severityWords(reason: string): { readonly ja: string; readonly en: string } {
  const parts = reason.split(';').map((part) => {
    const [name, value = ''] = part.split('=')
    if (name === 'type')
      return { ja: `お知らせの型 ${value} の決まり`, en: `default of notice type ${value}` }
    return words[part] ?? { ja: `規則の強さ ${value}`, en: `level of the rule: ${value}` }
  })
  const held = reason.includes('held=')
  const all = held ? parts : [...parts, { ja: '止めた記録はない', en: 'nothing shows that it is held' }]
  return { ja: all.map((each) => each.ja).join('、'), en: all.map((each) => each.en).join('; ') }
}
