import { declaration as en } from '../../words/en/declaration.ts'
import { declaration as ja } from '../../words/ja/declaration.ts'
import type { AccessMail } from '../access/index.ts'
import { declarationFacts } from '../catalogue/index.ts'
import type { Person } from '../company/index.ts'
import type { Reminder } from './reminder.ts'

const words = { ja, en }

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** One mail about everything that is new to be mended, in the reader's language. */
export function reminderMail(
  to: Pick<Person, 'organisation' | 'name' | 'email' | 'language'>,
  due: readonly Reminder[],
  baseUrl: string,
): AccessMail {
  const say = words[to.language].mail
  const lines = due.map((one) => sentenceOf(one, to.language))
  const link = `${baseUrl}/stars`
  const text = [say.hello(to.name), say.lead, ...lines.map((line) => say.item(line)), say.see, link, say.foot]
  const html = [
    `<p>${escape(say.hello(to.name))}</p>`,
    `<p>${escape(say.lead)}</p>`,
    `<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`,
    `<p>${escape(say.see)}</p>`,
    `<p><a href="${escape(link)}">${escape(link)}</a></p>`,
    `<p>${escape(say.foot)}</p>`,
  ]
  return {
    organisation: to.organisation,
    to: to.email,
    subject: say.subject(lines[0] ?? '', lines.length),
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${to.language}"><head><meta charset="utf-8"><title>${escape(say.title)}</title></head><body>\n${html.join('\n')}\n</body></html>\n`,
  }
}

/** The catalogue's sentence for a reminder. */
export function sentenceOf(reminder: Pick<Reminder, 'id'>, lang: 'ja' | 'en'): string {
  return declarationFacts().reminders.find((one) => one.id === reminder.id)?.[lang] ?? ''
}
