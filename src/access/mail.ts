import { access as en } from '../../words/en/access.ts'
import { access as ja } from '../../words/ja/access.ts'
import type { Lang } from '../http/index.ts'

/** One mail, as `mail/` sends it; `organisation` is whose mailbox it belongs to in the practice. */
export type AccessMail = {
  readonly organisation: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}
export type SendMail = (mail: AccessMail) => Promise<void>

const words = { ja, en }

type To = {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly language: Lang
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The same paragraphs as text and as HTML; a paragraph that is an address becomes a link. */
function bodies(lang: Lang, paragraphs: readonly string[]): { text: string; html: string } {
  const html = paragraphs
    .map((part) =>
      /^https?:\/\/\S+$/.test(part)
        ? `<p><a href="${escape(part)}">${escape(part)}</a></p>`
        : `<p>${escape(part)}</p>`,
    )
    .join('\n')
  return {
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><title>${escape(words[lang].from)}</title></head><body>\n${html}\n</body></html>\n`,
  }
}

/** The mail with the number for signing in. It holds no link, so that nothing in it can be imitated to lead elsewhere. */
export function codeMail(to: To, code: string): AccessMail {
  const say = words[to.language].code
  return {
    organisation: to.organisation,
    to: to.email,
    subject: say.subject(code),
    ...bodies(to.language, [say.hello(to.name), say.text, code, say.valid, say.notYou]),
  }
}

/** Tells somebody that they were added, and where to sign in. */
export function invitationMail(
  to: To,
  by: { readonly name: string; readonly organisationName: string; readonly baseUrl: string },
): AccessMail {
  const say = words[to.language].invitation
  const paragraphs = [
    say.hello(to.name),
    say.text(by.name, by.organisationName),
    say.how,
    `${by.baseUrl}/sign-in`,
    say.notYou,
  ]
  return {
    organisation: to.organisation,
    to: to.email,
    subject: say.subject(by.organisationName),
    ...bodies(to.language, paragraphs),
  }
}
