import { makeDocx, makePdf, qrSvg } from '../../document/index.ts'
import { policy as en } from '../../../words/en/policy.ts'
import { policy as ja } from '../../../words/ja/policy.ts'
import { type PolicyText, wholeText } from '../compose.ts'
import type { PolicyLang } from '../draft.ts'

const words = { ja, en }

/** An approved policy as its documents show it. */
export type PolicySheet = PolicyText & {
  readonly lang: PolicyLang
  readonly company: string
  readonly number: number
  /** The whole public address while the page is open. */
  readonly url?: string | undefined
}

const footOf = (sheet: PolicySheet): string =>
  `${sheet.company}　${words[sheet.lang].sheet.foot(sheet.number)}`

const documentTitle = (sheet: PolicySheet): string => `${sheet.company} ${sheet.title}`

/** The policy on A4, tagged for screen readers. Fault: DOCUMENT. */
export async function policyPdf(sheet: PolicySheet): Promise<Uint8Array<ArrayBuffer>> {
  const { title, preamble, articles, closing, lang } = sheet
  return makePdf({
    template: new URL('./policy.typ', import.meta.url),
    data: { title, preamble, articles, closing, foot: footOf(sheet) },
    title: documentTitle(sheet),
    lang,
    standard: 'ua-1',
  })
}

/** The policy on one A3 page for the wall, with the code of the public page while that is open. Fault: DOCUMENT. */
export async function policyPoster(sheet: PolicySheet): Promise<Uint8Array<ArrayBuffer>> {
  const { title, preamble, articles, closing, lang, url } = sheet
  const say = words[lang].sheet
  const code = url === undefined ? null : await qrSvg(url)
  return makePdf({
    template: new URL('./poster.typ', import.meta.url),
    data: { title, preamble, articles, closing, foot: footOf(sheet), code, alt: say.code, scan: say.scan },
    title: documentTitle(sheet),
    lang,
    standard: 'ua-1',
  })
}

/** The policy for Word. Fault: DOCUMENT. */
export async function policyDocx(sheet: PolicySheet): Promise<Uint8Array<ArrayBuffer>> {
  return makeDocx({
    title: documentTitle(sheet),
    author: sheet.company,
    lang: sheet.lang,
    foot: footOf(sheet),
    blocks: [
      { kind: 'title', text: sheet.title },
      { kind: 'text', text: sheet.preamble },
      ...sheet.articles.flatMap((one, at) => [
        { kind: 'heading' as const, text: `${at + 1}. ${one.title}` },
        { kind: 'text' as const, text: one.text },
      ]),
      ...sheet.closing.map((text) => ({ kind: 'right' as const, text })),
    ],
  })
}

/** The policy as plain text, for pages that take text only. */
export const policyPlainText = (sheet: PolicySheet): string => wholeText(sheet)

/** The draft of the message to the staff: subject and text. */
export function staffMail(sheet: PolicySheet, approver: string): { subject: string; text: string } {
  const say = words[sheet.lang].mail
  const { company, title, number, url } = sheet
  return {
    subject: say.subject,
    text: say.body({ company, title, number, approver, url, text: wholeText(sheet) }),
  }
}
