import type { VNode } from 'preact'
import { z } from 'zod'
import { jstDate } from '../../../base/time.ts'
import { type Badges, type Checked, entryUrl, sayDate } from '../../../badge/index.ts'
import {
  type Answer,
  blankForm,
  Code,
  type Ctx,
  type Fact,
  Facts,
  Form,
  type FormState,
  field,
  LinkButton,
  Note,
  Phrased,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  Section,
  TextArea,
  Title,
} from '../../../http/index.ts'
import { Checks } from './checks.tsx'
import { verdictOf } from './verdict.ts'
import { words } from './words.ts'

/** Room for the text of a picture, or a credential with some words around it. */
const longest = 120_000
const schema = z.object({ credential: field.text({ max: longest }) })

/** A date in Japan, in words and for machines. */
function Day(props: { ctx: Ctx; date: string }): VNode {
  return <time dateTime={props.date}>{sayDate(props.ctx.lang, props.date)}</time>
}

type Content = {
  readonly name: string
  readonly number: string
  readonly corporateNumber?: string | undefined
  readonly level: 'SA1' | 'SA2'
  readonly edition: 'jou5' | 'jou6'
  readonly declaredOn: string
}

function contentRows(ctx: Ctx, of: Content): Fact[] {
  const say = words[ctx.lang]
  const { fields } = say.verify
  return [
    { name: fields.name, value: of.name },
    ...(of.corporateNumber === undefined
      ? []
      : [{ name: fields.corporateNumber, value: of.corporateNumber }]),
    { name: fields.level, value: say.level[of.level] },
    { name: say.verify.number, value: <Code>{of.number}</Code> },
    { name: fields.declaredOn, value: <Day ctx={ctx} date={of.declaredOn} /> },
    { name: fields.edition, value: say.edition[of.edition] },
  ]
}

function timeRows(ctx: Ctx, said: NonNullable<Checked['said']>): Fact[] {
  const { verify } = words[ctx.lang]
  const issued = { name: verify.issuedAt, value: <Day ctx={ctx} date={jstDate(said.issuedAt)} /> }
  if (said.expiresAt === undefined) return [issued]
  return [
    issued,
    {
      name: verify.expiresAt,
      value: <Day ctx={ctx} date={jstDate(said.expiresAt)} />,
      note: verify.expiryNote,
    },
  ]
}

/** What the credential says and, where that differs or only a number was asked, what the register says now. */
function Contents(props: { ctx: Ctx; checked: Checked }): VNode {
  const { ctx, checked } = props
  const { verify } = words[ctx.lang]
  const { said, entry, same } = checked
  return (
    <>
      {said && (
        <Section id="said" head={verify.factsHead}>
          <Facts rows={[...contentRows(ctx, said), ...timeRows(ctx, said)]} />
        </Section>
      )}
      {entry && (!said || (same && !same.good)) && (
        <Section id="now" head={verify.factsNowHead}>
          <Facts rows={contentRows(ctx, { ...entry, edition: entry.pledgeEdition })} />
        </Section>
      )}
      {checked.registry && (
        <p class="mm-section">
          <LinkButton href={entry ? entryUrl('', entry.number) : '/registry'} kind="secondary">
            {entry ? verify.toEntry : verify.toRegistry}
          </LinkButton>
        </p>
      )}
    </>
  )
}

function Result(props: { ctx: Ctx; checked: Checked }): VNode {
  const { ctx, checked } = props
  const say = words[ctx.lang]
  const { valid, sentence } = verdictOf(say, checked)
  return (
    <>
      <div class="mm-section" data-first role="status">
        <p class="mm-verdict" data-valid={valid} data-phrased>
          <Phrased text={sentence} />
        </p>
        {valid === 'yes' && <Note>{say.verify.own}</Note>}
        {checked.asked === 'nothing' && <Note>{say.verify.why.unreadable}</Note>}
        {!checked.registry && <Note>{say.verify.noRegistry}</Note>}
      </div>
      {checked.asked !== 'nothing' && (
        <Section id="checks" head={say.verify.checksHead}>
          <Checks ctx={ctx} checked={checked} />
        </Section>
      )}
      <Contents ctx={ctx} checked={checked} />
    </>
  )
}

function VerifyPage(props: { ctx: Ctx; form: FormState; checked?: Checked }): VNode {
  const { ctx, form, checked } = props
  const { verify } = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={verify.title} width="reading" form={form}>
      <Title>{verify.title}</Title>
      {checked ? (
        <Result ctx={ctx} checked={checked} />
      ) : (
        <Prose>
          <p>{verify.lead}</p>
        </Prose>
      )}
      <div class="mm-section">
        <Form action="/verify" submit={verify.submit} form={form}>
          <TextArea form={form} name="credential" label={verify.field} help={verify.help} rows={5} required />
        </Form>
      </div>
      <Section id="yourself" head={verify.byYourselfHead}>
        <Prose>
          <p>{verify.byYourself}</p>
        </Prose>
        <ul class="mm-bullets">
          <li>
            <a href="/.well-known/jwks.json">{verify.keys}</a>
          </li>
          <li>
            <a href="/.well-known/did.json">{verify.did}</a>
          </li>
        </ul>
      </Section>
    </PublicPage>
  )
}

export type BadgesOf = (ctx: Ctx) => Badges

async function answer(ctx: Ctx, badges: Badges, text: string): Promise<Answer> {
  const checked = await badges.check(text, ctx.now)
  return { page: <VerifyPage ctx={ctx} form={blankForm()} checked={checked} /> }
}

/** Is this badge genuine, does it still stand, does the register say the same: for anybody, also by link. */
export function verifyRoutes(badgesOf: BadgesOf): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/verify',
      area: 'public',
      handle: async (ctx) => {
        const asked = ctx.query['credential'] ?? ctx.query['number']
        if (asked !== undefined && asked.trim() !== '') return answer(ctx, badgesOf(ctx), asked)
        return { page: <VerifyPage ctx={ctx} form={blankForm()} /> }
      },
    }),
    route({
      method: 'POST',
      path: '/verify',
      area: 'public',
      handle: async (ctx) => {
        const read = readForm(ctx, schema, { credential: words[ctx.lang].verify.title })
        if (!read.ok) return { page: <VerifyPage ctx={ctx} form={read.form} />, status: 422 }
        return answer(ctx, badgesOf(ctx), read.value.credential)
      },
    }),
  ]
}
