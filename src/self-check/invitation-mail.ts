import { selfCheck as en } from '../../words/en/self-check.ts'
import { selfCheck as ja } from '../../words/ja/self-check.ts'
import type { AccessMail, Actor } from '../access/index.ts'

const words = { ja, en }

type To = {
  readonly name: string
  readonly place: string
  readonly email: string
  readonly language: 'ja' | 'en'
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Asks a colleague without an account to answer for a site or department. */
export function invitationMail(to: To, by: { readonly actor: Actor; readonly address: string }): AccessMail {
  const { actor, address } = by
  const say = words[to.language].mail
  const paragraphs = [
    say.hello(to.name),
    say.text(actor.name, actor.organisationName, to.place),
    say.how,
    address,
    say.valid,
    say.notYou(actor.name),
  ]
  const html = paragraphs
    .map((part) =>
      part === address ? `<p><a href="${escape(part)}">${escape(part)}</a></p>` : `<p>${escape(part)}</p>`,
    )
    .join('\n')
  const subject = say.subject(actor.organisationName)
  return {
    organisation: actor.organisation,
    to: to.email,
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${to.language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body>\n${html}\n</body></html>\n`,
  }
}
