import type { VNode } from 'preact'
import { z } from 'zod'
import { fault, isFault } from '../../../base/fault.ts'
import { qrSvg } from '../../../document/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  Card,
  failForm,
  field,
  Form,
  type FormState,
  LinkButton,
  Prose,
  type RouteSpec,
  readForm,
  route,
  Section,
  SelectField,
  type SignedCtx,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  type Invitation,
  inviteRespondent,
  type Overview,
  overviewOf,
  renewLink,
  revokeLink,
  type SheetState,
} from '../../../self-check/index.ts'
import type { OwnerParts } from '../parts.ts'
import { CheckPage } from './frame.tsx'
import { checkWords, dateWords } from './words.ts'

type Open = NonNullable<Overview['open']>

const schema = z.object({
  place: field.text({ max: 40 }),
  name: field.text({ max: 40 }),
  email: z
    .string()
    .optional()
    .default('')
    .transform((typed) => typed.normalize('NFKC').replace(/\s/g, '').toLowerCase())
    .pipe(z.union([z.literal(''), z.email('email').max(254, 'email')], { error: 'email' })),
  language: field.choice(['ja', 'en']),
})

async function openOf(ctx: SignedCtx): Promise<Open> {
  const { open } = await ctx.inCompany(ctx.actor.organisation, (tx) => overviewOf(tx, ctx.actor.organisation))
  if (open === undefined) throw fault('NOT_FOUND')
  return open
}

/** The sheets of the open check, the links to them, and a form for one more. */
export const together = route({
  method: 'GET',
  path: '/self-check/together',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { open } = await ctx.inCompany(ctx.actor.organisation, (tx) =>
      overviewOf(tx, ctx.actor.organisation),
    )
    if (open === undefined) return { redirect: '/self-check' }
    return { page: <TogetherPage ctx={ctx} open={open} form={blankForm({ language: ctx.lang })} /> }
  },
})

function invite(parts: OwnerParts): RouteSpec {
  return route({
    method: 'POST',
    path: '/self-check/together',
    area: 'owner',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = checkWords(ctx.lang).together
      const again = async (form: FormState): Promise<Answer> => ({
        page: <TogetherPage ctx={ctx} open={await openOf(ctx)} form={form} />,
        status: 422,
      })
      const read = readForm(ctx, schema, {
        place: say.place,
        name: say.name,
        email: say.email,
        language: say.language,
      })
      if (!read.ok) return again(read.form)
      const { email, ...invited } = read.value
      try {
        const made = await inviteRespondent(
          parts.access,
          ctx.actor,
          { ...invited, email: email === '' ? undefined : email },
          ctx.now,
        )
        return await handedOver(ctx, made, invited.place)
      } catch (thrown) {
        if (isFault(thrown) && thrown.details['field'] === 'place') {
          return again(failForm(ctx, { place: say.placeTaken }))
        }
        throw thrown
      }
    },
  })
}

function renew(parts: OwnerParts): RouteSpec {
  return route({
    method: 'POST',
    path: '/self-check/sheets/:sheet/links',
    area: 'owner',
    ids: { sheet: 'sheet' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const sheet = ctx.params['sheet'] ?? ''
      const made = await renewLink(parts.access, ctx.actor, sheet, ctx.now)
      const open = await openOf(ctx)
      const place = open.sheets.find((one) => one.id === sheet)?.place ?? ''
      return made.address === undefined
        ? { redirect: '/self-check/together?done=renewed' }
        : handedOver(ctx, made, place)
    },
  })
}

/** With a mail on its way back to the list; else the link and its code, which are shown this once. */
async function handedOver(ctx: SignedCtx, made: Invitation, place: string): Promise<Answer> {
  if (made.address === undefined) return { redirect: '/self-check/together?done=invited' }
  const say = checkWords(ctx.lang).together
  const code = await qrSvg(made.address, { label: say.handCode })
  return {
    page: (
      <CheckPage ctx={ctx} title={say.handTitle} back={{ href: '/self-check/together', text: say.handBack }}>
        <Title>{say.handTitle}</Title>
        <Prose>
          <p>{say.handText(place)}</p>
          <p class="mm-break">
            <a class="mm-link" href={made.address}>
              {made.address}
            </a>
          </p>
        </Prose>
        <div
          class="mm-notice__part"
          dangerouslySetInnerHTML={{ __html: code.replace('<svg ', '<svg width="240" ') }}
        />
      </CheckPage>
    ),
  }
}

/** Ends a respondent's link. */
export const revocation = route({
  method: 'POST',
  path: '/self-check/links/:link/revocation',
  area: 'owner',
  ids: { link: 'link' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    await ctx.inCompany(ctx.actor.organisation, (tx) =>
      revokeLink(tx, ctx.actor, ctx.params['link'] ?? '', ctx.now),
    )
    return { redirect: '/self-check/together?done=revoked' }
  },
})

function TogetherPage(props: { ctx: SignedCtx; open: Open; form: FormState }): VNode {
  const { ctx, open, form } = props
  const say = checkWords(ctx.lang).together
  const done: Readonly<Record<string, string>> = say.done
  const said = done[ctx.query['done'] ?? '']
  return (
    <CheckPage ctx={ctx} title={say.title} form={form}>
      {said !== undefined && <Banner>{said}</Banner>}
      <Title>{say.title}</Title>
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      <Section id="sheets" head={say.sheets}>
        <div class="mm-stack" data-gap="5">
          {open.sheets.map((sheet) => (
            <SheetCard key={sheet.id} ctx={ctx} sheet={sheet} of={open.of} />
          ))}
        </div>
        <div class="mm-cluster mm-notice__part">
          <LinkButton size="lg" href="/self-check/joining">
            {say.join}
          </LinkButton>
        </div>
        <p class="mm-note">{say.joinNote}</p>
      </Section>
      <Section id="add" head={say.add}>
        <Form action="/self-check/together" submit={say.submit} form={form}>
          <TextField form={form} name="place" label={say.place} help={say.placeHelp} required chars={24} />
          <TextField form={form} name="name" label={say.name} required chars={13} />
          <TextField
            form={form}
            name="email"
            label={say.email}
            help={say.emailHelp}
            type="email"
            inputmode="email"
            chars={24}
          />
          <SelectField
            form={form}
            name="language"
            label={say.language}
            options={[
              { value: 'ja', text: say.languages.ja },
              { value: 'en', text: say.languages.en },
            ]}
          />
        </Form>
      </Section>
    </CheckPage>
  )
}

function SheetCard(props: { ctx: SignedCtx; sheet: SheetState; of: number }): VNode {
  const { ctx, sheet, of } = props
  const whole = checkWords(ctx.lang)
  const say = whole.together
  const { link } = sheet
  return (
    <Card title={sheet.place === '' ? say.mine : sheet.place} tone="quiet">
      <p>
        {sheet.respondent}・{say.state(sheet.answered, of)}
      </p>
      {link !== undefined && <p class="mm-note">{linkWords(ctx, link)}</p>}
      <div class="mm-cluster mm-notice__part">
        <LinkButton kind="secondary" href={`/self-check/sheets/${sheet.id}/questions/${sheet.next}`}>
          {say.answer}
        </LinkButton>
        {sheet.place !== '' && (
          <ActForm action={`/self-check/sheets/${sheet.id}/links`} submit={say.renew} kind="quiet" />
        )}
        {link !== undefined && link.revokedAt === null && link.expiresAt > ctx.now && (
          <ActForm action={`/self-check/links/${link.id}/revocation`} submit={say.revoke} kind="quiet" />
        )}
      </div>
    </Card>
  )
}

function linkWords(ctx: SignedCtx, link: NonNullable<SheetState['link']>): string {
  const say = checkWords(ctx.lang).together
  if (link.revokedAt !== null) return say.revoked
  if (link.expiresAt <= ctx.now) return say.expired
  const mail = say.mail[link.mail] + (link.email === null ? '' : `（${link.email}）`)
  return `${mail}・${say.until(dateWords(ctx.lang, link.expiresAt))}`
}

export const togetherRoutes = (parts: OwnerParts): readonly RouteSpec[] => [
  together,
  invite(parts),
  renew(parts),
  revocation,
]
