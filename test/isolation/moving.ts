import { describe, expect, test, vi } from 'vitest'
import { hour } from '../../src/base/time.ts'
import { findSilence, insertToken } from '../../src/device/index.ts'
import { handDue, sendMails } from '../../src/notice/index.ts'
import type { Mail } from '../../src/mail/index.ts'
import { within } from '../../src/store/index.ts'
import { visitorOf } from '../program.ts'
import { digest } from './digest.ts'
import { listenTo } from './stream.ts'
import { foreigners, ours, type World } from './world.ts'

type Told = { readonly organisation: string; readonly to: string; readonly text: string }

const emailOf = (world: World, name: string): string => {
  const found = [...foreigners(world.organisation), ...ours(world.organisation)].find(
    (each) => each.name === name,
  )
  if (found?.email === undefined) throw new Error(`BUG: ${name} has no address`)
  return found.email
}

const strange = (world: World, text: string): string[] =>
  [...world.words, ...world.uuids].filter((word) => text.toLowerCase().includes(word.toLowerCase()))

/** What moves by itself: streams, mails, jobs, memories, lines that come in. */
export function describeMoving(world: () => World): void {
  describe('what moves by itself', () => {
    test('the live stream tells each provider of its own companies only, and an owner of none', async () => {
      const { program, organisation, ids } = world()
      const minato = await program.signIn(emailOf(world(), 'analyst of みなと'))
      const theirs = await listenTo(program.baseUrl, minato)
      const others = await listenTo(
        program.baseUrl,
        await program.signIn(emailOf(world(), 'analyst of 港北セキュリティ')),
      )
      const pressed = await visitorOf(program.baseUrl, minato).post(`/alerts/${ids.alert}/assignment`, {
        assignee: '',
      })
      expect(pressed.status).toBe(303)
      await theirs.until(ids.alert)
      // What is told later has overtaken nothing: when this arrives, all that came before has been heard.
      const fence = JSON.stringify({ kind: 'alert.raised', company: organisation.hoshino, id: 'fence' })
      await program.superuser.query('select pg_notify($1, $2)', ['mimamori', fence])
      await others.until('fence')
      expect(strange(world(), others.heard())).toEqual([])
      expect(theirs.heard()).not.toContain('fence')
      const owner = await program.signIn(emailOf(world(), 'owner of 山田製作所'))
      expect((await visitorOf(program.baseUrl, owner).get('/queue/stream')).status).toBe(404)
      await Promise.all([theirs.close(), others.close()])
    })

    test("a job on one company leaves the others as they are, and each mail goes to the company's own people", async () => {
      const { program, organisation } = world()
      const { app, detect } = program.running.store
      const later = Date.now() + 3 * hour
      const before = await digest(program.superuser, [organisation.yamada])
      await findSilence({ app, detect }, organisation.midori, { now: later, held: false })
      expect(await digest(program.superuser, [organisation.yamada])).toEqual(before)
      await handDue(detect, later + 24 * hour)
      const sent: Mail[] = []
      const mailer = { send: async (mail: Mail) => void sent.push(mail) }
      await sendMails(detect, mailer, { baseUrl: program.baseUrl }, later + 24 * hour)
      const midori = sent.filter((mail) => mail.organisation === organisation.midori)
      expect(midori.length).toBeGreaterThan(0)
      for (const mail of midori)
        expect(strange(world(), `${mail.to} ${mail.subject} ${mail.html}`)).toEqual([])
      await mustReachOwnPeople(
        world(),
        sent.map((mail) => ({ ...mail, text: mail.html })),
      )
    })

    test('every mail and delivery so far went to people of the company it is about', async () => {
      const { program } = world()
      const { rows } = await program.superuser.query<Told>(
        `select organisation_id as organisation, to_address as "to", subject || text_body || html_body as text from practice_mail`,
      )
      expect(rows.length).toBeGreaterThan(0)
      await mustReachOwnPeople(world(), rows)
      const astray = await program.superuser.query(
        `select d.id from notice_delivery d join notice n on n.id = d.notice_id join person p on p.id = d.person_id
         where p.organisation_id <> d.company_id or n.company_id <> d.company_id`,
      )
      expect(astray.rows).toEqual([])
    })

    test('what is remembered of one person is never given to another', async () => {
      const { program } = world()
      const people = ['owner of 山田製作所', 'owner of みどり園芸', 'owner of 星野印刷'] as const
      const names = ['株式会社山田製作所', 'みどり園芸株式会社', '星野印刷']
      const visitors = await Promise.all(
        people.map(async (name) => visitorOf(program.baseUrl, await program.signIn(emailOf(world(), name)))),
      )
      for (let round = 0; round < 10; round++) {
        const pages = await Promise.all(visitors.map((visitor) => visitor.get('/home')))
        const told = pages.map((page) => names.filter((name) => page.body.includes(name)))
        expect(told).toEqual(names.map((name) => [name]))
      }
    })

    test('lines belong to the company of their token, whatever they say of themselves', async () => {
      const { program, organisation } = world()
      const { rows } = await program.superuser.query<{ id: string }>(
        `select id from sensor where company_id = $1 and class = 'utm'`,
        [organisation.midori],
      )
      const sensor = rows[0]?.id ?? ''
      const token = await within(program.running.store.app, { organisations: [organisation.midori] }, (tx) =>
        insertToken(tx, { company: organisation.midori, sensor, by: null }),
      )
      const line = '{"message":"devname=FGT-YAMADA company_id=yamada こちらは山田製作所"}'
      const post = (bearer: string): Promise<Response> =>
        fetch(`${program.baseUrl}/ingest/v1/auto`, {
          method: 'POST',
          headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/x-ndjson' },
          body: line,
        })
      expect((await post(token)).ok).toBe(true)
      const kept = await program.superuser.query<{ company: string; sensor: string }>(
        `select company_id as company, sensor_id as sensor from event where raw like '%こちらは山田製作所%'`,
      )
      expect(kept.rows).toEqual([{ company: organisation.midori, sensor }])
      expect((await post(`${token.slice(0, -1)}x`)).status).toBe(401)
    })

    test('a contract that ends takes the company out of the pages and the stream within seconds', async () => {
      const { program, organisation } = world()
      const cookie = await program.signIn(emailOf(world(), 'admin of 港北セキュリティ'))
      const visitor = visitorOf(program.baseUrl, cookie)
      const page = `/companies/${organisation.hoshino}`
      expect((await visitor.get(page)).status).toBe(200)
      const stream = await listenTo(program.baseUrl, cookie)
      await program.superuser.query('update relation set ended_at = now() where to_id = $1', [
        organisation.hoshino,
      ])
      await vi.waitFor(async () => expect((await visitor.get(page)).status).toBe(404), {
        timeout: 8_000,
        interval: 200,
      })
      await stream.ended(15_000)
    })
  })
}

async function mustReachOwnPeople(world: World, mails: readonly Told[]): Promise<void> {
  const { rows } = await world.program.superuser.query<{ email: string; organisation: string }>(
    'select email, organisation_id as organisation from person',
  )
  const home = new Map(rows.map((row) => [row.email, row.organisation]))
  for (const mail of mails) {
    expect([mail.to, home.get(mail.to)]).toEqual([mail.to, mail.organisation])
    const { yamada, minato } = world.organisation
    if (mail.organisation !== yamada && mail.organisation !== minato)
      expect([mail.to, ...strange(world, mail.text)]).toEqual([mail.to])
  }
}
