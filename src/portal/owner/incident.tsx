import type { VNode } from 'preact'
import { ownerIncident, type OwnerIncident } from '../../case/index.ts'
import {
  type Answer,
  Banner,
  Card,
  OwnerPage,
  route,
  Section,
  type SignedCtx,
  Time,
  Title,
} from '../../http/index.ts'
import { CaseLog } from './log.tsx'
import { TodoSlots } from './notice-parts.tsx'
import { nextContactWords, ownerNav, ownerWords } from './say.ts'

/** One case as its owner follows it, like a parcel. */
export const incident = route({
  method: 'GET',
  path: '/incidents/:case',
  area: 'owner',
  ids: { case: 'case' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const read = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      ownerIncident(tx, ctx.actor, ctx.params['case'] ?? '', ctx.now),
    )
    return { page: <IncidentPage ctx={ctx} incident={read} /> }
  },
})

function IncidentPage(props: { ctx: SignedCtx; incident: OwnerIncident }): VNode {
  const { ctx, incident: it } = props
  const say = ownerWords(ctx.lang)
  const open = it.closing === null && it.notice !== null && it.notice.state === 'open'
  return (
    <OwnerPage
      ctx={ctx}
      title={say.incident.title(it.title[ctx.lang])}
      nav={ownerNav(ctx.lang)}
      current="notices"
      back={{ href: '/home', text: say.notice.back }}
    >
      <Title
        eyebrow={
          <>
            {say.incident.eyebrow(it.number)}・<Time at={ctx.now} form="plain" />
          </>
        }
      >
        {say.incident.title(it.title[ctx.lang])}
      </Title>
      {it.closing !== null && (
        <Banner tone="ok">
          <p>
            {say.incident.closed}（<Time at={it.closing.at} form="plain" />）
          </p>
        </Banner>
      )}
      <Track ctx={ctx} incident={it} />
      <div class="mm-grid mm-section" data-columns="main-side">
        <div>
          {open && it.notice !== null && (
            <Card title={say.incident.now} tone="accent">
              <TodoSlots texts={it.notice.texts[ctx.lang]} />
              <p>
                <a class="mm-link" href={`/notices/${it.notice.id}`}>
                  {say.incident.seeNotice}
                </a>
              </p>
            </Card>
          )}
          <Section id="log" head={say.incident.log}>
            <CaseLog lang={ctx.lang} entries={it.entries} />
          </Section>
        </div>
        {it.nextContactAt !== null && it.closing === null && (
          <aside aria-label={say.incident.next}>
            <Card title={say.incident.next} tone="quiet">
              <p>{nextContactWords(ctx, it.nextContactAt)}</p>
            </Card>
          </aside>
        )}
      </div>
    </OwnerPage>
  )
}

function Track(props: { ctx: SignedCtx; incident: OwnerIncident }): VNode {
  const { ctx, incident: it } = props
  const say = ownerWords(ctx.lang).incident
  return (
    <ol class="mm-track mm-section" aria-label={say.track}>
      {it.stages.map((stage) => (
        <li
          class="mm-track__step"
          key={stage.stage}
          data-step={stage.state}
          aria-current={stage.state === 'doing' ? 'step' : undefined}
        >
          <span class="mm-track__dot" />
          <span class="mm-track__name">
            {say.stage[stage.stage]}
            <span class="mm-hidden">{say.state[stage.state]}</span>
          </span>
          {stage.at !== null && (
            <span class="mm-track__time">
              <Time at={stage.at} form="plain" />
              {stage.by !== null && `・${stage.by}`}
            </span>
          )}
          {stage.text !== null && <span class="mm-track__text">{stage.text[ctx.lang]}</span>}
        </li>
      ))}
    </ol>
  )
}
