import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { declarationInForce } from '../../../declaration/index.ts'
import {
  type Answer,
  Banner,
  blankForm,
  CheckField,
  field,
  Form,
  type FormState,
  LinkButton,
  OwnerPage,
  readForm,
  RadioField,
  type RouteSpec,
  route,
  Section,
  SelectField,
  type SignedCtx,
  Table,
  TextField,
  Time,
  Title,
} from '../../../http/index.ts'
import { listProofs, makeProof, type Proof, proofKinds, proofOf, proofPdf } from '../../../proof/index.ts'
import { proofWords } from '../../shared/proof-words.ts'
import type { OwnerParts } from '../parts.ts'
import { ownerNav } from '../say.ts'

const lives = ['30', '90', '180', '365'] as const
const schema = z.object({
  kind: field.choice(proofKinds),
  recipient: field.text({ max: 80 }),
  days: field.choice(lives),
  selfCheck: field.flag(),
  watch: field.flag(),
  training: field.flag(),
})

type Read = { readonly proofs: readonly Proof[]; readonly declared: boolean }

async function readProofs(ctx: SignedCtx): Promise<Read> {
  const company = ctx.actor.organisation
  return ctx.inCompany(company, async (tx) => ({
    proofs: await listProofs(tx, company),
    declared: (await declarationInForce(tx, company)) !== undefined,
  }))
}

/** The packs of a company: list, make, PDF. */
export function proofPages(parts: OwnerParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/proofs',
      area: 'owner',
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        page: (
          <ProofsPage
            ctx={ctx}
            read={await readProofs(ctx)}
            form={blankForm({ kind: 'subsidy', days: '90' })}
          />
        ),
      }),
    }),
    route({
      method: 'POST',
      path: '/proofs',
      area: 'owner',
      roles: ['owner'],
      handle: (ctx: SignedCtx) => make(parts, ctx),
    }),
    route({
      method: 'GET',
      path: '/proofs/:proof/pdf',
      area: 'owner',
      ids: { proof: 'proof' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const company = ctx.actor.organisation
        const found = await ctx.inCompany(company, (tx) =>
          proofOf(tx, { company, proof: ctx.params['proof'] ?? '' }),
        )
        if (found === undefined) throw fault('NOT_FOUND')
        const body = await proofPdf({ ...found, link: undefined }, ctx.lang)
        return { file: { body, type: 'application/pdf', name: `${proofWords(ctx.lang).title}.pdf` } }
      },
    }),
  ]
}

/** The link is shown in the answer itself: its secret is kept nowhere. */
async function make(parts: OwnerParts, ctx: SignedCtx): Promise<Answer> {
  const say = proofWords(ctx.lang)
  const read = readForm(ctx, schema, { kind: say.kind, recipient: say.recipient, days: say.days })
  if (!read.ok) {
    return { page: <ProofsPage ctx={ctx} read={await readProofs(ctx)} form={read.form} />, status: 422 }
  }
  const { recipient, days, ...wanted } = read.value
  const { baseUrl } = parts.access
  const made = await makeProof({ pool: ctx.db, seal: parts.seal, issuer: baseUrl }, ctx.actor, {
    wanted,
    recipient,
    days: Number(days),
    now: ctx.now,
  })
  return { page: <MadePage ctx={ctx} path={`/proof/${made.secret}`} baseUrl={baseUrl} /> }
}

function ProofsPage(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read, form } = props
  const say = proofWords(ctx.lang)
  return (
    <OwnerPage
      ctx={ctx}
      title={say.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={form}
      back={{ href: '/stars', text: say.back }}
    >
      {ctx.query['done'] === 'revoked' && <Banner tone="ok">{say.done.revoked}</Banner>}
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <Section id="new" head={say.newHead}>
        {!read.declared && <p class="mm-note">{say.undeclared}</p>}
        {ctx.actor.role === 'owner' ? <NewForm ctx={ctx} form={form} /> : <p>{say.ownerOnly}</p>}
      </Section>
      <Section id="list" head={say.listHead}>
        {read.proofs.length === 0 ? <p>{say.none}</p> : <ProofTable ctx={ctx} proofs={read.proofs} />}
      </Section>
    </OwnerPage>
  )
}

function NewForm(props: { ctx: SignedCtx; form: FormState }): VNode {
  const { form } = props
  const say = proofWords(props.ctx.lang)
  const kinds = proofKinds.map((value) => ({
    value,
    text: say.kinds[value].name,
    help: say.kinds[value].text,
  }))
  return (
    <Form action="/proofs" form={form} submit={say.make}>
      <RadioField form={form} name="kind" label={say.kind} options={kinds} required />
      <TextField
        form={form}
        name="recipient"
        label={say.recipient}
        help={say.recipientHelp}
        required
        chars={24}
      />
      <SelectField
        form={form}
        name="days"
        label={say.days}
        options={lives.map((value) => ({ value, text: say.daysOptions[value] }))}
        required
      />
      <fieldset class="mm-field">
        <legend class="mm-field__label">{say.include}</legend>
        <p class="mm-field__help">{say.includeHelp}</p>
        <CheckField form={form} name="selfCheck" label={say.includeSelfCheck} />
        <CheckField form={form} name="watch" label={say.includeWatch} />
        <CheckField form={form} name="training" label={say.includeTraining} />
      </fieldset>
    </Form>
  )
}

function stateOf(it: Proof, now: number): 'open' | 'expired' | 'revoked' {
  if (it.revokedAt !== null) return 'revoked'
  return it.expiresAt <= now ? 'expired' : 'open'
}

function ProofTable(props: { ctx: SignedCtx; proofs: readonly Proof[] }): VNode {
  const { ctx } = props
  const say = proofWords(ctx.lang)
  return (
    <Table
      label={say.listHead}
      stack
      head={[say.for, say.until, say.state, say.opened, say.act]}
      rows={props.proofs.map((it) => {
        const state = stateOf(it, ctx.now)
        return {
          key: it.id,
          cells: [
            `${it.recipient}（${say.kinds[it.kind].name}）`,
            <Time key="u" at={it.expiresAt} form="day" />,
            say.states[state],
            say.openedTimes(it.opened),
            <span class="mm-cluster" key="a">
              <a class="mm-link" href={`/proofs/${it.id}/pdf`}>
                {say.pdf}
              </a>
              {state === 'open' && ctx.actor.role === 'owner' && (
                <a class="mm-link" href={`/proofs/${it.id}/ending`}>
                  {say.revoke}
                </a>
              )}
            </span>,
          ],
        }
      })}
    />
  )
}

function MadePage(props: { ctx: SignedCtx; path: string; baseUrl: string }): VNode {
  const { ctx, path } = props
  const say = proofWords(ctx.lang)
  return (
    <OwnerPage
      ctx={ctx}
      title={say.madeTitle}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      back={{ href: '/proofs', text: say.backToList }}
    >
      <Title>{say.madeTitle}</Title>
      <p class="mm-lead">{say.madeText}</p>
      <div class="mm-form">
        <div class="mm-field">
          <label class="mm-field__label" for="link">
            {say.link}
          </label>
          <input class="mm-input" id="link" readOnly value={`${props.baseUrl}${path}`} />
        </div>
        <p>
          <LinkButton href={`${path}/pdf`} size="lg">
            {say.madePdf}
          </LinkButton>
        </p>
      </div>
    </OwnerPage>
  )
}
