import type { SendMail } from '../access/index.ts'
import { type Instant, jst } from '../base/time.ts'
import { applicationMail as en } from '../../words/en/application-mail.ts'
import { applicationMail as ja } from '../../words/ja/application-mail.ts'
import type { Language } from './application-store.ts'
import type { EntryStatus, Registry } from './entry.ts'

const words = { ja, en }

/** To whom a mail of the register goes, and in whose name. */
export type To = {
  readonly registry: Registry
  readonly email: string
  readonly person: string
  readonly language: Language
}

/** What a mail tells; links are whole addresses. */
export type Telling =
  | { readonly kind: 'confirm'; readonly name: string; readonly link: string }
  | { readonly kind: 'held'; readonly name: string; readonly until: Instant; readonly link: string }
  | {
      readonly kind: 'entered'
      readonly name: string
      readonly number: string
      readonly entry: string
      readonly badge: string
      readonly change: string
    }
  | { readonly kind: 'changed'; readonly name: string; readonly number: string; readonly entry: string }
  | { readonly kind: 'asked'; readonly name: string; readonly question: string; readonly link: string }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string }
  | { readonly kind: 'reopened'; readonly name: string; readonly link: string }
  | { readonly kind: 'change'; readonly name: string; readonly number: string; readonly link: string }
  | { readonly kind: 'moved'; readonly name: string; readonly number: string }
  | {
      readonly kind: 'status'
      readonly status: EntryStatus
      readonly name: string
      readonly number: string
      /** Absent where the applicant stopped it. */
      readonly reason?: string
      readonly entry: string
    }

type Mail = Parameters<SendMail>[0]
type Said = { readonly act: string; readonly paragraphs: readonly string[] }

/** The finished mail. What an applicant typed stands in it as text only. */
export function applicationMailOf(to: To, telling: Telling): Mail {
  const say = words[to.language]
  const { act, paragraphs } = saidOf(to.language, telling)
  const name = to.language === 'ja' ? to.registry.name : to.registry.nameEn
  const all = [say.hello(to.person), ...paragraphs, say.from(name, to.registry.contact)]
  const subject = say.subject(act, name)
  return {
    organisation: to.registry.id,
    to: to.email,
    subject,
    text: `${all.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${to.language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body>\n${all.map(paragraph).join('\n')}\n</body></html>\n`,
  }
}

function saidOf(language: Language, it: Telling): Said {
  const say = words[language]
  switch (it.kind) {
    case 'confirm':
      return { act: say.confirm.act, paragraphs: [say.confirm.text(it.name), it.link, say.confirm.notYou] }
    case 'held':
      return {
        act: say.held.act,
        paragraphs: [say.held.text(it.name, dayOf(language, it.until)), say.held.state, it.link],
      }
    case 'entered':
      return {
        act: say.entered.act(it.number),
        paragraphs: [
          say.entered.text(it.name, it.number),
          say.entered.entry,
          it.entry,
          say.entered.badge,
          it.badge,
          say.entered.change,
          it.change,
          say.entered.notCertified,
        ],
      }
    case 'changed':
      return {
        act: say.changed.act,
        paragraphs: [say.changed.text(it.name, it.number), it.entry, say.changed.notYou],
      }
    case 'asked':
      return {
        act: say.asked.act,
        paragraphs: [say.asked.text(it.name), it.question, say.asked.how, it.link],
      }
    case 'refused':
      return {
        act: say.refused.act,
        paragraphs: [say.refused.text(it.name), it.reason, say.refused.how],
      }
    case 'reopened':
      return { act: say.reopened.act, paragraphs: [say.reopened.text(it.name), it.link] }
    case 'change':
      return {
        act: say.change.act,
        paragraphs: [say.change.text(it.name, it.number), it.link, say.change.notYou],
      }
    case 'moved':
      return { act: say.moved.act, paragraphs: [say.moved.text(it.name, it.number), say.moved.notYou] }
    case 'status': {
      const status = say.status[it.status]
      return {
        act: status.act,
        paragraphs: [status.text(it.name, it.number), it.reason ?? say.status.own, it.entry],
      }
    }
  }
}

function dayOf(language: Language, at: Instant): string {
  const { year, month, day } = jst(at)
  return language === 'ja'
    ? `${year}年${month}月${day}日`
    : `${day} ${new Date(Date.UTC(year, month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${year}`
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Only an address that is the whole paragraph becomes a link. */
function paragraph(text: string): string {
  return /^https?:\/\/\S+$/.test(text)
    ? `<p><a href="${escape(text)}">${escape(text)}</a></p>`
    : `<p>${escape(text).replaceAll('\n', '<br>')}</p>`
}
