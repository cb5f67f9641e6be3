import { provider as en } from '../../../words/en/provider.ts'
import { provider as ja } from '../../../words/ja/provider.ts'
import type { Lang, NavItem, SignedCtx } from '../../http/index.ts'

const words = { ja, en }

/** The provider's words in the reader's language. */
export function providerWords(lang: Lang): typeof ja {
  return words[lang]
}

/** The places of a provider; the mailbox stands there only in practice. */
export function providerNav(ctx: SignedCtx): NavItem[] {
  const say = words[ctx.lang].nav
  const items: NavItem[] = [
    { key: 'queue', href: '/queue', text: say.queue },
    { key: 'cases', href: '/cases', text: say.cases },
    { key: 'watch', href: '/watch', text: say.watch },
    { key: 'companies', href: '/companies', text: say.companies },
    { key: 'declarations', href: '/declarations', text: say.declarations },
    { key: 'rules', href: '/rules', text: say.rules },
    { key: 'people', href: '/staff', text: say.people },
  ]
  return ctx.house?.practice ? [...items, { key: 'mailbox', href: '/mailbox', text: say.mailbox }] : items
}

/** A word for a key that comes from the data; the key itself where there is none. */
export function wordOr(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key
}
