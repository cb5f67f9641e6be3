import type { VNode } from 'preact'
import { badgeSize, badgeSnippet, type Checked } from '../../../badge/index.ts'
import { type Ctx, Note } from '../../../http/index.ts'
import type { Entry } from '../../../registry/index.ts'
import { Checks } from './checks.tsx'
import { type BadgeDeps, badgesOn } from './deps.ts'
import { words } from './words.ts'

/** What the aside of an entry shows; made by `badgeFacts`. */
export type BadgeFacts = {
  readonly entry: Entry
  readonly baseUrl: string
  /** The check of the badge that is handed out now; none while the entry is not active. */
  readonly checked: Checked | undefined
}

/** Signs the badge of an entry, if need be, and checks it as anybody would. */
export async function badgeFacts(ctx: Ctx, parts: BadgeDeps, entry: Entry): Promise<BadgeFacts> {
  const badges = badgesOn(ctx.db, parts)
  const token = await badges.credential(entry.number, { now: ctx.now, model: '2.0' })
  const checked = token === undefined ? undefined : await badges.checkToken(token, ctx.now)
  return { entry, baseUrl: parts.access.baseUrl, checked }
}

/** The badge beside an entry: its picture, the three checks, what to paste into one's own page, the credential itself. */
export function BadgeAside(props: { ctx: Ctx; facts: BadgeFacts }): VNode {
  const { ctx } = props
  const { entry, baseUrl, checked } = props.facts
  const say = words[ctx.lang]
  const picture = `/badges/${encodeURIComponent(entry.number)}.svg${ctx.lang === 'en' ? '?lang=en' : ''}`
  const credential = `/badges/${encodeURIComponent(entry.number)}/credential`
  return (
    <aside aria-labelledby="badge">
      <h2 class="mm-section__head" id="badge">
        {say.aside.head}
      </h2>
      <div class="mm-stack" data-gap="5">
        <img
          class="mm-badge-picture"
          src={picture}
          width={badgeSize.width}
          height={badgeSize.height}
          alt={say.picture.alt(entry.name)}
        />
        {checked ? <Checks ctx={ctx} checked={checked} /> : <Note>{say.aside.none}</Note>}
        <Note>{say.aside.neutral}</Note>
        <ul class="mm-bullets">
          <li>
            <a href={picture}>{say.aside.save}</a>
          </li>
          {checked && (
            <>
              <li>
                <a href={`${credential}?as=json`}>{say.aside.data}</a>
              </li>
              <li>
                <a href={credential}>{say.aside.token}</a>
              </li>
            </>
          )}
          <li>
            <a href="/verify">{say.aside.link}</a>
          </li>
        </ul>
        {checked && (
          <details class="mm-record">
            <summary>{say.aside.snippetHead}</summary>
            <div class="mm-stack" data-gap="3">
              <p>{say.aside.snippet}</p>
              <textarea class="mm-textarea" rows={6} readOnly aria-label={say.aside.snippetLabel}>
                {badgeSnippet({ baseUrl, entry, lang: ctx.lang })}
              </textarea>
            </div>
          </details>
        )}
      </div>
    </aside>
  )
}
