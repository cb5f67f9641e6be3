import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { isPermanent, type Mail, type Mailer } from './mailer.ts'
import { listPracticeMail, practiceMailer } from './practice-mailer.ts'
import { smtpMailer } from './smtp-mailer.ts'

type Arrived = { to: string; subject: string; text: string; html: string }

/** Decodes what the tests need of a MIME message: headers with encoded words, and the two base64 or quoted parts. */
function decode(raw: string): { subject: string; bodies: string[]; raw: string } {
  const unfolded = raw.replace(/\r\n[ \t]+/g, ' ')
  const header = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? ''
  const subject = header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('latin1')
        : quoted(word.replaceAll('_', ' ')),
    )
  const bodies = [
    ...raw.matchAll(/Content-Transfer-Encoding: (\S+)\r\n(?:[^\r\n]+\r\n)*\r\n([\s\S]*?)\r\n--/g),
  ].map(([, kind = '', body = '']) =>
    (kind === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(kind === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body, 'latin1')
    ).toString('utf8'),
  )
  return { subject: Buffer.from(subject, 'latin1').toString('utf8'), bodies, raw }
}
const quoted = (text: string): string =>
  text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

let database: TestDatabase
const yamada = newId()
const inbox: { to: string; raw: string }[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo(address, _session, done) {
    if (address.address.startsWith('nobody'))
      return done(Object.assign(new Error('no such user'), { responseCode: 550 }))
    if (address.address.startsWith('later'))
      return done(Object.assign(new Error('try later'), { responseCode: 451 }))
    return done()
  },
  onData(stream, session, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      inbox.push({
        to: session.envelope.rcptTo.map((each) => each.address).join(),
        raw: Buffer.concat(parts).toString('latin1'),
      })
      done()
    })
  },
})
let smtp: Mailer & { close(): void }

beforeAll(async () => {
  database = await testDatabase()
  await within(database.superuser, { organisations: [] }, (tx) =>
    tx.run(`insert into organisation (id, kind, name) values ($1, 'company', '山田製作所')`, [yamada]),
  )
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  smtp = smtpMailer(`smtp://127.0.0.1:${port}`, 'みまもり <notice@mimamori.example>')
})
afterAll(async () => {
  smtp.close()
  await new Promise<void>((done) => server.close(() => done()))
  await database.drop()
})

const mail: Mail = {
  organisation: yamada,
  to: 'yamada@yamada.example',
  subject: '【いますぐ】経理-02を今すぐネットから外してください｜株式会社山田製作所\r\nBcc: evil@example.com',
  text: '山田 様\n\n14時21分から、経理-02が犯人のコンピューターと通信しています。髙﨑\n',
  html: '<p>山田 様</p><p>14時21分から</p>',
  id: 'd-1',
}

describe.each(['smtp', 'practice'] as const)('both ways out keep the same promise: %s', (way) => {
  const mailer = (): Mailer => (way === 'smtp' ? smtp : practiceMailer(database.store.detect))
  const arrived = async (): Promise<Arrived[]> => {
    if (way === 'practice') {
      return within(database.store.app, { organisations: [yamada] }, (tx) => listPracticeMail(tx, yamada))
    }
    return inbox.map(({ to, raw }) => {
      const { subject, bodies } = decode(raw)
      return { to, subject, text: (bodies[0] ?? '').replaceAll('\r\n', '\n'), html: bodies[1] ?? '' }
    })
  }

  test('a Japanese mail arrives whole, and a line end in the subject makes no header', async () => {
    await mailer().send(mail)
    const [got] = await arrived()
    expect(got?.to).toBe(mail.to)
    expect(got?.subject).toBe(mail.subject.replace('\r\n', ' '))
    expect(got?.text.trim()).toBe(mail.text.trim())
    expect(got?.html.trim()).toBe(mail.html)
  })

  test('two mails are two mails', async () => {
    const before = (await arrived()).length
    await Promise.all([mailer().send(mail), mailer().send(mail)])
    expect((await arrived()).length).toBe(before + 2)
  })
})

describe('over SMTP', () => {
  test('the sender is ours, the id is the same for every try, nothing says it waits for an answer', async () => {
    inbox.length = 0
    await smtp.send(mail)
    await smtp.send(mail)
    const ids = inbox.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1])
    expect(ids).toEqual(['<d-1@mimamori.example>', '<d-1@mimamori.example>'])
    expect(inbox[0]?.raw).toContain('Auto-Submitted: auto-generated')
    expect(inbox[0]?.raw).not.toMatch(/^Bcc:/m)
  })

  test('a refused address is refused for good, a busy station is not', async () => {
    const refused = await smtp.send({ ...mail, to: 'nobody@yamada.example' }).catch((error: unknown) => error)
    expect(isPermanent(refused)).toBe(true)
    const busy = await smtp.send({ ...mail, to: 'later@yamada.example' }).catch((error: unknown) => error)
    expect(busy).toBeInstanceOf(Error)
    expect(isPermanent(busy)).toBe(false)
    const nobodyThere = smtpMailer('smtp://127.0.0.1:1', 'a@mimamori.example')
    const down = await nobodyThere.send(mail).catch((error: unknown) => error)
    expect(down).toBeInstanceOf(Error)
    expect(isPermanent(down)).toBe(false)
    nobodyThere.close()
  })
})
