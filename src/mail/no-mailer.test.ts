import { expect, test } from 'vitest'
import { isPermanent } from './mailer.ts'
import { noMailer, terminalMailer } from './no-mailer.ts'

const mail = {
  organisation: '-',
  to: 'kimura@minato.example',
  subject: '確認番号 123456',
  text: 't',
  html: 'h',
}

test('without a mail server a mail does not leave, in words that name the setting, and may be tried again', async () => {
  const refused: unknown = await noMailer.send(mail).catch((error: unknown) => error)
  expect(String(refused)).toContain('SMTP_URL')
  expect(isPermanent(refused)).toBe(false)
})

test('the mails of sign-in are shown to whoever runs the program', async () => {
  const written: string[] = []
  await terminalMailer((text) => written.push(text)).send(mail)
  expect(written.join('')).toContain('確認番号 123456')
  expect(written.join('')).toContain('kimura@minato.example')
})
