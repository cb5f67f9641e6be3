import type { VNode } from 'preact'
import { z } from 'zod'
import { leave } from '../../access/index.ts'
import {
  blankForm,
  type Ctx,
  Form,
  type FormState,
  field,
  homeOf,
  LinkButton,
  Note,
  PhoneLink,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  TextField,
  Title,
} from '../../http/index.ts'
import { dropAsked, keepAsked, localOr } from './asked.ts'
import type { SignInDoor } from './guards.ts'
import { words } from './words.ts'

const schema = z.object({ email: field.email(), to: field.optionalText({ max: 500 }) })

function SignInPage(props: { ctx: Ctx; form: FormState }): VNode {
  const { ctx, form } = props
  const all = words[ctx.lang]
  const say = all.signIn
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" form={form}>
      <Title>{say.title}</Title>
      {ctx.actor ? (
        <Prose>
          <p>{say.already(ctx.actor.name)}</p>
          <p>
            <LinkButton href={homeOf(ctx.actor)}>{say.home}</LinkButton>
          </p>
        </Prose>
      ) : (
        <>
          <Prose>
            <p>{say.lead}</p>
            {ctx.house?.practice && <p>{say.practice}</p>}
          </Prose>
          <div class="mm-section" data-first>
            <Form action="/sign-in" submit={say.submit} form={form} hidden={{ to: form.values['to'] ?? '' }}>
              <TextField
                form={form}
                name="email"
                label={say.email}
                type="email"
                inputmode="email"
                autocomplete="email"
                required
                chars={24}
              />
            </Form>
          </div>
          {ctx.house && (
            <div class="mm-section">
              <Note>
                {say.trouble} <PhoneLink phone={ctx.house.deskPhone} />
              </Note>
            </div>
          )}
        </>
      )}
    </PublicPage>
  )
}

function LeftPage(props: { ctx: Ctx }): VNode {
  const say = words[props.ctx.lang].left
  return (
    <PublicPage ctx={props.ctx} title={say.title} width="reading">
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.text}</p>
        <p>
          <a class="mm-link" href="/">
            {say.home}
          </a>
        </p>
      </Prose>
    </PublicPage>
  )
}

/** Asking for a number, and leaving. */
export function signInRoutes(door: SignInDoor): readonly RouteSpec[] {
  const { access, guards, secure } = door
  return [
    route({
      method: 'GET',
      path: '/sign-in',
      area: 'public',
      handle: async (ctx) => ({
        page: <SignInPage ctx={ctx} form={blankForm({ to: localOr(ctx.query['to'], '') })} />,
      }),
    }),
    route({
      method: 'POST',
      path: '/sign-in',
      area: 'public',
      handle: async (ctx) => {
        const read = readForm(ctx, schema, { email: words[ctx.lang].signIn.email })
        if (!read.ok) return { page: <SignInPage ctx={ctx} form={read.form} />, status: 422 }
        const { email, to } = read.value
        guards.mailsFrom.take(ctx.ip, ctx.now)
        guards.mailsTo.take(email, ctx.now)
        // Known or not, the answer is the same and comes as fast: the mail is sent afterwards.
        access.later(() => access.signIn.requestCode(email), 'sending a number')
        return {
          redirect: '/sign-in/code',
          cookies: [keepAsked({ email, to: localOr(to, '') }, secure)],
        }
      },
    }),
    route({
      method: 'POST',
      path: '/sign-out',
      area: 'public',
      handle: async (ctx) => ({
        page: <LeftPage ctx={{ ...ctx, actor: undefined }} />,
        cookies: [...(await leave(access, ctx.actor, ctx.headers)), dropAsked(secure)],
      }),
    }),
  ]
}
