import type { statistics as ja } from '../ja/statistics.ts'
import type { Alike } from '../alike.ts'

/** The public counts of the register. */
export const statistics: Alike<typeof ja> = {
  title: 'Counts of the register',
  lead: (name: string) => `Self-declarations that are valid now in “${name}”.`,
  total: (n: string) => `${n} in all`,
  level: { all: 'All', SA1: '★ One star', SA2: '★★ Two stars' },
  levelHead: 'Level',
  levelFilter: 'By level',
  show: 'Show',
  asOf: 'Counted',
  notSuppressed: 'Every entry is public anyway, so small counts are shown as they are.',
  notRank: 'A large count does not mean better protection: there are more where there are more companies.',
  prefectureHead: 'Prefecture',
  prefectureSay: (name: string, n: string) => `Most are in ${name}: ${n}.`,
  mapTitle: 'Entries by prefecture',
  mapDesc: (top: string, none: number) =>
    `The 47 prefectures as tiles of one size at about their places. The more entries, the darker. Most: ${top}.${none === 0 ? '' : ` Prefectures without entries: ${none}.`} The same counts stand in the table below.`,
  legend: 'Shades',
  none: '0',
  range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  industryHead: 'Industry',
  industrySay: (name: string, n: string) => `Most are in ${name}: ${n}.`,
  noIndustry: 'No industry named',
  monthHead: 'Month of declaration (last 24 months)',
  monthSay: (now: string, before: string) => `Declarations last month: ${now}. The month before: ${before}.`,
  monthTitle: 'Entries by month of declaration',
  monthDesc: (most: string, n: string) => `Bars for 24 months. The most were declared in ${most}: ${n}.`,
  monthNote:
    'Entries valid now, by the month in which they were declared. Ended ones are not counted. This month is not complete.',
  earlier: 'Before that',
  table: 'The counts as a table',
  name: { prefecture: 'Prefecture', industry: 'Industry', month: 'Month' },
  count: 'Entries',
  month: (year: number, month: number) => `${year}-${String(month).padStart(2, '0')}`,
  shortMonth: (year: number, month: number) => (month === 1 ? String(year) : String(month)),
  empty: 'No entries yet.',
  data: 'Get the counts as CSV',
  licence: (licence: string, date: string) => `These counts may be used under “${licence}” (as of ${date}).`,
  search: 'Search the register',
}
