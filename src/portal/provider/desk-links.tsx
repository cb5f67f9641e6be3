import type { VNode } from 'preact'
import type { SignedCtx } from '../../http/index.ts'
import { providerWords } from './say.ts'

const places = [
  ['declarations', '/declarations'],
  ['register', '/register-desk'],
  ['news', '/news-desk'],
  ['promoters', '/promoters'],
] as const

/** The places around SECURITY ACTION, one of which is this page. */
export function DeskLinks(props: { ctx: SignedCtx; current: (typeof places)[number][0] }): VNode {
  const say = providerWords(props.ctx.lang).desks
  return (
    <nav aria-label={say.label}>
      <ul class="mm-cluster">
        {places.map(([key, href]) => (
          <li key={key}>
            <a class="mm-link" href={href} aria-current={key === props.current ? 'page' : undefined}>
              {say[key]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
