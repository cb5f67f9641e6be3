import type { VNode } from 'preact'
import { z } from 'zod'
import { day, jstDate } from '../../../base/time.ts'
import {
  ActForm,
  type Answer,
  Banner,
  Facts,
  field,
  LinkButton,
  readForm,
  route,
  Section,
  type SignedCtx,
  Time,
  Title,
} from '../../../http/index.ts'
import {
  askedQuestions,
  changePolicyLang,
  changesSince,
  compose,
  type CurrentPolicy,
  currentPolicy,
  type Draft,
  draftOf,
  newestVersion,
  openQuestions,
  policyTasks,
  sayDay,
} from '../../../policy/index.ts'
import { PolicyPage, Preview } from './parts.tsx'
import { doingOf, policyWords, saySubjects } from './say.ts'

/** A look every year; a rule of ours, no rule of the scheme. */
const reviewEvery = 365 * day

type Standing = { readonly current: CurrentPolicy; readonly pending: boolean }

/** The policy of the company: the wizard's tasks before the first version, the version in force after it. */
export const policyHome = route({
  method: 'GET',
  path: '/policy',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation } = ctx.actor
    const { draft, standing } = await ctx.inCompany(organisation, async (tx) => {
      const found = await draftOf(tx, doingOf(ctx))
      const current = await currentPolicy(tx, organisation)
      const version = await newestVersion(tx, organisation)
      if (current === undefined || version === undefined) return { draft: found, standing: undefined }
      return { draft: found, standing: { current, pending: changesSince(version, found).length > 0 } }
    })
    return { page: <Home ctx={ctx} draft={draft} standing={standing} /> }
  },
})

/** Writes the policy in the other language. */
export const policyLanguage = route({
  method: 'POST',
  path: '/policy/language',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const labels = { lang: policyWords(ctx.lang).title }
    const read = readForm(ctx, z.object({ lang: field.choice(['ja', 'en']) }), labels)
    if (read.ok) {
      const { lang } = read.value
      await ctx.inCompany(ctx.actor.organisation, (tx) => changePolicyLang(tx, doingOf(ctx), lang))
    }
    return { redirect: '/policy' }
  },
})

function Home(props: { ctx: SignedCtx; draft: Draft; standing: Standing | undefined }): VNode {
  const { ctx, draft, standing } = props
  const words = policyWords(ctx.lang)
  const say = words.home
  return (
    <PolicyPage ctx={ctx} title={words.title} width="wide" back={{ href: '/stars', text: say.back }}>
      <div class="mm-policy">
        <div class="mm-policy__main">
          <Title>{words.title}</Title>
          {standing === undefined ? (
            <p class="mm-prose">{say.lead(askedQuestions(draft).length)}</p>
          ) : (
            <InForce ctx={ctx} standing={standing} />
          )}
          {standing === undefined ? (
            <Tasks ctx={ctx} draft={draft} />
          ) : (
            <Section id="mend" head={say.mend}>
              <Tasks ctx={ctx} draft={draft} />
            </Section>
          )}
        </div>
        <Preview ctx={ctx} of={compose(draft)} />
      </div>
    </PolicyPage>
  )
}

function InForce(props: { ctx: SignedCtx; standing: Standing }): VNode {
  const { ctx } = props
  const { current, pending } = props.standing
  const say = policyWords(ctx.lang).home
  const due = current.reviewedAt + reviewEvery
  return (
    <>
      {pending && (
        <Banner tone="info" title={say.pending}>
          <p>{say.pendingText}</p>
          <p>
            <a class="mm-link" href="/policy/check">
              {say.pendingAct}
            </a>
          </p>
        </Banner>
      )}
      {current.missing.length > 0 && <p>{say.missing(saySubjects(ctx.lang, current.missing))}</p>}
      <Facts
        rows={[
          { name: say.version, value: say.versionValue(current.number) },
          { name: say.approvedBy, value: `${current.approvedBy.title} ${current.approvedBy.name}` },
          { name: say.approvedAt, value: <Time at={current.approvedAt} form="full" /> },
          { name: say.reviewBy, value: due < ctx.now ? say.reviewDue : sayDay(ctx.lang, jstDate(due)) },
          {
            name: say.page,
            value:
              current.hostedPath === undefined ? (
                <a class="mm-link" href="/policy/hosting">
                  {say.pageOff}
                </a>
              ) : (
                <a class="mm-link" href={current.hostedPath}>
                  {current.hostedPath}
                </a>
              ),
          },
        ]}
      />
      <div class="mm-cluster">
        <LinkButton href={`/policy/versions/${current.version}`} kind="primary">
          {say.open}
        </LinkButton>
        <LinkButton href="/policy/review" kind="secondary">
          {say.review}
        </LinkButton>
        <a class="mm-link" href="/policy/versions">
          {say.versions}
        </a>
      </div>
    </>
  )
}

function Tasks(props: { ctx: SignedCtx; draft: Draft }): VNode {
  const { ctx, draft } = props
  const say = policyWords(ctx.lang).home
  const open = openQuestions(draft)
  const asked = askedQuestions(draft)
  const next = open[0]
  const other = draft.lang === 'ja' ? 'en' : 'ja'
  return (
    <>
      <ul class="mm-tasks">
        {policyTasks.map((task) => {
          const own = asked.filter((one) => one.task === task).map((one) => one.id)
          const left = own.filter((id) => open.includes(id))
          return (
            <li class="mm-tasks__item" key={task}>
              <a class="mm-tasks__link" href={`/policy/questions/${left[0] ?? own[0] ?? 'name'}`}>
                {say.tasks[task]}
              </a>
              <span class="mm-tasks__state">{left.length === 0 ? say.done : say.left(left.length)}</span>
            </li>
          )
        })}
        <li class="mm-tasks__item">
          {next === undefined ? (
            <a class="mm-tasks__link" href="/policy/check">
              {say.check}
            </a>
          ) : (
            <span>{say.check}</span>
          )}
          <span class="mm-tasks__state">{next === undefined ? say.ready : say.notYet}</span>
        </li>
      </ul>
      <div class="mm-cluster mm-policy__go">
        <LinkButton
          href={next === undefined ? '/policy/check' : `/policy/questions/${next}`}
          kind="primary"
          size="lg"
        >
          {next === undefined ? say.check : open.length === asked.length ? say.start : say.goOn}
        </LinkButton>
      </div>
      <div class="mm-policy__lang">
        <p>{say.writtenIn[draft.lang]}</p>
        <ActForm
          action="/policy/language"
          submit={say.writeIn[other]}
          kind="secondary"
          size="sm"
          hidden={{ lang: other }}
        />
      </div>
    </>
  )
}
