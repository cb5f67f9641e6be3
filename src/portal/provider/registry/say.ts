import { registry as registerEn } from '../../../../words/en/registry.ts'
import { registry as registerJa } from '../../../../words/ja/registry.ts'
import { registerDesk as en } from '../../../../words/en/register-desk.ts'
import { registerDesk as ja } from '../../../../words/ja/register-desk.ts'
import type { Lang } from '../../../http/index.ts'

const words = { ja, en }
const registers = { ja: registerJa, en: registerEn }

/** The words of the desk in the reader's language. */
export function sayDesk(lang: Lang): typeof ja | typeof en {
  return words[lang]
}

/** ★ or ★★ with its name: a star alone is no word. */
export function starsOf(level: 'SA1' | 'SA2' | undefined, lang: Lang): string {
  return registers[lang].level[level ?? 'SA1']
}

/** Addresses of the desk. */
export const deskPaths = {
  queue: '/register-desk',
  application: (id: string) => `/register-desk/applications/${id}`,
  entries: '/register-desk/entries',
  entry: (number: string) => `/register-desk/entries/${encodeURIComponent(number)}`,
  settings: '/register-desk/settings',
  key: '/register-desk/key',
}
