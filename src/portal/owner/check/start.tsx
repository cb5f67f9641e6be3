import type { VNode } from 'preact'
import { type Edition, selfCheckFacts } from '../../../catalogue/index.ts'
import {
  type Answer,
  AnswerButton,
  Banner,
  blankForm,
  Card,
  ConfirmBody,
  LinkButton,
  List,
  Note,
  Prose,
  type RouteSpec,
  Row,
  route,
  Section,
  SelectField,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import { dropCheck, OrderNote, type Overview, overviewOf, startCheck } from '../../../self-check/index.ts'
import { CheckPage } from './frame.tsx'
import { checkWords, dateWords } from './words.ts'

const guideline = 'https://www.ipa.go.jp/security/guide/sme/about.html'

/** Where the self-check begins and is gone on with. */
export const start = route({
  method: 'GET',
  path: '/self-check',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const overview = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      overviewOf(tx, ctx.actor.organisation),
    )
    return { page: <StartPage ctx={ctx} overview={overview} /> }
  },
})

/** Starts one, or goes on with the one that is open. */
export const begin = route({
  method: 'POST',
  path: '/self-check',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const overview = await ctx.inCompany(company, async (tx) => {
      const wish = { edition: ctx.form['edition'] ?? '', together: ctx.form['with'] === 'others' }
      await startCheck(tx, ctx.actor, wish, ctx.now)
      return overviewOf(tx, company)
    })
    return { redirect: goOn(overview.open) }
  },
})

/** Asks before a check is given up. */
export const dropping = route({
  method: 'GET',
  path: '/self-check/ending',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { open } = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      overviewOf(tx, ctx.actor.organisation),
    )
    if (open === undefined) return { redirect: '/self-check' }
    const say = checkWords(ctx.lang).drop
    return {
      page: (
        <CheckPage ctx={ctx} title={say.title}>
          <ConfirmBody
            title={say.title}
            action="/self-check/ending"
            submit={say.submit}
            kind="danger"
            back={{ href: '/self-check', text: say.back }}
            hidden={{ check: open.id }}
          >
            <p>{say.text}</p>
          </ConfirmBody>
        </CheckPage>
      ),
    }
  },
})

export const drop = route({
  method: 'POST',
  path: '/self-check/ending',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      const { open } = await overviewOf(tx, ctx.actor.organisation)
      if (open !== undefined && open.id === ctx.form['check'])
        await dropCheck(tx, ctx.actor, open.id, ctx.now)
    })
    return { redirect: '/self-check?done=dropped' }
  },
})

/** The next question of the company's own sheet; of a check of several people, the list of their sheets. */
function goOn(open: Overview['open']): string {
  const own = open?.sheets.find((sheet) => sheet.place === '')
  if (open === undefined || own === undefined) return '/self-check'
  if (open.together && own.answered === 0) return '/self-check/together'
  return `/self-check/sheets/${own.id}/questions/${own.next}`
}

function StartPage(props: { ctx: SignedCtx; overview: Overview }): VNode {
  const { ctx, overview } = props
  const say = checkWords(ctx.lang)
  const { open } = overview
  return (
    <CheckPage ctx={ctx} title={say.title} back={{ href: '/stars', text: say.toStars }}>
      {ctx.query['done'] === 'dropped' && <Banner>{say.start.done.dropped}</Banner>}
      <Title>{say.title}</Title>
      {open === undefined ? <NewCheck ctx={ctx} /> : <OpenCheck ctx={ctx} open={open} />}
      <Earlier ctx={ctx} overview={overview} />
      <p class="mm-note mm-section">
        {say.ours}{' '}
        <a class="mm-link" href={guideline} rel="noreferrer">
          {say.ipaLink}
        </a>
      </p>
    </CheckPage>
  )
}

function OpenCheck(props: { ctx: SignedCtx; open: NonNullable<Overview['open']> }): VNode {
  const { ctx, open } = props
  const say = checkWords(ctx.lang)
  const several = open.together || open.sheets.length > 1
  const own = open.sheets.find((sheet) => sheet.place === '')
  return (
    <div class="mm-section" data-first>
      <Card title={say.start.going} tone="accent">
        {own !== undefined && <p>{say.start.progress(own.answered, open.of)}</p>}
        <p class="mm-note">
          {dateWords(ctx.lang, open.startedAt)}・{say.start.startedBy(open.startedByName)}・
          {say.edition(open.edition)}
        </p>
        <div class="mm-cluster mm-notice__part">
          {own !== undefined && (
            <LinkButton size="lg" href={`/self-check/sheets/${own.id}/questions/${own.next}`}>
              {say.start.goOn}
            </LinkButton>
          )}
          <LinkButton size="lg" kind="secondary" href="/self-check/together">
            {several ? say.start.goOnTogether : say.together.title}
          </LinkButton>
        </div>
      </Card>
      <p class="mm-notice__part">
        <a class="mm-link" href="/self-check/ending">
          {say.start.drop}
        </a>
      </p>
    </div>
  )
}

function NewCheck(props: { ctx: SignedCtx }): VNode {
  const { lang } = props.ctx
  const say = checkWords(lang)
  const editions = selfCheckFacts().editions.toReversed()
  const newest = editions[0]
  return (
    <>
      <Prose>
        <p>{say.start.lead}</p>
      </Prose>
      <div class="mm-section" data-first>
        <form class="mm-form" method="post" action="/self-check">
          <SelectField
            form={blankForm({ edition: newest?.id })}
            name="edition"
            label={say.start.editionLabel}
            help={say.start.editionHelp}
            options={editions.map((one) => ({ value: one.id, text: editionName(lang, one, newest) }))}
          />
          <div class="mm-notice__answers">
            <AnswerButton kind="primary" name="with" value="self" then={say.start.aloneThen}>
              {say.start.alone}
            </AnswerButton>
            <AnswerButton name="with" value="others" then={say.start.togetherThen}>
              {say.start.together}
            </AnswerButton>
          </div>
        </form>
      </div>
      <ul class="mm-bullets mm-notice__part">
        {say.start.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {newest !== undefined && (
        <Note>
          <OrderNote lang={lang} view={{ edition: newest }} />
        </Note>
      )}
    </>
  )
}

function editionName(lang: SignedCtx['lang'], edition: Edition, newest: Edition | undefined): string {
  const say = checkWords(lang)
  return say.edition(edition.id) + (edition.id === newest?.id ? say.newest : '')
}

function Earlier(props: { ctx: SignedCtx; overview: Overview }): VNode {
  const { ctx, overview } = props
  const say = checkWords(ctx.lang)
  const bands = selfCheckFacts().scoring.bands
  return (
    <Section id="earlier" head={say.start.earlier}>
      {overview.results.length === 0 ? (
        <p>{say.start.none}</p>
      ) : (
        <List>
          {overview.results.map((one) => (
            <Row
              key={one.id}
              href={`/self-check/results/${one.id}`}
              main={`${dateWords(ctx.lang, one.finishedAt)}　${say.start.points100(one.total)}`}
              side={bands.find((band) => band.id === one.band)?.[ctx.lang].title}
              sub={`${say.start.finishedBy(one.finishedBy)}・${say.edition(one.edition)}`}
            />
          ))}
        </List>
      )}
      {overview.results.length > 0 && overview.open === undefined && <Note>{say.start.again}</Note>}
    </Section>
  )
}

export const startRoutes: readonly RouteSpec[] = [start, begin, dropping, drop]
