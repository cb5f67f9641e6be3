import { fromJst } from '../base/time.ts'
import { type GoalFact, goalFacts } from '../catalogue/index.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { type By, owned } from './by.ts'

/** Our own estimate of how long the way to two stars takes beside daily work; no rule of anybody's. */
export const daysToTwoStars = 10

/** A round of a subsidy, seen from today; days are YYYY-MM-DD in Japan. */
export type Round = {
  readonly deadline: string
  readonly past: boolean
  /** Apply for a gBizID by post until then: it takes up to a month. */
  readonly postBy: string
  /** Begin with two stars until then, by our own estimate; absent where one star is enough. */
  readonly beginBy: string | undefined
}

/** The rounds of a goal, earliest first; one whose deadline is today is still open. */
export function roundsOf(goal: GoalFact, today: string): readonly Round[] {
  return [...(goal.deadlines ?? [])].sort().map((deadline) => ({
    deadline,
    past: deadline < today,
    postBy: monthBefore(deadline),
    beginBy: goal.level === 'SA2' ? daysBefore(deadline, daysToTwoStars) : undefined,
  }))
}

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
const partsOf = (date: string): [number, number, number] => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return [year, month, day]
}

/** `n` days before a date. */
export function daysBefore(date: string, n: number): string {
  const [year, month, day] = partsOf(date)
  return iso(year, month, day - n)
}

/** The same day of the month before, or that month's last day. */
export function monthBefore(date: string): string {
  const [year, month, day] = partsOf(date)
  const last = new Date(Date.UTC(year, month - 1, 0)).getUTCDate()
  return iso(year, month - 1, Math.min(day, last))
}

/** The first instant of a date in Japan. */
export function startOf(date: string): number {
  const [year, month, day] = partsOf(date)
  return fromJst({ year, month, day })
}

/** The goals that a company chose and has not given up. */
export async function chosenGoals(tx: Tx, company: string): Promise<readonly GoalFact[]> {
  const rows = await tx.rows<{ goal: string }>(
    'select goal from company_goal where company_id = $1 and ended_at is null order by chosen_at',
    [company],
  )
  return rows.flatMap(({ goal }) => goalFacts().find((one) => one.id === goal) ?? [])
}

/** Keeps which goals a company has, as a whole. Unknown keys are left out. */
export async function keepGoals(tx: Tx, by: By, goals: readonly string[]): Promise<void> {
  const company = owned(by)
  const wanted = goalFacts()
    .map((goal) => goal.id)
    .filter((id) => goals.includes(id))
  await tx.run(
    `update company_goal set ended_at = $3::timestamptz, ended_by = $4
     where company_id = $1 and ended_at is null and goal <> all ($2::text[])`,
    [company, wanted, moment(by.now), by.actor.person],
  )
  for (const goal of wanted) {
    await tx.run(
      `insert into company_goal (id, company_id, goal, chosen_at, chosen_by) values ($1, $2, $3, $4::timestamptz, $5)
       on conflict (company_id, goal) where ended_at is null do nothing`,
      [newId(), company, goal, moment(by.now), by.actor.person],
    )
  }
}
