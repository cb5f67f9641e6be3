import type { Mailer } from './mailer.ts'

/** The way out of an installation that has none: every mail waits, and pages say why, until a server is set. */
export const noMailer: Mailer = {
  send: () => Promise.reject(new Error('SMTP_URL is not set: mails cannot leave')),
}

/** Writes mails to the terminal of whoever runs the program: for sign-in, while no mail server is set. */
export function terminalMailer(write: (text: string) => void): Mailer {
  return {
    send: (mail) => {
      write(`\nSMTP_URL is not set. This mail to ${mail.to} did not leave:\n  ${mail.subject}\n`)
      return Promise.resolve()
    },
  }
}
