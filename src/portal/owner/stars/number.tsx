import type { VNode } from 'preact'
import { z } from 'zod'
import { jstDate } from '../../../base/time.ts'
import {
  enterNumber,
  gateFacts,
  judgeGates,
  practiceNumber,
  readNumber,
  readStanding,
  readyFor,
} from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  Form,
  type FormState,
  failForm,
  field,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  Steps,
  TextField,
} from '../../../http/index.ts'
import { levelOf } from './prepare.tsx'
import { byOf, ipaSite, OutLink, StarsPage, starWords } from './say.tsx'

type Kind = 'number' | 'earlier'
const levels = ['SA1', 'SA2'] as const
const input = z.object({
  level: field.choice(levels),
  number: field.optionalText({ max: 60 }),
  declaredOn: field.day(),
})

const page = (kind: Kind) =>
  route({
    method: 'GET',
    path: `/stars/${kind}`,
    area: 'owner',
    roles: ['owner'],
    async handle(ctx: SignedCtx): Promise<Answer> {
      const level = kind === 'number' ? levelOf(ctx) : undefined
      const form = blankForm({ level, declaredOn: kind === 'number' ? jstDate(ctx.now) : undefined })
      const ready = level === undefined || (await isReady(ctx, level))
      return { page: <NumberPage ctx={ctx} form={form} kind={kind} ready={ready} /> }
    },
  })

async function isReady(ctx: SignedCtx, level: 'SA1' | 'SA2'): Promise<boolean> {
  const it = await ctx.inCompany(ctx.actor.organisation, (tx) => readStanding(tx, ctx.actor.organisation))
  return readyFor(judgeGates(gateFacts(it), level, ctx.now))
}

const keep = (kind: Kind) =>
  route({
    method: 'POST',
    path: `/stars/${kind}`,
    area: 'owner',
    roles: ['owner'],
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = starWords(ctx.lang).number
      const labels = { level: say.levelLabel, number: say.label, declaredOn: say.on }
      const again = (form: FormState): Answer => ({
        page: <NumberPage ctx={ctx} form={form} kind={kind} ready />,
        status: 422,
      })
      const read = readForm(ctx, input, labels)
      if (!read.ok) return again(read.form)
      const { level, declaredOn } = read.value
      const typed = readNumber(read.value.number ?? '', ctx.house?.practice ?? false)
      if (!typed.ok) return again(failForm(ctx, { number: say.wrong[typed.why] }))
      const entered = {
        level,
        declaredOn,
        number: typed.number,
        system: typed.system,
        earlier: kind === 'earlier',
      }
      const kept = await ctx.inCompany(ctx.actor.organisation, (tx) => enterNumber(tx, byOf(ctx), entered))
      if (!kept.ok) {
        const at = kept.why === 'same' ? 'number' : 'declaredOn'
        return again(failForm(ctx, { [at]: say.wrong[kept.why] }))
      }
      const whole = kind === 'number' && kept.declaration.state === 'declared'
      return { redirect: whole ? `/stars/declared?level=${level}` : '/stars?done=imported' }
    },
  })

function NumberPage(props: { ctx: SignedCtx; form: FormState; kind: Kind; ready: boolean }): VNode {
  const { ctx, form, kind } = props
  const words = starWords(ctx.lang)
  const say = words.number
  const earlier = kind === 'earlier'
  return (
    <StarsPage ctx={ctx} title={earlier ? say.earlierTitle : say.title} form={form}>
      <p class="mm-lead">{earlier ? say.earlierLead : say.lead}</p>
      {!props.ready && <p class="mm-note">{say.notReady}</p>}
      <Form action={`/stars/${kind}`} form={form} submit={say.submit}>
        <TextField
          form={form}
          name="number"
          label={say.label}
          help={ctx.house?.practice ? say.practiceHelp(practiceNumber) : say.help}
          inputmode={ctx.house?.practice ? 'text' : 'numeric'}
          chars={13}
          required
        />
        <SelectField
          form={form}
          name="level"
          label={say.levelLabel}
          blank
          required
          options={levels.map((level) => ({ value: level, text: words.marked[level] }))}
        />
        <TextField
          form={form}
          name="declaredOn"
          label={say.on}
          help={say.onHelp}
          type="date"
          chars={13}
          required
        />
      </Form>
      {earlier && (
        <div class="mm-section">
          <p>{say.earlierAfter}</p>
          <p>
            <OutLink href={ipaSite} text={words.ipaList} lang={ctx.lang} />
          </p>
        </div>
      )}
    </StarsPage>
  )
}

/** What was just declared, and the three things that follow. */
const declared = route({
  method: 'GET',
  path: '/stars/declared',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const words = starWords(ctx.lang)
    const say = words.number
    return {
      page: (
        <StarsPage ctx={ctx} title={say.declaredTitle(levelOf(ctx))}>
          <p class="mm-lead">{say.declaredLead}</p>
          <section class="mm-section" aria-labelledby="next">
            <h2 class="mm-section__head" id="next">
              {say.declaredNext}
            </h2>
            <Steps items={say.declaredSteps} />
            <p class="mm-cluster">
              <a class="mm-link" href="/stars/text">
                {words.text.title}
              </a>
              <a class="mm-link" href="/stars/logo">
                {words.logo.title}
              </a>
            </p>
          </section>
        </StarsPage>
      ),
    }
  },
})

/** Entering the number that IPA gave, now or years ago. */
export const numberRoutes = [page('number'), keep('number'), page('earlier'), keep('earlier'), declared]
