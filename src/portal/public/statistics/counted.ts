import { industries, industryName } from '../../../base/industry.ts'
import { prefectureName, prefectures } from '../../../base/prefecture.ts'
import { type Instant, jst } from '../../../base/time.ts'
import type { Lang } from '../../../http/index.ts'
import { countsBy, type Level, type Statistics } from '../../../registry/index.ts'
import { sayStatistics } from './say.ts'

/** One count with what it counts. */
export type Counted = { readonly key: string; readonly name: string; readonly count: number }

/** All 47 prefectures, north to south, also those without entries. */
export function prefecturesCounted(statistics: Statistics, level: Level | undefined, lang: Lang): Counted[] {
  const counts = countsBy(statistics, 'prefecture', level)
  return prefectures.map(([key]) => ({ key, name: prefectureName(key, lang), count: counts.get(key) ?? 0 }))
}

/** The trades that have entries, the largest first; those that named none at the end. */
export function industriesCounted(statistics: Statistics, level: Level | undefined, lang: Lang): Counted[] {
  const counts = countsBy(statistics, 'industry', level)
  const named = industries
    .map(([key]) => ({ key, name: industryName(key, lang), count: counts.get(key) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
  const none = counts.get('') ?? 0
  return none === 0 ? named : [...named, { key: '', name: sayStatistics(lang).noIndustry, count: none }]
}

/** Months that are shown one by one. */
const shownMonths = 24

/** The last 24 months up to this one, the oldest first; and how many were declared before. */
export function monthsCounted(
  statistics: Statistics,
  level: Level | undefined,
  of: { readonly lang: Lang; readonly now: Instant },
): { readonly months: readonly Counted[]; readonly earlier: number } {
  const counts = countsBy(statistics, 'month', level)
  const { year, month } = jst(of.now)
  const months = Array.from({ length: shownMonths }, (_, n) => {
    const at = year * 12 + (month - 1) - (shownMonths - 1 - n)
    const [y, m] = [Math.floor(at / 12), (at % 12) + 1]
    const key = `${y}-${String(m).padStart(2, '0')}`
    return { key, name: sayStatistics(of.lang).month(y, m), count: counts.get(key) ?? 0 }
  })
  const first = months[0]?.key ?? ''
  const earlier = [...counts].reduce((sum, [key, count]) => (key < first ? sum + count : sum), 0)
  return { months, earlier }
}

/** The one with the highest count; of equal ones the first. */
export function most(counted: readonly Counted[]): Counted | undefined {
  return counted.toSorted((a, b) => b.count - a.count)[0]
}
