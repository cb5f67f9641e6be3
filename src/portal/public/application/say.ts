import { application as en } from '../../../../words/en/application.ts'
import { application as ja } from '../../../../words/ja/application.ts'
import type { Lang } from '../../../http/index.ts'
import { askingOf, type Asking, type Registry } from '../../../registry/index.ts'

const words = { ja, en }

/** The words of these pages in the reader's language. */
export function sayApplication(lang: Lang): typeof ja | typeof en {
  return words[lang]
}

/** The rules of today. What is agreed to is pinned in Japanese, so that reading it in English is agreeing to the same. */
export function askingNow(registry: Registry, now: number): Asking {
  const { declaration, listing, terms } = ja.step.consent
  return askingOf(registry, [declaration, listing, ja.intro.shown, terms], now)
}

/** The name of the register for a reader. */
export function nameOf(registry: Registry, lang: Lang): string {
  return lang === 'ja' ? registry.name : registry.nameEn
}

/** Addresses of the form's pages. */
export const formPath = (secret: string, page: string): string => `/registry/apply/${secret}/${page}`
