import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { minute } from '../../../base/time.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  failForm,
  field,
  Form,
  type FormState,
  makeLimiter,
  Prose,
  PublicPage,
  type RouteSpec,
  readForm,
  route,
  Section,
  TextArea,
  TextField,
  Title,
} from '../../../http/index.ts'
import { readPageAddress, type Visit } from '../../../visit/index.ts'
import { checkWording } from '../../../wording/index.ts'
import type { PublicDeps } from '../parts.ts'
import { type Looked, Result } from './result.tsx'
import { statusWords, whyWords, wordingWords } from './say.ts'

const schema = z.object({
  text: field.optionalText({ max: 4_000 }),
  url: field.optionalText({ max: 2_000 }),
})

/** So many pages are visited for strangers at the same time; the firms' own looks do not wait for them. */
const mostVisits = 4

/** The check of wording, for anybody. Nothing of it is kept. */
export function wordingRoutes({ visit }: PublicDeps): readonly RouteSpec[] {
  const limiter = makeLimiter({ max: 10, window: 10 * minute })
  const look = limited(visit)
  return [
    route({
      method: 'GET',
      path: '/wording',
      area: 'public',
      handle: async (ctx) => ({ page: <WordingPage ctx={ctx} form={blankForm()} /> }),
    }),
    route({
      method: 'POST',
      path: '/wording',
      area: 'public',
      async handle(ctx): Promise<Answer> {
        const say = wordingWords(ctx.lang)
        const read = readForm(ctx, schema, { text: say.text, url: say.url })
        if (!read.ok) return wrong(ctx, read.form)
        const { text, url } = read.value
        if (text === undefined && url === undefined) return wrong(ctx, failForm(ctx, { text: say.neither }))
        const looked: Looked[] = text === undefined ? [] : [{ text, hits: checkWording(text) }]
        if (url !== undefined) {
          const address = readPageAddress(url)
          if (!address.ok) return wrong(ctx, failForm(ctx, { url: whyWords(ctx.lang, address.why) }))
          limiter.take(ctx.ip, ctx.now)
          const page = await lookAtPage(ctx, look, address.url)
          if ('error' in page) return wrong(ctx, failForm(ctx, { url: page.error }))
          looked.push(page)
        }
        return { page: <WordingPage ctx={ctx} form={blankForm({ text, url })} looked={looked} /> }
      },
    }),
  ]
}

const wrong = (ctx: Ctx, form: FormState): Answer => ({
  page: <WordingPage ctx={ctx} form={form} />,
  status: 422,
})

/** Fault: TOO_MANY while so many are under way already. */
function limited(visit: Visit): Visit {
  let under = 0
  return async (url) => {
    if (under >= mostVisits) throw fault('TOO_MANY', { retryAfter: 10 })
    under += 1
    try {
      return await visit(url)
    } finally {
      under -= 1
    }
  }
}

async function lookAtPage(ctx: Ctx, visit: Visit, url: string): Promise<Looked | { readonly error: string }> {
  const say = wordingWords(ctx.lang)
  const gap = ctx.lang === 'ja' ? '。' : '. '
  const visited = await visit(url)
  if (!visited.ok) return { error: `${say.notOpened}${gap}${whyWords(ctx.lang, visited.why)}` }
  if (visited.status !== 200)
    return { error: `${say.notOpened}${gap}${statusWords(ctx.lang, visited.status)}` }
  if (visited.text === undefined || visited.text === '') return { error: say.noText }
  return { address: visited.url, text: visited.text, hits: checkWording(visited.text) }
}

function WordingPage(props: { ctx: Ctx; form: FormState; looked?: readonly Looked[] }): VNode {
  const { ctx, form, looked } = props
  const say = wordingWords(ctx.lang)
  return (
    <PublicPage ctx={ctx} title={say.title} width="reading" form={form}>
      <Title>{say.title}</Title>
      {looked !== undefined && <Result lang={ctx.lang} looked={looked} />}
      {looked === undefined && (
        <Prose>
          <p>{say.lead}</p>
        </Prose>
      )}
      <div class="mm-section" data-first>
        <Form action="/wording" submit={say.submit} form={form}>
          <TextArea form={form} name="text" label={say.text} help={say.textHelp} rows={8} />
          <TextField
            form={form}
            name="url"
            label={say.url}
            help={say.urlHelp}
            chars={24}
            autocomplete="url"
          />
        </Form>
      </div>
      <Section id="right" head={say.rightHead} note={say.rightText}>
        {(['one', 'two'] as const).map((star) => (
          <div class="mm-field" key={star}>
            <label class="mm-field__label" for={`right-${star}`}>
              {say.right[star].label}
            </label>
            <textarea class="mm-textarea" id={`right-${star}`} rows={2} readOnly>
              {say.right[star].sentence}
            </textarea>
          </div>
        ))}
      </Section>
      <Section id="rules" head={say.ruleHead}>
        <ul class="mm-bullets">
          {say.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Section>
    </PublicPage>
  )
}
