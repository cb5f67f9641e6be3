import { fault } from '../../base/fault.ts'
import {
  ActForm,
  type Answer,
  ConsolePage,
  Facts,
  route,
  type SignedCtx,
  Table,
  Time,
} from '../../http/index.ts'
import { findPracticeMail, listPracticeMail, type PracticeMail } from '../../mail/index.ts'
import { Head, Panel } from './panel.tsx'
import { sampleCompany } from './practice.ts'
import { providerNav, providerWords } from './say.ts'

function mustBePractice(ctx: SignedCtx): void {
  if (ctx.house?.practice !== true) throw fault('NOT_FOUND')
}

/** What would have been mailed in a practice installation, newest first. */
export const mailbox = route({
  method: 'GET',
  path: '/mailbox',
  area: 'provider',
  async handle(ctx: SignedCtx): Promise<Answer> {
    mustBePractice(ctx)
    const { mails, sample } = await ctx.within(async (tx) => {
      const each: PracticeMail[] = []
      for (const organisation of ctx.actor.scope) each.push(...(await listPracticeMail(tx, organisation, 50)))
      return {
        mails: each.sort((a, b) => b.at - a.at).slice(0, 100),
        sample: (await sampleCompany(tx)).length > 0,
      }
    })
    const say = providerWords(ctx.lang).mailbox
    const { practice } = providerWords(ctx.lang)
    return {
      page: (
        <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="mailbox">
          <Head title={say.title} say={say.lead} />
          {sample && (
            <Panel id="practice" head={practice.head}>
              <p>{practice.text}</p>
              <ActForm action="/practice/day" submit={practice.start} kind="primary" size="sm" />
            </Panel>
          )}
          {mails.length === 0 ? (
            <p>{say.none}</p>
          ) : (
            <Table
              label={say.title}
              dense
              head={[say.subject, say.to, say.at]}
              rows={mails.map((mail) => ({
                key: mail.id,
                cells: [
                  <a href={`/mailbox/${mail.id}`}>{mail.subject}</a>,
                  mail.to,
                  <Time at={mail.at} form="full" />,
                ],
              }))}
            />
          )}
        </ConsolePage>
      ),
    }
  },
})

/** One mail as its reader would get it. */
export const mail = route({
  method: 'GET',
  path: '/mailbox/:mail',
  area: 'provider',
  ids: { mail: 'mail' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    mustBePractice(ctx)
    const found = await ctx.within((tx) => findPracticeMail(tx, ctx.params['mail'] ?? ''))
    if (found === undefined) throw fault('NOT_FOUND')
    const say = providerWords(ctx.lang).mailbox
    return {
      page: (
        <ConsolePage ctx={ctx} title={found.subject} nav={providerNav(ctx)} current="mailbox">
          <p class="mm-crumb">
            <a href="/mailbox">{say.back}</a>
          </p>
          <Head title={found.subject} />
          <Facts
            rows={[
              { name: say.to, value: found.to },
              { name: say.at, value: <Time at={found.at} form="full" /> },
            ]}
          />
          <Panel id="text" head={say.whole}>
            <pre class="mm-letter" tabIndex={0} role="group" aria-label={say.whole}>
              {linked(found.text)}
            </pre>
          </Panel>
        </ConsolePage>
      ),
    }
  },
})

/** The addresses in a plain mail, pressable as a mail program makes them. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, at) =>
    part.startsWith('http') ? (
      <a href={part} key={at}>
        {part}
      </a>
    ) : (
      part
    ),
  )
}
