import type { VNode } from 'preact'
import { z } from 'zod'
import { enterWithCode } from '../../access/index.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  Form,
  type FormState,
  failForm,
  field,
  Note,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  TextField,
  Title,
} from '../../http/index.ts'
import { type Asked, dropAsked, readAsked } from './asked.ts'
import { fromOf, type SignInDoor } from './guards.ts'
import { words } from './words.ts'

const schema = z.object({ code: field.text({ max: 20 }) })

function CodePage(props: { ctx: Ctx; asked: Asked; form: FormState }): VNode {
  const { ctx, form } = props
  const say = words[ctx.lang].code
  // A typed number is never shown again: it is used up, or wrong.
  const empty = { ...form, values: {} }
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" form={form}>
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.sent(props.asked.email)}</p>
      </Prose>
      <div class="mm-section" data-first>
        <Form
          action="/sign-in/code"
          submit={say.submit}
          form={form}
          back={{ href: '/sign-in', text: say.again }}
        >
          <TextField
            form={empty}
            name="code"
            label={say.code}
            help={say.help}
            inputmode="numeric"
            autocomplete="one-time-code"
            required
            chars={8}
          />
        </Form>
      </div>
      <div class="mm-section">
        <Note>{say.missing}</Note>
      </div>
    </PublicPage>
  )
}

/** Digits as people type or paste them. */
function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '')
}

async function tryCode(door: SignInDoor, ctx: Ctx, asked: Asked): Promise<Answer> {
  const say = words[ctx.lang].code
  const read = readForm(ctx, schema, { code: say.code })
  if (!read.ok) return { page: <CodePage ctx={ctx} asked={asked} form={read.form} />, status: 422 }
  door.guards.triesFrom.take(ctx.ip, ctx.now)
  door.guards.triesTo.take(asked.email, ctx.now)
  const typed = { email: asked.email, code: digitsOf(read.value.code) }
  const entered = await enterWithCode(door.access, typed, fromOf(ctx))
  if (!entered) {
    const form = failForm(ctx, { code: say.wrong })
    return { page: <CodePage ctx={ctx} asked={asked} form={form} />, status: 422 }
  }
  return {
    redirect: asked.to || entered.home,
    cookies: [...entered.cookies, dropAsked(door.secure)],
  }
}

/** Entering the number from the mail. */
export function codeRoutes(door: SignInDoor): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/sign-in/code',
      area: 'public',
      handle: async (ctx) => {
        const asked = readAsked(ctx)
        return asked
          ? { page: <CodePage ctx={ctx} asked={asked} form={blankForm()} /> }
          : { redirect: '/sign-in' }
      },
    }),
    route({
      method: 'POST',
      path: '/sign-in/code',
      area: 'public',
      handle: async (ctx) => {
        const asked = readAsked(ctx)
        return asked ? tryCode(door, ctx, asked) : { redirect: '/sign-in' }
      },
    }),
  ]
}
