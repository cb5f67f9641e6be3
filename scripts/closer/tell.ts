import type { RunResult, Skip } from './result-reporter.ts'
import type { Checked } from './run-checks.ts'

/** One line for a check, and under it what it found. */
export function checkLines({ name, seconds, note, problems }: Checked): string[] {
  const shown = problems.slice(0, most).map((problem) => `       ${problem}`)
  if (problems.length > most) shown.push(`       … and ${problems.length - most} more`)
  const state = problems.length > 0 ? 'FAIL' : 'ok  '
  return [`${state} ${name.padEnd(14)} ${seconds.toFixed(1).padStart(5)} s  ${note}`.trimEnd(), ...shown]
}

/** Enough to act on; a broken import may otherwise bury everything else. */
const most = 60

/** What failed and what was skipped and why, then the line that machines read: `N passed, N failed, N skipped`. */
export function closingLines(checked: readonly Checked[], run: RunResult): string[] {
  const failedChecks = checked
    .filter((check) => check.problems.length > 0)
    .map((check) => `check: ${check.name}`)
  const failed = [...failedChecks, ...run.broken, ...run.failed]
  const passed = checked.length - failedChecks.length + run.passed
  return [
    ...failed.map((title) => `failed   ${title.split('\n')[0]}`),
    ...skipLines(run.skipped),
    `${passed} passed, ${failed.length} failed, ${run.skipped.length} skipped`,
  ]
}

/** Skips of one file for one reason on one line. */
function skipLines(skips: readonly Skip[]): string[] {
  const groups = Map.groupBy(skips, (skip) => `${skip.title.split(': ')[0]}: ${skip.reason}`)
  return [...groups].flatMap(([group, members]) => [
    `skipped  ${group}${members.length > 1 ? ` (${members.length} tests)` : ''}`,
    ...(members.length > 1
      ? []
      : members.map((skip) => `         ${skip.title.split(': ').slice(1).join(': ')}`)),
  ])
}
