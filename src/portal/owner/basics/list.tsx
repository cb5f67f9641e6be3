import type { VNode } from 'preact'
import {
  type Answer,
  Banner,
  LinkButton,
  Mark,
  OwnerPage,
  route,
  sayTime,
  Section,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import { editionBefore } from '../../../pledge/index.ts'
import { ownerNav } from '../say.ts'
import { basicsWords, sayCost } from './say.ts'
import { type Standing, standingOf } from './standing.ts'

/** The basic items of the first star, with what is marked and what is promised. */
export const list = route({
  method: 'GET',
  path: '/basics',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const standing = await ctx.inCompany(company, (tx) => standingOf(tx, company))
    return { page: <ListPage ctx={ctx} standing={standing} /> }
  },
})

function ListPage(props: { ctx: SignedCtx; standing: Standing }): VNode {
  const { ctx, standing } = props
  const say = basicsWords(ctx.lang)
  const count = standing.items.length
  const marked = standing.items.filter((item) => isMarked(standing, item.key)).length
  return (
    <OwnerPage ctx={ctx} title={say.title(count)} nav={ownerNav(ctx.lang)} current="stars" width="reading">
      <Title>{say.title(count)}</Title>
      {standing.pledge === undefined && <p class="mm-lead">{say.lead(count)}</p>}
      <Head ctx={ctx} standing={standing} />
      <Section id="items" head={say.progress(marked, count)}>
        <ol class="mm-tasks">
          {standing.items.map((item) => (
            <li key={item.key} class="mm-tasks__item">
              <div>
                <a class="mm-link mm-tasks__link" href={`/basics/${item.key}`}>
                  {item[ctx.lang].title}
                </a>
                <p class="mm-note">{sayCost(ctx.lang, item)}</p>
              </div>
              <span class="mm-tasks__state">{stateOf(ctx, standing, item.key)}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Foot ctx={ctx} standing={standing} marked={marked} />
      <p class="mm-note">
        <a class="mm-link" href={standing.edition.source}>
          {say.official}
        </a>{' '}
        {say.ours}
      </p>
    </OwnerPage>
  )
}

/** Whether an item is ticked, in the promise or in the one being worked on. */
export function isMarked(standing: Standing, item: string): boolean {
  return standing.ticks.some((tick) => tick.item === item)
}

function stateOf(ctx: SignedCtx, standing: Standing, item: string): VNode {
  const say = basicsWords(ctx.lang)
  if (standing.pledge?.ticked.includes(item)) return <Mark mark="done">{say.promised}</Mark>
  if (isMarked(standing, item)) return <Mark mark="done">{say.ticked}</Mark>
  return <Mark mark="next">{standing.pledge === undefined ? say.notTicked : say.added}</Mark>
}

function Head(props: { ctx: SignedCtx; standing: Standing }): VNode | null {
  const { ctx, standing } = props
  const say = basicsWords(ctx.lang)
  const by = standing.pledge?.by
  if (standing.pledge === undefined || by === undefined) return null
  return (
    <>
      <div class="mm-section" data-first>
        <Banner tone="ok" title={say.promisedOn(by.name, by.title, standing.pledge.ticked.length)}>
          <p>
            {sayTime({ lang: ctx.lang, now: ctx.now }, by.at, 'plain')}{' '}
            <a class="mm-link" href="/basics/done">
              {say.done.text}
            </a>
          </p>
          <p>{say.promisedAgain}</p>
        </Banner>
      </div>
      {standing.lacking.length > 0 && (
        <Section id="new" head={say.newItem(standing.lacking.length)} note={say.newItemText}>
          <LinkButton href="/basics/confirmation" kind="primary" size="lg">
            {say.newItemLink}
          </LinkButton>
        </Section>
      )}
    </>
  )
}

function Foot(props: { ctx: SignedCtx; standing: Standing; marked: number }): VNode | null {
  const { ctx, standing, marked } = props
  const say = basicsWords(ctx.lang)
  if (standing.pledge !== undefined) return null
  const older = olderReady(standing)
  if (marked < standing.items.length && older === undefined) return null
  return (
    <Section id="next" head={say.toConfirm}>
      {marked === standing.items.length ? (
        <>
          <p>{say.allTicked}</p>
          <LinkButton href="/basics/confirmation" kind="primary" size="lg">
            {say.toConfirm}
          </LinkButton>
        </>
      ) : (
        <>
          <p>{say.twoEditionsNote}</p>
          <LinkButton href={`/basics/confirmation?edition=${older ?? ''}`} kind="secondary">
            {say.twoEditions}
          </LinkButton>
        </>
      )}
    </Section>
  )
}

/** The edition before, once everything of it is ticked: both are in force. */
function olderReady(standing: Standing): string | undefined {
  const older = editionBefore(standing.edition.id)
  return older?.order.every((item) => isMarked(standing, item)) ? older.id : undefined
}
