import type { VNode } from 'preact'
import { type Answer, ConsolePage, type RouteSpec, route, type SignedCtx } from '../../http/index.ts'
import { storyOf } from '../../notice/index.ts'
import { DetailBody } from './detail.tsx'
import { Acts } from './keys.tsx'
import { PreviewBody } from './preview.tsx'
import { type Chosen, readChosen } from './chosen.ts'
import { queueWords } from './queue-words.ts'
import type { ProviderParts } from './parts.ts'
import { type SayRule, sayRuleIn } from './rule-words.ts'
import { providerNav } from './say.ts'

/** One alert alone, whatever its state: the address to pass on, and to print. */
export function alertRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/alerts/:alert',
      area: 'provider',
      ids: { alert: 'alert' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const chosen = await ctx.within((tx) => readChosen(tx, ctx.params['alert'] ?? '', ctx.now))
        return { page: <AlertPage ctx={ctx} chosen={chosen} sayRule={sayRuleIn(parts, ctx.lang)} /> }
      },
    }),
  ]
}

function AlertPage(props: { ctx: SignedCtx; chosen: Chosen; sayRule: SayRule }): VNode {
  const { ctx, chosen } = props
  const say = queueWords(ctx.lang)
  const { detail } = chosen
  const story = storyOf(detail.detection, detail.device?.nickname)[ctx.lang]
  const decided = detail.state === 'closed' || detail.state === 'merged'
  return (
    <ConsolePage ctx={ctx} title={story} nav={providerNav(ctx)} current="queue">
      <p class="mm-crumb">
        <a href={`/queue?alert=${detail.id}`}>{say.title}</a>
        <span>{say.states[detail.state]}</span>
        {detail.case !== null && <a href={`/cases/${detail.case.id}`}>{detail.case.number}</a>}
      </p>
      <h1 class="mm-head__title">{story}</h1>
      <div class="mm-split" data-cols="main-side">
        <div class="mm-stack">
          <DetailBody ctx={ctx} chosen={chosen} sayRule={props.sayRule} />
        </div>
        <div class="mm-stack">
          <h2 class="mm-sub">{say.preview.head}</h2>
          <PreviewBody ctx={ctx} chosen={chosen} />
        </div>
      </div>
      {!decided && (
        <div class="mm-cluster" role="group" aria-label={say.keys.group}>
          <Acts ctx={ctx} chosen={chosen} />
        </div>
      )}
    </ConsolePage>
  )
}
