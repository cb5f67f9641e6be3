/** One mail, finished: plain text and simple HTML of the same content, nothing fetched from outside. */
export type Mail = {
  /** Whose mailbox it is: the company or provider the person belongs to. */
  readonly organisation: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Left part of the Message-ID: the same for every try of the same mail, so that a second arrival can be recognised. */
  readonly id?: string
}

/**
 * A way out. `send` resolves when the next station has taken the mail ("handed", which is not "delivered"), and rejects
 * otherwise; `isPermanent` of the error says that trying again is useless.
 */
export type Mailer = { send(mail: Mail): Promise<void> }

/** Whether a mail was refused for good (SMTP 5xx for the recipient or the content). */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'responseCode' in error ? error.responseCode : undefined
  const stage = 'code' in error ? error.code : undefined
  // A refused sign-in or greeting is our own setting, which somebody can mend: worth another try.
  return typeof code === 'number' && code >= 500 && stage !== 'EAUTH' && stage !== 'ECONNECTION'
}

/** One line of a header: no line ends, no other control characters. */
export function headerLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
