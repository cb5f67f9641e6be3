import type { VNode } from 'preact'
import { z } from 'zod'
import { enterAs, isSetUpCode, setUpInstallation } from '../../access/index.ts'
import { fault } from '../../base/fault.ts'
import {
  blankForm,
  type Ctx,
  Form,
  type FormState,
  failForm,
  field,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  TextField,
  Title,
} from '../../http/index.ts'
import { fromOf, type SignInDoor } from './guards.ts'
import { words } from './words.ts'

const schema = z.object({
  code: field.text({ max: 40 }),
  providerName: field.text({ max: 200 }),
  adminName: field.text({ max: 100 }),
  adminEmail: field.email(),
  deskPhone: field.phone(),
  deskHours: field.text({ max: 60 }),
})

function FirstRunPage(props: { ctx: Ctx; form: FormState }): VNode {
  const { ctx, form } = props
  const say = words[ctx.lang].firstRun
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" form={form}>
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      <div class="mm-section" data-first>
        <Form action="/first-run" submit={say.submit} form={form}>
          <TextField form={form} name="code" label={say.code} help={say.codeHelp} required chars={13} />
          <TextField
            form={form}
            name="providerName"
            label={say.providerName}
            help={say.providerHelp}
            autocomplete="organization"
            required
            chars={24}
          />
          <TextField
            form={form}
            name="adminName"
            label={say.adminName}
            autocomplete="name"
            required
            chars={24}
          />
          <TextField
            form={form}
            name="adminEmail"
            label={say.adminEmail}
            help={say.emailHelp}
            type="email"
            inputmode="email"
            autocomplete="email"
            required
            chars={24}
          />
          <TextField
            form={form}
            name="deskPhone"
            label={say.deskPhone}
            help={say.deskHelp}
            type="tel"
            inputmode="tel"
            required
            chars={13}
          />
          <TextField
            form={form}
            name="deskHours"
            label={say.deskHours}
            help={say.hoursHelp}
            required
            chars={24}
          />
        </Form>
      </div>
    </PublicPage>
  )
}

function labelsOf(ctx: Ctx): Record<keyof z.infer<typeof schema>, string> {
  const say = words[ctx.lang].firstRun
  return {
    code: say.code,
    providerName: say.providerName,
    adminName: say.adminName,
    adminEmail: say.adminEmail,
    deskPhone: say.deskPhone,
    deskHours: say.deskHours,
  }
}

/** Makes the provider and the first administrator; there only until it is done, and only with the program's own code. */
export function firstRunRoutes({ access, guards }: SignInDoor): readonly RouteSpec[] {
  const mustBeFirst = (ctx: Ctx): void => {
    if (ctx.house) throw fault('NOT_FOUND')
  }
  return [
    route({
      method: 'GET',
      path: '/first-run',
      area: 'public',
      handle: async (ctx) => {
        mustBeFirst(ctx)
        return { page: <FirstRunPage ctx={ctx} form={blankForm()} /> }
      },
    }),
    route({
      method: 'POST',
      path: '/first-run',
      area: 'public',
      handle: async (ctx) => {
        mustBeFirst(ctx)
        guards.setUp.take(ctx.ip, ctx.now)
        const read = readForm(ctx, schema, labelsOf(ctx))
        if (!read.ok) return { page: <FirstRunPage ctx={ctx} form={read.form} />, status: 422 }
        const { code, ...setUp } = read.value
        if (!isSetUpCode(code, access.setUpCode)) {
          const form = failForm(ctx, { code: words[ctx.lang].firstRun.codeWrong })
          return { page: <FirstRunPage ctx={ctx} form={form} />, status: 422 }
        }
        const { person } = await setUpInstallation(access, setUp, ctx.now)
        const entered = await enterAs(access, person, { ...fromOf(ctx), how: 'first-run' })
        return { redirect: entered?.home ?? '/sign-in', cookies: entered?.cookies ?? [] }
      },
    }),
  ]
}
