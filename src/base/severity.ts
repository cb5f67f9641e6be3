/** What the owner must do, most urgent first; ids of catalogue/notices.yaml (P1 to P4). */
export const severities = ['now', 'today', 'week', 'info'] as const
export type Severity = (typeof severities)[number]

/** Smaller is more urgent. */
export function urgency(severity: Severity): number {
  return severities.indexOf(severity)
}

/** The more urgent of two. */
export function moreUrgent(a: Severity, b: Severity): Severity {
  return urgency(a) <= urgency(b) ? a : b
}
