import type { VNode } from 'preact'
import { type FaultCode, isFault } from '../base/fault.ts'
import { PublicPage } from './kit/page.tsx'
import { PhoneLink, Title } from './kit/text.tsx'
import type { Ctx } from './route.ts'
import { kitWords } from './words.ts'

type Problem = keyof Omit<(typeof kitWords)['ja']['problem'], 'home' | 'signInLink' | 'phone'>

const known: Partial<Record<FaultCode, Problem>> = {
  NOT_FOUND: 'notFound',
  SIGN_IN_NEEDED: 'signIn',
  FORM_ORIGIN: 'origin',
  TOO_MANY: 'tooMany',
  BAD_INPUT: 'input',
}

/** What went wrong, without codes or blame: what happened, what to do, whom to call. */
export function ProblemPage(props: { ctx: Ctx; thrown: unknown }): VNode {
  const { ctx } = props
  const words = kitWords[ctx.lang].problem
  const kind = problemOf(props.thrown)
  const { title, text, todo } = words[kind]
  return (
    <PublicPage ctx={ctx} title={title} width="reading">
      <Title>{title}</Title>
      <div class="mm-prose">
        <p>{text}</p>
        <p>{todo}</p>
        <p>{kind === 'signIn' ? <a href="/sign-in">{words.signInLink}</a> : <a href="/">{words.home}</a>}</p>
        {ctx.house && (
          <p>
            {words.phone} <PhoneLink phone={ctx.house.deskPhone} />
          </p>
        )}
      </div>
    </PublicPage>
  )
}

/** The status of what was thrown; anything unknown is ours. */
export function statusOf(thrown: unknown): number {
  if (isFault(thrown)) return thrown.status
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500
  return status >= 400 && status < 500 ? status : 500
}

function problemOf(thrown: unknown): Problem {
  const status = statusOf(thrown)
  if (isFault(thrown))
    return known[thrown.code] ?? (status === 409 ? 'conflict' : status < 500 ? 'input' : 'ours')
  return status < 500 ? 'input' : 'ours'
}
