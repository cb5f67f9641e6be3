import type { ComponentChildren, VNode } from 'preact'
import { type Instant, isoJst, jstDate } from '../../../base/time.ts'
import { type Checked, type SignatureCheck, sayDate } from '../../../badge/index.ts'
import { type Ctx, Mark, type MarkKind, Time } from '../../../http/index.ts'
import { type Say, words } from './words.ts'

type Line = {
  readonly mark: MarkKind
  readonly text: string
  readonly why?: string
  readonly since?: Instant
}

function whySignature(
  say: Say,
  ctx: Ctx,
  of: { check: SignatureCheck; expiresAt: Instant | undefined },
): string {
  const { check, expiresAt } = of
  const { why } = say.verify
  if (check.good) return ''
  if (check.why === 'other-register') return why['other-register'](check.issuer)
  if (check.why === 'expired') return why.expired(sayDate(ctx.lang, jstDate(expiresAt ?? ctx.now)))
  return why[check.why]
}

/** An old copy is no forgery: it is told apart from one. */
const isOld = (check: SignatureCheck): boolean =>
  !check.good && (check.why === 'expired' || check.why === 'early')

function signatureLine(ctx: Ctx, checked: Checked): Line {
  const say = words[ctx.lang]
  const { signature, said } = checked
  if (!signature)
    return { mark: 'question', text: say.verify.notLooked(say.verify.signature), why: say.verify.why.unsaid }
  if (signature.good) return { mark: 'ok', text: say.verify.signature }
  const why = whySignature(say, ctx, { check: signature, expiresAt: said?.expiresAt })
  return isOld(signature)
    ? { mark: 'paused', text: say.verify.verdict.expired.replaceAll('|', ''), why }
    : { mark: 'ended', text: say.verify.signatureBad, why }
}

function standingLine(ctx: Ctx, { standing }: Checked): Line {
  const { verify } = words[ctx.lang]
  if (!standing) return { mark: 'question', text: verify.notLooked(verify.standing) }
  if (standing.good) return { mark: 'ok', text: verify.standing }
  const line = { text: verify.standingBad[standing.why], why: verify.why[standing.why] }
  if (standing.why === 'absent') return { mark: 'ended', ...line }
  return { mark: standing.why === 'suspended' ? 'paused' : 'ended', ...line, since: standing.since }
}

function sameLine(ctx: Ctx, { same }: Checked): Line {
  const { verify } = words[ctx.lang]
  if (!same) return { mark: 'question', text: verify.notLooked(verify.same) }
  if (same.good) return { mark: 'ok', text: verify.same }
  const fields = same.changed.map((field) => verify.fields[field])
  const list = new Intl.ListFormat(ctx.lang, { type: 'conjunction' }).format(fields)
  return { mark: 'paused', text: verify.sameBad, why: verify.why.changed(list) }
}

/** The three checks, each with its plain reason, and when they were made. */
export function Checks(props: { ctx: Ctx; checked: Checked; children?: ComponentChildren }): VNode {
  const { ctx, checked } = props
  const lines = [signatureLine(ctx, checked), standingLine(ctx, checked), sameLine(ctx, checked)]
  return (
    <div class="mm-stack" data-gap="3">
      <ul class="mm-stack" data-gap="3">
        {lines.map((line) => (
          <li key={line.text}>
            <Mark mark={line.mark} plain>
              {line.text}
            </Mark>
            {line.why !== undefined && (
              <p class="mm-note">
                {line.since !== undefined && (
                  <>
                    <time dateTime={isoJst(line.since)}>{sayDate(ctx.lang, jstDate(line.since))}</time>
                    {words[ctx.lang].verify.from}
                  </>
                )}
                {line.why}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="mm-note">
        <Time at={checked.at} />
        {words[ctx.lang].aside.compared}
        {props.children}
      </p>
    </div>
  )
}
