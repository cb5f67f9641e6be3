import { noticeMail as en } from '../../words/en/notice-mail.ts'
import { noticeMail as ja } from '../../words/ja/notice-mail.ts'
import { type Severity, urgency } from '../base/severity.ts'
import { clock, type Instant } from '../base/time.ts'
import type { Lang } from './catalogue.ts'
import type { Texts } from './fill.ts'
import { footLines } from './foot.ts'
import { formatNumber } from './number.ts'
import { sayDate } from './say-time.ts'

const words = { ja, en }

/** A notice as a mail needs it. */
export type MailedNotice = {
  readonly number: string
  readonly severity: Severity
  readonly texts: Readonly<Record<Lang, Texts>>
  readonly handedAt: Instant | null
  readonly nextContactAt: Instant | null
  readonly staff: string | null
  readonly again: boolean
  readonly practice: boolean
  /** The page to answer, and until when it opens. */
  readonly link: string
  readonly until: Instant
}

/** Who reads it, and whose words stand around the notice. */
export type Reader = {
  readonly name: string
  readonly lang: Lang
  readonly companyName: string
  readonly code: string
  readonly provider: string
  readonly deskPhone: string
  readonly deskHours: string
  /** Address of the installation, without a slash at the end. */
  readonly baseUrl: string
}

/** A finished mail without its address. */
export type MailText = { readonly subject: string; readonly text: string; readonly html: string }

/** The act of a notice for the subject: its title where that asks, else the first thing to do and the title. */
function actOf(texts: Texts, lang: Lang): string {
  const todo = texts.todo[0]?.replace(/[。.]$/u, '') ?? ''
  const asks = lang === 'ja' ? texts.title.includes('ください') : /^(Take|Pull|Please)\b/.test(texts.title)
  const isNothing = lang === 'ja' ? todo.includes('することはありません') : todo.startsWith('You do not need')
  return asks || isNothing || todo === '' ? texts.title : words[lang].actAndTitle(todo, texts.title)
}

type Line = string | { readonly link: string }
type Block = readonly Line[]

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The same blocks as plain text and as HTML that fetches nothing. */
function render(reader: Reader, subject: string, blocks: readonly Block[]): MailText {
  const text = blocks.map((block) =>
    block.map((line) => (typeof line === 'string' ? line : line.link)).join('\n'),
  )
  const html = blocks.map((block) => {
    const lines = block.map((line) =>
      typeof line === 'string'
        ? escape(line).replaceAll('\n', '<br>')
        : `<a href="${escape(line.link)}">${escape(line.link)}</a>`,
    )
    return `<p>${lines.join('<br>\n')}</p>`
  })
  return {
    subject,
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${reader.lang}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body>\n${html.join('\n')}\n</body></html>\n`,
  }
}

function marks(reader: Reader, notices: readonly MailedNotice[]): string {
  const say = words[reader.lang]
  const practice = notices.some((notice) => notice.practice) ? say.mark(say.practice) : ''
  return practice + (notices.length === 1 && notices[0]?.again ? say.mark(say.again) : '')
}

const sayUntilWhen = (at: Instant, lang: Lang): string => words[lang].until(sayDate(at, lang), clock(at))

/** What stands under every mail: the desk, how to make sure, who we are. */
function ending(reader: Reader): Block[] {
  const say = words[reader.lang]
  return [
    [say.phone(reader.deskPhone, reader.deskHours), say.code(reader.code)],
    [
      say.genuine,
      ...say
        .genuineHow(`${reader.baseUrl}/check`)
        .split('\n')
        .map((line) => (line.startsWith('http') ? { link: line } : line)),
      say.genuineNever,
    ],
    [reader.provider],
  ]
}

/** The mail of one notice: the act first, then what happened, what to do and not to do, the page to answer. */
export function noticeMailText(notice: MailedNotice, reader: Reader): MailText {
  const { lang } = reader
  const say = words[lang]
  const texts = notice.texts[lang]
  const subject = say.subject(
    marks(reader, [notice]) + say.mark(say.severity[notice.severity]),
    actOf(texts, lang),
    reader.companyName,
  )
  const [desk, ...rest] = ending(reader)
  const foot = footLines({ ...notice, number: formatNumber(notice.number) }, { lang, by: 'mail' })
  const blocks: (Block | undefined)[] = [
    [say.to(reader.name)],
    notice.practice ? [say.practiceText] : undefined,
    notice.again ? [say.againText] : undefined,
    [say.asking(say.severity[notice.severity], say.asked[notice.severity]), texts.title],
    [say.head(say.what), ...texts.what],
    [say.head(say.todo), ...texts.todo.map((line, at) => `${at + 1}. ${line}`)],
    texts.doNot.length > 0 ? [say.head(say.doNot), ...texts.doNot] : undefined,
    desk,
    [say.page(sayUntilWhen(notice.until, lang)), { link: notice.link }, say.pageNote],
    foot.map((line) => (line.id === 'details' ? say.details(line.text) : line.text)),
    ...rest,
  ]
  return render(
    reader,
    subject,
    blocks.filter((block) => block !== undefined),
  )
}

/** Several notices in one mail: the list of a morning (今週中), or what would have been too many mails. */
export function digestMailText(
  notices: readonly MailedNotice[],
  reader: Reader,
  kind: 'week' | 'flood',
): MailText {
  const { lang } = reader
  const say = words[lang]
  const sorted = [...notices].sort((a, b) => urgency(a.severity) - urgency(b.severity))
  const first = sorted[0]
  const severity = first?.severity ?? 'week'
  const count = sorted.length
  const about =
    kind === 'week' ? say.weekSubject(count) : say.floodSubject(count, first?.texts[lang].title ?? '')
  const subject = say.subject(
    marks(reader, sorted) + say.mark(say.severity[severity]),
    about,
    reader.companyName,
  )
  return render(reader, subject, [
    [say.to(reader.name)],
    ...(sorted.some((notice) => notice.practice) ? [[say.practiceText]] : []),
    [kind === 'week' ? say.weekText(count) : say.floodText(count)],
    ...sorted.map((notice): Block => {
      const texts = notice.texts[lang]
      const foot = footLines({ ...notice, number: formatNumber(notice.number) }, { lang, by: 'mail' })
      return [
        say.item(say.severity[notice.severity], texts.title),
        ...texts.what,
        ...texts.todo.map((line, at) => `${at + 1}. ${line}`),
        ...texts.doNot,
        { link: notice.link },
        ...foot.filter((line) => line.id === 'number').map((line) => line.text),
      ]
    }),
    ...ending(reader),
  ])
}
