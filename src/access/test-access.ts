import { newId, quiet, within } from '../store/index.ts'
import { testDatabase } from '../store/test-database.ts'
import { type Access, makeAccess } from './access.ts'
import { readActor } from './actor.ts'
import type { AccessMail } from './mail.ts'
import { invitePerson } from './people.ts'
import { setUpInstallation } from './set-up.ts'

/** Sign-in on a database of its own, with the mails it would send. */
export async function testAccess(baseUrl = 'http://localhost:8080') {
  const database = await testDatabase()
  const mails: AccessMail[] = []
  const access: Access = makeAccess({
    app: database.store.app,
    signIn: database.store.signIn,
    secret: 'a secret of the tests, long enough',
    baseUrl,
    sendMail: async (mail) => void mails.push(mail),
    log: quiet,
  })
  return { database, access, mails }
}

/** The number in the newest mail to an address. */
export function codeTo(mails: readonly AccessMail[], email: string): string {
  const mail = mails.findLast(({ to }) => to === email)
  return /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? 'none'
}

/** The `Cookie` header that a browser sends after these `Set-Cookie` values. */
export function cookiesAfter(set: readonly string[]): string {
  return set
    .filter((value) => !/Max-Age=0/i.test(value))
    .map((value) => value.split(';')[0] ?? '')
    .join('; ')
}

/** The value, where a test is sure that there is one. */
export function mustHave<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there')
  return value
}

/** A house with its administrator 木村 and one company, 山田製作所, with its owner 佐藤. */
export async function testHouse() {
  const world = await testAccess()
  const { access, database, mails } = world
  const { provider, person } = await setUpInstallation(
    access,
    {
      providerName: 'みなと情報サービス',
      adminName: '木村 葵',
      adminEmail: 'kimura@minato.example',
      deskPhone: '0120-000-000',
      deskHours: '24時間',
    },
    Date.now(),
  )
  const addCompany = async (name: string, code: string): Promise<string> => {
    const id = newId()
    await within(access.app, { organisations: [provider, id] }, async (tx) => {
      await tx.run(`insert into organisation (id, kind, name) values ($1, 'company', $2)`, [id, name])
      await tx.run('insert into company (id, code) values ($1, $2)', [id, code])
      await tx.run(`insert into relation (id, kind, from_id, to_id) values ($1, 'contract', $2, $3)`, [
        newId(),
        provider,
        id,
      ])
    })
    return id
  }
  const yamada = await addCompany('山田製作所', 'M-0427')
  const admin = mustHave(await readActor(access.app, person))
  const invited = await invitePerson(
    access,
    admin,
    { organisation: yamada, role: 'owner', name: '佐藤', email: 'Sato@Yamada.example', language: 'ja' },
    Date.now(),
  )
  await access.settled()
  return {
    ...world,
    provider,
    admin,
    yamada,
    sato: invited.person,
    addCompany,
    /** What was done to an organisation, oldest first. */
    trail: async (organisation: string): Promise<string[]> => {
      const { rows } = await database.superuser.query<{ act: string }>(
        'select act from audit where organisation_id = $1 order by at, id',
        [organisation],
      )
      return rows.map((row) => row.act)
    },
    /** Asks for a number and reads it from the mail. */
    codeFor: async (email: string): Promise<string> => {
      await access.signIn.requestCode(email)
      await access.settled()
      return codeTo(mails, email)
    },
  }
}
