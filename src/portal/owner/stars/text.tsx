import type { VNode } from 'preact'
import { declarationsOf, inForceOf, publicText } from '../../../declaration/index.ts'
import { type Answer, route, Section, type SignedCtx } from '../../../http/index.ts'
import { CopyField, StarsPage, starWords } from './say.tsx'

/** What the company may write on its web site and cards, word for word. */
export const text = route({
  method: 'GET',
  path: '/stars/text',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const all = await ctx.inCompany(company, (tx) => declarationsOf(tx, company))
    const inForce = inForceOf(all)
    const it = all.find((one) => one.id === inForce?.id)
    const words = starWords(ctx.lang)
    const say = words.text
    return {
      page: (
        <StarsPage ctx={ctx} title={say.title}>
          {it === undefined ? (
            <p class="mm-lead">{say.none}</p>
          ) : (
            <>
              <p class="mm-lead">{say.lead}</p>
              <p class="mm-note">{say.how}</p>
              <div class="mm-form">
                <CopyField
                  id="web"
                  label={say.web}
                  value={publicText(it, ctx.actor.organisationName, 'ja')}
                  rows={6}
                />
                <CopyField
                  id="web-en"
                  label={say.webEn}
                  value={publicText(it, ctx.actor.organisationName, 'en')}
                  rows={6}
                />
                <CopyField id="card" label={say.card} value={starWords('ja').text.cardText(it.level)} />
                <CopyField
                  id="card-en"
                  label={say.cardEn}
                  value={starWords('ja').text.cardTextEn(it.level)}
                />
              </div>
            </>
          )}
          <Also ctx={ctx} />
        </StarsPage>
      ),
    }
  },
})

function Also({ ctx }: { ctx: SignedCtx }): VNode {
  const say = starWords(ctx.lang).text
  return (
    <Section id="check" head={say.check}>
      <p>{say.checkText}</p>
      <p class="mm-cluster">
        <a class="mm-link" href="/wording">
          {say.check}
        </a>
        <a class="mm-link" href="/stars/logo">
          {say.logo}
        </a>
      </p>
    </Section>
  )
}
