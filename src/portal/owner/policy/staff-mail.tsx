import type { VNode } from 'preact'
import { listPeople } from '../../../company/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  type RouteSpec,
  route,
  type SignedCtx,
  Title,
} from '../../../http/index.ts'
import { staffMail } from '../../../policy/index.ts'
import type { OwnerParts } from '../parts.ts'
import { sheetOf } from './outputs.ts'
import { PolicyPage } from './parts.tsx'
import { policyWords } from './say.ts'

async function draftMail(ctx: SignedCtx, parts: OwnerParts) {
  const { version, sheet } = await sheetOf(ctx, parts)
  return { version, mail: staffMail(sheet, `${version.approvedTitle} ${version.approvedName}`) }
}

/** The draft of the message that tells the staff, to paste or to have sent to oneself. */
export function staffMailRoutes(parts: OwnerParts): readonly RouteSpec[] {
  const path = '/policy/versions/:policy/staff-mail'
  const show = route({
    method: 'GET',
    path,
    area: 'owner',
    ids: { policy: 'policy' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const { version, mail } = await draftMail(ctx, parts)
      return { page: <MailPage ctx={ctx} id={version.id} lang={version.lang} mail={mail} /> }
    },
  })
  const send = route({
    method: 'POST',
    path,
    area: 'owner',
    ids: { policy: 'policy' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const { organisation, person } = ctx.actor
      const { version, mail } = await draftMail(ctx, parts)
      const people = await ctx.inCompany(organisation, (tx) => listPeople(tx, organisation))
      const to = people.find((one) => one.id === person)?.email
      if (to !== undefined) {
        await parts.access.sendMail({
          organisation,
          to,
          subject: mail.subject,
          text: mail.text,
          html: htmlOf(mail.text),
        })
      }
      return { redirect: `/policy/versions/${version.id}/staff-mail?done=sent` }
    },
  })
  return [show, send]
}

/** The text as HTML: nothing but line breaks is added. */
function htmlOf(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<p>${escaped.replaceAll('\n', '<br>')}</p>`
}

function MailPage(props: {
  ctx: SignedCtx
  id: string
  lang: 'ja' | 'en'
  mail: { readonly subject: string; readonly text: string }
}): VNode {
  const { ctx, id, lang, mail } = props
  const words = policyWords(ctx.lang)
  const say = words.mail
  return (
    <PolicyPage
      ctx={ctx}
      title={say.title}
      back={{ href: `/policy/versions/${id}`, text: words.version.back }}
    >
      <Title>{say.title}</Title>
      {ctx.query['done'] === 'sent' && <Banner tone="ok" title={say.sent} />}
      <p class="mm-prose">{say.lead}</p>
      <div class="mm-field">
        <label class="mm-field__label" for="mail-subject">
          {say.subjectLabel}
        </label>
        <input class="mm-input" id="mail-subject" readOnly value={mail.subject} lang={lang} />
      </div>
      <div class="mm-field">
        <label class="mm-field__label" for="mail-text">
          {say.bodyLabel}
        </label>
        <textarea class="mm-textarea" id="mail-text" rows={16} readOnly lang={lang}>
          {mail.text}
        </textarea>
      </div>
      <div class="mm-section">
        <p>{say.sendNote}</p>
        <ActForm action={`/policy/versions/${id}/staff-mail`} submit={say.send} kind="secondary" />
      </div>
    </PolicyPage>
  )
}
