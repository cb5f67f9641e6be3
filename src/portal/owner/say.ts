import { type Ctx, type Lang, type NavItem, type SignedCtx, sayTime } from '../../http/index.ts'
import { owner as en } from '../../../words/en/owner.ts'
import { owner as ja } from '../../../words/ja/owner.ts'

const words = { ja, en }

/** The owner's words in the reader's language. */
export function ownerWords(lang: Lang): typeof ja {
  return words[lang]
}

/** The five places of an owner. */
export function ownerNav(lang: Lang): NavItem[] {
  const say = words[lang].nav
  return [
    { key: 'today', href: '/home', text: say.today },
    { key: 'notices', href: '/notices', text: say.notices },
    { key: 'devices', href: '/devices', text: say.devices },
    { key: 'stars', href: '/stars', text: say.stars },
    { key: 'company', href: '/company', text: say.company },
  ]
}

/** What pressing brings: a member's answer that acts waits for a call, as one from a mailed link does. */
export function wayIn(ctx: SignedCtx): 'portal' | 'link' {
  return ctx.actor.role === 'owner' ? 'portal' : 'link'
}

/** When we are in touch again; a promise that was broken is told as broken. */
export function nextContactWords(ctx: Ctx, at: number): string {
  const say = words[ctx.lang].home
  const when = sayTime({ lang: ctx.lang, now: ctx.now }, at, 'plain')
  return at < ctx.now ? say.nextLate(when) : say.nextContact(when)
}
