import { declarationFacts, levelFacts } from '../catalogue/index.ts'
import type { Declaration } from './declaration.ts'

/** `2026-11-20` → 2026年11月20日 / 20 November 2026. */
export function sayDate(date: string, lang: 'ja' | 'en'): string {
  const [year = '', month = '', day = ''] = date.split('-')
  if (lang === 'ja') return `${year}年${Number(month)}月${Number(day)}日`
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/**
 * The sentence about a declaration that a company may show, from the catalogue: what it declared, and that it is no
 * certificate; of one that ended, that it ended. Empty before it was declared.
 */
export function publicText(it: Declaration, company: string, lang: 'ja' | 'en'): string {
  const facts = declarationFacts().public_text
  const level = levelFacts().find((one) => one.id === it.level)
  const values: Readonly<Record<string, string>> = {
    company,
    level_name: level?.[lang].name ?? '',
    official_id: it.declared?.officialId ?? it.declared?.ownNumber ?? '',
    declared_on: sayDate(it.declared?.declaredOn ?? '', lang),
    stopped_on: sayDate(it.endedOn ?? '', lang),
  }
  if (it.state !== 'declared' && it.endedOn === undefined) return ''
  const template = it.state === 'declared' ? facts[lang] : facts[lang === 'ja' ? 'stopped_ja' : 'stopped_en']
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
