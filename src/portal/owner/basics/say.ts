import { jst } from '../../../base/time.ts'
import type { Device } from '../../../device/index.ts'
import { type Lang, sayCount } from '../../../http/index.ts'
import { basics as en } from '../../../../words/en/basics.ts'
import { basicsSteps as stepsEn } from '../../../../words/en/basics-steps.ts'
import { basics as ja } from '../../../../words/ja/basics.ts'
import { basicsSteps as stepsJa } from '../../../../words/ja/basics-steps.ts'

const words = { ja, en }
const steps = { ja: stepsJa, en: stepsEn }

export function basicsWords(lang: Lang): typeof ja {
  return words[lang]
}

/** What everybody does for an item; empty where it is done device by device only. */
export function commonSteps(lang: Lang, item: string): readonly string[] {
  return steps[lang][item]?.['all'] ?? []
}

/** What is done at a class of device; a laptop is done as a computer where it has no steps of its own. */
export function stepsFor(lang: Lang, item: string, kind: Device['class']): readonly string[] {
  const own = steps[lang][item]
  return own?.[kind] ?? (kind === 'laptop' ? (own?.['pc'] ?? []) : [])
}

/** `2時間10分`. */
export function sayMinutes(lang: Lang, minutes: number): string {
  const say = words[lang].toDos
  return minutes < 60 ? say.minutes(minutes) : say.hours(Math.floor(minutes / 60), minutes % 60)
}

/** An estimate in one line. */
export function sayCost(lang: Lang, of: { readonly minutes: number; readonly yen: number }): string {
  return words[lang].short(of.minutes, sayCount(of.yen))
}

/** A date without a clock (`YYYY-MM-DD`) as it is read. */
export function sayDay(lang: Lang, on: string): string {
  const p = jst(Date.parse(`${on}T00:00:00+09:00`))
  return lang === 'ja' ? `${p.year}年${p.month}月${p.day}日` : on
}
