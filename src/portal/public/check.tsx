import type { VNode } from 'preact'
import { z } from 'zod'
import type { Severity } from '../../base/severity.ts'
import { fromJst, type Instant } from '../../base/time.ts'
import {
  blankForm,
  Card,
  Code,
  type Ctx,
  Facts,
  Form,
  type FormState,
  field,
  Mark,
  Note,
  PhoneLink,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  Section,
  TextField,
  Time,
  Title,
} from '../../http/index.ts'
import { words } from './words.ts'

type CheckAnswer =
  | { readonly sent: true; readonly date: string; readonly severity: Severity; readonly code: string }
  | { readonly sent: false }

/** Whether a notice of this number was sent; the slice that sends them answers, and limits how often one may ask. */
export type CheckNumber = (number: string, who: { readonly ip: string }, now: Instant) => Promise<CheckAnswer>

const schema = z.object({ number: field.text({ max: 40 }) })

function CheckPage(props: { ctx: Ctx; form: FormState; answer?: CheckAnswer }): VNode {
  const { ctx, form, answer } = props
  const say = words[ctx.lang].check
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" form={form}>
      <Title>{say.title}</Title>
      {answer && <Verdict ctx={ctx} answer={answer} />}
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      <div class="mm-section" data-first>
        <Form action="/check" submit={say.submit} form={form}>
          <TextField
            form={form}
            name="number"
            label={say.number}
            help={say.help}
            inputmode="numeric"
            required
            chars={13}
          />
        </Form>
      </div>
      <Section id="rules" head={say.rulesHead}>
        <ul class="mm-bullets">
          {say.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <Note>{say.rulesNote}</Note>
      </Section>
    </PublicPage>
  )
}

/** Noon of a date in Japan, to be shown as that date. */
function noonOf(date: string): Instant {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return fromJst({ year, month, day, hour: 12 })
}

function Verdict(props: { ctx: Ctx; answer: CheckAnswer }): VNode {
  const { ctx, answer } = props
  const say = words[ctx.lang].check
  if (!answer.sent) {
    return (
      <div class="mm-section" data-first role="status">
        <p class="mm-verdict" data-valid="no">
          {say.notSent}
        </p>
        <Card tone="quiet">
          <p>{say.notSentText}</p>
          {ctx.house && (
            <p>
              <PhoneLink phone={ctx.house.deskPhone} />
            </p>
          )}
        </Card>
      </div>
    )
  }
  return (
    <div class="mm-section" data-first role="status">
      <p class="mm-verdict" data-valid="yes">
        {say.sent}
      </p>
      <Facts
        rows={[
          { name: say.facts.date, value: <Time at={noonOf(answer.date)} form="day" /> },
          { name: say.facts.severity, value: <Mark mark={answer.severity} /> },
          { name: say.facts.code, value: <Code>{answer.code}</Code>, note: say.codeNote },
        ]}
      />
    </div>
  )
}

/** Is it genuine? Answers only that, the day, how urgent, and whose code to compare. */
export function checkRoutes(checkNumber: CheckNumber): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/check',
      area: 'public',
      handle: async (ctx) => ({ page: <CheckPage ctx={ctx} form={blankForm()} /> }),
    }),
    route({
      method: 'POST',
      path: '/check',
      area: 'public',
      handle: async (ctx) => {
        const read = readForm(ctx, schema, { number: words[ctx.lang].check.number })
        if (!read.ok) return { page: <CheckPage ctx={ctx} form={read.form} />, status: 422 }
        const answer = await checkNumber(read.value.number, { ip: ctx.ip }, ctx.now)
        return {
          page: <CheckPage ctx={ctx} form={blankForm({ number: read.value.number })} answer={answer} />,
        }
      },
    }),
  ]
}
