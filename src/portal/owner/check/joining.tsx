import type { ComponentChildren, VNode } from 'preact'
import { type AnswerId, answerIds, selfCheckFacts } from '../../../catalogue/index.ts'
import {
  type Answer,
  Banner,
  blankForm,
  Form,
  HiddenField,
  Prose,
  Record,
  type RouteSpec,
  route,
  Section,
  SelectField,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import { finishCheck, type Joining, joiningOf, sayAnswer } from '../../../self-check/index.ts'
import { CheckPage } from './frame.tsx'
import { checkWords } from './words.ts'

type Gathered = Joining['gathered'][number]

/** The sheets side by side; one person joins them by name. */
export const joining = route({
  method: 'GET',
  path: '/self-check/joining',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const view = await ctx.inCompany(ctx.actor.organisation, (tx) => joiningOf(tx, ctx.actor.organisation))
    return { page: <JoiningPage ctx={ctx} view={view} /> }
  },
})

/** Finishes the check in the name of who pressed. */
export const join = route({
  method: 'POST',
  path: '/self-check/joining',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const check = await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      const view = await joiningOf(tx, ctx.actor.organisation)
      const picks = picksOf(ctx.form)
      if (view.check.id === ctx.form['check']) {
        await finishCheck(tx, ctx.actor, { check: view.check.id, picks }, ctx.now)
      }
      return view.check.id
    })
    return { redirect: `/self-check/results/${check}` }
  },
})

function picksOf(form: SignedCtx['form']): ReadonlyMap<string, AnswerId> {
  const picks = new Map<string, AnswerId>()
  for (const key of selfCheckFacts().questions.keys()) {
    const picked = answerIds.find((id) => id === form[`pick-${key}`])
    if (picked !== undefined) picks.set(key, picked)
  }
  return picks
}

function JoiningPage(props: { ctx: SignedCtx; view: Joining }): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).joining
  const ready = view.open.length === 0
  const others = view.gathered.filter((one) => one.joined !== undefined && !view.split.includes(one))
  return (
    <CheckPage
      ctx={ctx}
      title={say.title}
      back={{ href: '/self-check/together', text: checkWords(ctx.lang).together.handBack }}
    >
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      {!ready && (
        <Banner tone="info" title={say.open(view.open.length)}>
          <p>{say.openText}</p>
        </Banner>
      )}
      <FormOf ctx={ctx} view={view} ready={ready}>
        <Section id="split" head={say.split}>
          {view.split.length === 0 && <p>{say.splitNone}</p>}
          {view.split.map((one) => (
            <Pick key={one.question.key} ctx={ctx} one={one} />
          ))}
        </Section>
        {others.length > 0 && (
          <div class="mm-section">
            <Record summary={say.all}>
              {others.map((one) => (
                <Pick key={one.question.key} ctx={ctx} one={one} />
              ))}
            </Record>
          </div>
        )}
      </FormOf>
    </CheckPage>
  )
}

function FormOf(props: {
  ctx: SignedCtx
  view: Joining
  ready: boolean
  children: ComponentChildren
}): VNode {
  const { ctx, view } = props
  const say = checkWords(ctx.lang).joining
  if (!props.ready) return <>{props.children}</>
  return (
    <Form action="/self-check/joining" submit={say.submit}>
      <HiddenField name="check" value={view.check.id} />
      {props.children}
      <p class="mm-note">{say.names(ctx.actor.name)}</p>
    </Form>
  )
}

/** One question with what each sheet said, and the choice of the person who joins. */
function Pick(props: { ctx: SignedCtx; one: Gathered }): VNode {
  const { one } = props
  const { lang } = props.ctx
  const whole = checkWords(lang)
  const say = whole.joining
  const given = [...new Set(one.said.map((said) => said.answer))]
  const min = one.joined?.min
  return (
    <SelectField
      form={blankForm()}
      name={`pick-${one.question.key}`}
      label={say.label(one.no, one.question.topic[lang])}
      help={one.said
        .map((said) =>
          say.said(
            said.place === '' ? whole.wholeCompany : said.place,
            sayAnswer(lang, said.answer),
            said.by,
          ),
        )
        .join(lang === 'ja' ? '、' : '; ')}
      options={[
        { value: '', text: min === undefined ? '' : say.keep(sayAnswer(lang, min)) },
        ...given
          .filter((answer) => answer !== min)
          .map((answer) => ({ value: answer, text: sayAnswer(lang, answer) })),
      ]}
    />
  )
}

export const joiningRoutes: readonly RouteSpec[] = [joining, join]
