import type { VNode } from 'preact'
import { z } from 'zod'
import {
  type Answer,
  Banner,
  blankForm,
  Code,
  Facts,
  failForm,
  field,
  Form,
  type FormState,
  List,
  readForm,
  Record,
  Row,
  route,
  type RouteSpec,
  Section,
  type SignedCtx,
  TextField,
  Time,
  Title,
} from '../../../http/index.ts'
import {
  countReaders,
  listVersions,
  policyPlainText,
  policyReading,
  type PolicySheet,
  type PolicyVersion,
  newestVersion,
  sayDay,
} from '../../../policy/index.ts'
import { fault } from '../../../base/fault.ts'
import type { OwnerParts } from '../parts.ts'
import { sheetOf } from './outputs.ts'
import { PolicyPage, WholePolicy } from './parts.tsx'
import { doingOf, policyWords } from './say.ts'

/** All versions, newest first. */
export const versions = route({
  method: 'GET',
  path: '/policy/versions',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const { organisation } = ctx.actor
    const found = await ctx.inCompany(organisation, (tx) => listVersions(tx, organisation))
    const words = policyWords(ctx.lang)
    return {
      page: (
        <PolicyPage
          ctx={ctx}
          title={words.versions.title}
          back={{ href: '/policy', text: words.version.back }}
        >
          <Title>{words.versions.title}</Title>
          {found.length === 0 && <p>{words.versions.empty}</p>}
          <List>
            {found.map((version) => (
              <Row
                key={version.id}
                href={`/policy/versions/${version.id}`}
                main={words.home.versionValue(version.number)}
                side={<Time at={version.approvedAt} form="full" />}
                sub={words.versions.approved(`${version.approvedTitle} ${version.approvedName}`)}
              />
            ))}
          </List>
        </PolicyPage>
      ),
    }
  },
})

type Shown = {
  readonly version: PolicyVersion
  readonly sheet: PolicySheet
  readonly newest: string
  readonly reading: { readonly people: number; readonly confirmed: number } | undefined
}

async function shownOf(ctx: SignedCtx, parts: OwnerParts): Promise<Shown> {
  const { version, sheet } = await sheetOf(ctx, parts)
  const { organisation } = ctx.actor
  const more = await ctx.inCompany(organisation, async (tx) => ({
    newest: (await newestVersion(tx, organisation))?.id ?? version.id,
    reading: await policyReading(tx, organisation),
  }))
  return { version, sheet, ...more }
}

/** One version: what comes next, its documents, who read it, its text and the record of the approval. */
export function versionRoutes(parts: OwnerParts): readonly RouteSpec[] {
  const path = '/policy/versions/:policy'
  const page = route({
    method: 'GET',
    path,
    area: 'owner',
    ids: { policy: 'policy' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const shown = await shownOf(ctx, parts)
      const { people = '', confirmed = '' } = shown.reading ?? {}
      const form = blankForm({ people: String(people), confirmed: String(confirmed) })
      return { page: <VersionPage ctx={ctx} shown={shown} form={form} /> }
    },
  })
  const readers = route({
    method: 'POST',
    path: `${path}/readers`,
    area: 'owner',
    ids: { policy: 'policy' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const shown = await shownOf(ctx, parts)
      // Counts belong to the version in force.
      if (shown.version.id !== shown.newest) throw fault('NOT_FOUND')
      const say = policyWords(ctx.lang).version
      const schema = z.object({
        people: field.number({ min: 1, max: 100_000 }),
        confirmed: field.number({ min: 0, max: 100_000 }),
      })
      const read = readForm(ctx, schema, { people: say.people, confirmed: say.confirmed })
      const again = (form: FormState): Answer => ({
        page: <VersionPage ctx={ctx} shown={shown} form={form} />,
        status: 422,
      })
      if (!read.ok) return again(read.form)
      const { value } = read
      if (value.confirmed > value.people) return again(failForm(ctx, { confirmed: say.readersMore }))
      await ctx.inCompany(ctx.actor.organisation, (tx) => countReaders(tx, doingOf(ctx), value))
      return { redirect: `/policy/versions/${shown.version.id}?done=readers` }
    },
  })
  return [page, readers]
}

function VersionPage(props: { ctx: SignedCtx; shown: Shown; form: FormState }): VNode {
  const { ctx, shown, form } = props
  const { version, sheet } = shown
  const say = policyWords(ctx.lang).version
  const inForce = version.id === shown.newest
  const title = say.title(version.number)
  return (
    <PolicyPage ctx={ctx} title={title} form={form} back={{ href: '/policy', text: say.back }}>
      <Title>{title}</Title>
      {form.errors.length === 0 && (
        <Done ctx={ctx} version={version} inForce={inForce} newest={shown.newest} />
      )}
      {inForce && <Next ctx={ctx} version={version} open={sheet.url !== undefined} />}
      <Files ctx={ctx} version={version} sheet={sheet} />
      {inForce && <Readers ctx={ctx} shown={shown} form={form} />}
      <Section id="text" head={say.text}>
        <WholePolicy of={version} lang={version.lang} />
      </Section>
      <Section id="proof" head={say.proof}>
        <Facts
          rows={[
            {
              name: policyWords(ctx.lang).home.approvedBy,
              value: `${version.approvedTitle} ${version.approvedName}`,
            },
            {
              name: policyWords(ctx.lang).home.approvedAt,
              value: <Time at={version.approvedAt} form="full" />,
            },
            {
              name: policyWords(ctx.lang).question.fields.established_on,
              value: sayDay(ctx.lang, version.establishedOn),
            },
            { name: say.hash, value: <Code>{version.sha256}</Code> },
          ]}
        />
      </Section>
    </PolicyPage>
  )
}

function Done(props: {
  ctx: SignedCtx
  version: PolicyVersion
  inForce: boolean
  newest: string
}): VNode | null {
  const { ctx } = props
  const say = policyWords(ctx.lang).version
  if (!props.inForce) {
    return (
      <Banner tone="info" title={say.old}>
        <a class="mm-link" href={`/policy/versions/${props.newest}`}>
          {say.newest}
        </a>
      </Banner>
    )
  }
  if (ctx.query['done'] === 'readers') return <Banner tone="ok" title={say.readersDone} />
  if (ctx.query['done'] === 'reviewed') return <Banner tone="ok" title={policyWords(ctx.lang).review.done} />
  if (ctx.query['done'] !== 'approved') return null
  return (
    <Banner tone="ok" title={say.done(props.version.number)}>
      <p>{say.doneText}</p>
    </Banner>
  )
}

function Next(props: { ctx: SignedCtx; version: PolicyVersion; open: boolean }): VNode {
  const say = policyWords(props.ctx.lang).version
  return (
    <Section id="next" head={say.next} first>
      <List>
        <Row href="/policy/hosting" main={props.open ? say.hosted : say.host} />
        <Row href="/policy/page" main={say.own} />
        <Row href={`/policy/versions/${props.version.id}/staff-mail`} main={say.tell} />
      </List>
    </Section>
  )
}

function Files(props: { ctx: SignedCtx; version: PolicyVersion; sheet: PolicySheet }): VNode {
  const say = policyWords(props.ctx.lang).version
  const kinds = ['pdf', 'poster', 'docx', 'html', 'text'] as const
  return (
    <Section id="files" head={say.outputs} note={say.outputsNote}>
      <List>
        {kinds.map((kind) => (
          <Row key={kind} href={`/policy/versions/${props.version.id}/${kind}`} main={say.files[kind]} />
        ))}
      </List>
      <Record summary={say.webText}>
        <label class="mm-field__help" for="web-text">
          {say.webTextNote}
        </label>
        <textarea class="mm-textarea" id="web-text" rows={10} readOnly lang={props.version.lang}>
          {policyPlainText(props.sheet)}
        </textarea>
      </Record>
    </Section>
  )
}

function Readers(props: { ctx: SignedCtx; shown: Shown; form: FormState }): VNode {
  const { ctx, shown, form } = props
  const say = policyWords(ctx.lang).version
  const { reading } = shown
  return (
    <Section id="readers" head={say.readers}>
      {reading !== undefined && <p>{say.readersKept(reading.confirmed, reading.people)}</p>}
      <p>{say.readersNote}</p>
      <Form
        action={`/policy/versions/${shown.version.id}/readers`}
        form={form}
        submit={say.keepReaders}
        kind="secondary"
      >
        <TextField form={form} name="people" label={say.people} inputmode="numeric" required chars={8} />
        <TextField
          form={form}
          name="confirmed"
          label={say.confirmed}
          inputmode="numeric"
          required
          chars={8}
        />
      </Form>
    </Section>
  )
}
