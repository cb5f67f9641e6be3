import type { VNode } from 'preact'
import { listPeople } from '../../../company/index.ts'
import {
  gateFacts,
  judgeGates,
  type Level,
  mayDeclare,
  readStanding,
  readyFor,
} from '../../../declaration/index.ts'
import {
  type Answer,
  Banner,
  LinkButton,
  route,
  Section,
  type SignedCtx,
  Steps,
} from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { CopyField, ipaSite, StarsPage, starWords } from './say.tsx'
import { type SheetGroup, sheetOf } from './sheet.ts'

/** The star that a page is about; two stars where nothing else is said. */
export const levelOf = (ctx: SignedCtx): Level => (ctx.query['level'] === 'SA1' ? 'SA1' : 'SA2')

/** The copy-sheet: everything IPA asks, ready to be pasted by the company itself. */
export const prepare = ({ access }: OwnerParts) =>
  route({
    method: 'GET',
    path: '/stars/prepare',
    area: 'owner',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const company = ctx.actor.organisation
      const level = levelOf(ctx)
      const { it, people } = await ctx.inCompany(company, async (tx) => ({
        it: await readStanding(tx, company),
        people: await listPeople(tx, company),
      }))
      const me = people.find((person) => person.id === ctx.actor.person)
      const contact = me ?? { name: ctx.actor.name, email: '', phone: null }
      const groups = sheetOf(starWords(ctx.lang), { it, level, contact, baseUrl: access.baseUrl })
      const ready = readyFor(judgeGates(gateFacts(it), level, ctx.now))
      return { page: <PreparePage ctx={ctx} level={level} groups={groups} ready={ready} /> }
    },
  })

function PreparePage(props: {
  ctx: SignedCtx
  level: Level
  groups: readonly SheetGroup[]
  ready: boolean
}): VNode {
  const { ctx, level, groups, ready } = props
  const words = starWords(ctx.lang)
  const say = words.prepare
  return (
    <StarsPage ctx={ctx} title={say.title(level)}>
      {ctx.house?.practice && <p class="mm-note">{words.practice}</p>}
      {!ready && (
        <Banner tone="today">
          <p>
            {say.notReady} <a href="/stars">{words.back}</a>
          </p>
        </Banner>
      )}
      <p class="mm-lead">{say.lead}</p>
      <Section id="steps" head={say.stepsHead}>
        <Steps items={say.steps} />
        <p>
          <b>{say.never}</b>
        </p>
        <p>
          <a class="mm-button" data-size="lg" href={ipaSite} rel="noreferrer">
            {words.ipaSite}
          </a>
        </p>
      </Section>
      <Section id="sheet" head={say.fieldsHead}>
        <p class="mm-note">{say.how}</p>
        <p class="mm-note">{say.confirmed}</p>
        {groups.map((group) => (
          <Group key={group.id} ctx={ctx} group={group} />
        ))}
        <p class="mm-note">{say.choose}</p>
      </Section>
      {mayDeclare(ctx.actor) && (
        <Section id="next" head={say.next}>
          <p>
            <LinkButton href={`/stars/number?level=${level}`} kind="secondary" size="lg">
              {words.hub.enter}
            </LinkButton>
          </p>
        </Section>
      )}
    </StarsPage>
  )
}

function Group({ ctx, group }: { ctx: SignedCtx; group: SheetGroup }): VNode {
  const say = starWords(ctx.lang).prepare
  const missing = group.fields.filter((field) => field.value === '')
  return (
    <section class="mm-section" aria-labelledby={`g-${group.id}`}>
      <h3 class="mm-card__title" id={`g-${group.id}`}>
        {say.groups[group.id]}
      </h3>
      <div class="mm-form">
        {group.fields
          .filter((field) => field.value !== '')
          .map((field) => (
            <CopyField key={field.id} id={field.id} label={field.label} value={field.value} />
          ))}
      </div>
      {missing.length > 0 && (
        <p class="mm-note">
          {say.missing}：{missing.map((field) => field.label).join(ctx.lang === 'ja' ? '、' : ', ')}{' '}
          <a href="/company/details">{say.missingAct}</a>
        </p>
      )}
    </section>
  )
}
