import type { VNode } from 'preact'
import { fault } from '../../../base/fault.ts'
import { type Answer, type Ctx, Facts, PublicPage, route, Title } from '../../../http/index.ts'
import { type PublishedPolicy, publishedPolicy, sayDay } from '../../../policy/index.ts'
import { policy as en } from '../../../../words/en/policy.ts'
import { policy as ja } from '../../../../words/ja/policy.ts'

const words = { ja, en }

/** A company's basic policy for everybody: the newest approved version while the company keeps the page open. */
export const published = route({
  method: 'GET',
  path: '/published/:published',
  area: 'public',
  ids: { published: 'published' },
  async handle(ctx: Ctx): Promise<Answer> {
    const found = await publishedPolicy(ctx.db, (ctx.params['published'] ?? '').toLowerCase())
    if (found === undefined) throw fault('NOT_FOUND')
    return { page: <Page ctx={ctx} policy={found} /> }
  },
})

function Page(props: { ctx: Ctx; policy: PublishedPolicy }): VNode {
  const { ctx, policy } = props
  const say = words[ctx.lang].published
  return (
    <PublicPage ctx={ctx} title={`${policy.title}｜${policy.companyName}`} width="reading">
      <article class="mm-policy__public" lang={policy.lang}>
        <Title size="sm" eyebrow={policy.companyName}>
          {policy.title}
        </Title>
        <p>{policy.preamble}</p>
        {policy.articles.map((one, at) => (
          <section key={at}>
            <h2>{`${at + 1}. ${one.title}`}</h2>
            <p>{one.text}</p>
          </section>
        ))}
        <div class="mm-policy__end">
          {policy.closing.map((line, at) => (
            <p key={at}>{line}</p>
          ))}
        </div>
      </article>
      <div class="mm-section">
        <Facts
          rows={[
            { name: say.version, value: say.versionValue(policy.number) },
            { name: say.established, value: sayDay(ctx.lang, policy.establishedOn) },
            ...(policy.revisedOn === null
              ? []
              : [{ name: say.revised, value: sayDay(ctx.lang, policy.revisedOn) }]),
            { name: say.approved, value: `${policy.approvedTitle} ${policy.approvedName}` },
          ]}
        />
        <p class="mm-note">{say.note(policy.companyName)}</p>
      </div>
    </PublicPage>
  )
}
