import type { VNode } from 'preact'
import { fault } from '../../../base/fault.ts'
import { minute } from '../../../base/time.ts'
import {
  type Answer,
  type Ctx,
  Facts,
  LinkButton,
  makeLimiter,
  Mark,
  PublicPage,
  Record,
  type RouteSpec,
  route,
  Section,
  Time,
  Title,
} from '../../../http/index.ts'
import { factSections, factsHash, openProof, proofPdf, type Shown } from '../../../proof/index.ts'
import { proofWords } from '../../shared/proof-words.ts'
import type { PublicDeps } from '../parts.ts'

/** What somebody sees who was given the link of a pack. */
export function openProofPages(parts: PublicDeps): readonly RouteSpec[] {
  // Links are 256 bits; the limit is against filling the list of openings.
  const openings = makeLimiter({ max: 60, window: 10 * minute })
  const open = async (ctx: Ctx): Promise<Shown> => {
    openings.take(ctx.ip, ctx.now)
    const shown = await openProof({ pool: ctx.db, seal: parts.seal }, ctx.params['secret'] ?? '', ctx.now)
    if (shown === undefined) throw fault('NOT_FOUND')
    return shown
  }
  return [
    route({
      method: 'GET',
      path: '/proof/:secret',
      area: 'public',
      ids: { secret: 'proof-link' },
      async handle(ctx): Promise<Answer> {
        const shown = await open(ctx)
        return shown.state === 'ended'
          ? { page: <EndedPage ctx={ctx} shown={shown} />, status: 410 }
          : { page: <ProofPage ctx={ctx} shown={shown} /> }
      },
    }),
    route({
      method: 'GET',
      path: '/proof/:secret/pdf',
      area: 'public',
      ids: { secret: 'proof-link' },
      async handle(ctx): Promise<Answer> {
        const shown = await open(ctx)
        if (shown.state === 'ended') return { page: <EndedPage ctx={ctx} shown={shown} />, status: 410 }
        const link = `${parts.access.baseUrl}/proof/${ctx.params['secret'] ?? ''}`
        const { facts, expiresAt } = shown
        const body = await proofPdf({ facts, expiresAt, link, recipient: undefined }, ctx.lang)
        return { file: { body, type: 'application/pdf', name: `${proofWords(ctx.lang).title}.pdf` } }
      },
    }),
  ]
}

function EndedPage(props: { ctx: Ctx; shown: Extract<Shown, { state: 'ended' }> }): VNode {
  const { ctx, shown } = props
  const say = proofWords(ctx.lang).open
  return (
    <PublicPage ctx={ctx} title={say.endedTitle} width="reading">
      <Title>{say.endedTitle}</Title>
      <p class="mm-lead">
        <Time at={shown.at} form="full" />
      </p>
      <p>{say[shown.why]}</p>
    </PublicPage>
  )
}

function ProofPage(props: { ctx: Ctx; shown: Extract<Shown, { state: 'open' }> }): VNode {
  const { ctx, shown } = props
  const words = proofWords(ctx.lang)
  const say = words.open
  const { name } = shown.facts.company
  const valid = shown.signed && shown.current && shown.facts.declaration !== null
  const verdict =
    shown.facts.declaration === null
      ? say.undeclared(name)
      : shown.current
        ? say.current(name)
        : say.changed(name)
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading">
      <p class="mm-verdict" data-valid={valid ? 'yes' : 'no'}>
        <Mark mark={valid ? 'ok' : 'ended'}>{shown.signed ? verdict : say.unsigned}</Mark>
      </p>
      <Title>{words.sheet.title(name)}</Title>
      <p class="mm-lead">{words.sheet.notCertified}</p>
      {factSections(shown.facts, ctx.lang).map((section) => (
        <Section key={section.head} id={`s-${section.head}`} head={section.head}>
          <Facts rows={section.rows.map((row) => ({ ...row, value: <Lines text={row.value} /> }))} />
        </Section>
      ))}
      <Section id="check" head={words.sheet.checkHead}>
        {shown.signed && (
          <p>
            <Mark mark="ok" plain>
              {say.signed}
            </Mark>
          </p>
        )}
        <p>
          {words.sheet.made}：
          <Time at={shown.facts.at} form="full" />
        </p>
        <p>
          {say.until}
          <Time at={shown.expiresAt} form="full" />
        </p>
        <p>
          <LinkButton href={`/proof/${ctx.params['secret'] ?? ''}/pdf`} kind="secondary">
            {say.pdf}
          </LinkButton>
        </p>
        <Record summary={say.token}>
          <p class="mm-code">{shown.token}</p>
          <p>
            {words.sheet.hash}
            <br />
            <span class="mm-code">{factsHash(shown.facts)}</span>
          </p>
        </Record>
      </Section>
    </PublicPage>
  )
}

function Lines(props: { text: string }): VNode {
  return (
    <>
      {props.text.split('\n').map((line, at) => (
        <span key={line}>
          {at > 0 && <br />}
          {line}
        </span>
      ))}
    </>
  )
}
