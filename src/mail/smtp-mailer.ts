import { createTransport } from 'nodemailer'
import { second } from '../base/time.ts'
import { headerLine, type Mail, type Mailer } from './mailer.ts'

/**
 * Mails over SMTP.
 * @param url `smtp://user:password@host:587` or `smtps://…`
 * @param from sender as `みまもり <notice@example.jp>` or an address
 */
export function smtpMailer(url: string, from: string): Mailer & { close(): void } {
  const target = new URL(url)
  const transport = createTransport({
    host: target.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(target.port ? { port: Number(target.port) } : {}),
    secure: target.protocol === 'smtps:',
    ...(target.username
      ? { auth: { user: decodeURIComponent(target.username), pass: decodeURIComponent(target.password) } }
      : {}),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    socketTimeout: 30 * second,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // An address of nothing but our own domain: the id must not tell where the program runs.
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'mimamori.invalid'
  return {
    async send(mail: Mail) {
      await transport.sendMail({
        from,
        to: { name: '', address: mail.to },
        subject: headerLine(mail.subject),
        text: mail.text,
        html: mail.html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(mail.id === undefined
          ? {}
          : { messageId: `<${mail.id.replace(/[^A-Za-z0-9._-]/g, '')}@${domain}>` }),
      })
    },
    close: () => transport.close(),
  }
}
