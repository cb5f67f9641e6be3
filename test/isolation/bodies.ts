import { describe, expect, test } from 'vitest'
import { practiceProvider } from '../../src/practice/index.ts'
import { type Visitor, visitorOf } from '../program.ts'
import { digest } from './digest.ts'
import { formOf, mayEnter, nameOf, send } from './walk.ts'
import { addressOf } from './walk.ts'
import type { Walked, World } from './world.ts'

/** Forms that end something come after those that need it; the sample day and signing out come last. */
const enders = [
  '/tasks/',
  '/decisions/',
  '/later',
  '/merge',
  '/closing',
  '/end',
  '/retirement',
  '/practice/day',
  '/sign-out',
]
const rank = (route: Walked): number =>
  route.method === 'GET' ? -1 : enders.findIndex((part) => route.path.includes(part))

/** Ids inside forms, and proof that the forms of the walk are what real buttons send. */
/**
 * What one planted row does not reach: it asks for a whole story before it (25 answers, a text that was shown, a declaration).
 * Their own page tests press them, and test/two-stars.test.ts goes the way through.
 */
const needsStory: readonly string[] = [
  'POST /to-dos/erasures/:device',
  'GET /to-dos/erasures/:device',
  'GET /to-dos/closing',
  'POST /stars/number',
  'POST /stars/edition',
  'POST /stars/earlier',
  'POST /stars/change',
  'POST /self-check/together',
  'POST /self-check/sheets/:sheet/same',
  'POST /self-check/sheets/:sheet/questions/:question',
  'GET /self-check/sheets/:sheet/questions/:question',
  'POST /self-check/sheets/:sheet/links',
  'POST /self-check/links/:link/revocation',
  'POST /self-check/results/:check/questions/:question',
  'GET /self-check/results/:check',
  'GET /self-check/results/:check/questions/:question',
  'GET /self-check/results/:check/pdf',
  'GET /self-check/results/:check/comparison',
  'GET /self-check/results/:check/asking',
  'POST /policy/questions/:question',
  'GET /policy/questions/:question',
  'POST /policy/articles/:article',
  'GET /policy/articles/:article',
  'POST /policy/articles/:article/standard',
  'POST /policy/approve',
  'POST /basics/confirmation',
  'POST /to-dos/closing',
  'POST /stars/stop',
  'POST /stars/logo',
  'GET /stars/logo/file',
  'POST /stars/registry',
  'POST /company/details',
  'POST /news-desk/:news/withdrawal',
  'POST /companies/:company/policy-page',
]

export function describeBodies(world: () => World): void {
  describe('ids inside a form', () => {
    const admin = async (): Promise<Visitor> =>
      visitorOf(world().program.baseUrl, await world().program.signIn(practiceProvider.admin.email))
    const rows = async (text: string, ...values: unknown[]): Promise<unknown[]> =>
      (await world().program.superuser.query(text, values)).rows

    test('a device of one company is never put at a place of another', async () => {
      const { organisation, ids } = world()
      await (await admin()).post(`/companies/${organisation.midori}/devices`, {
        nickname: '迷子',
        class: 'pc',
        site: ids.site,
      })
      expect(await rows(`select site_id as site from device where nickname = '迷子'`)).toEqual([
        { site: null },
      ])
    })

    test('a sensor of one company is never tied to a device of another', async () => {
      const { organisation, ids } = world()
      const reply = await (await admin()).post(`/companies/${organisation.midori}/sensors`, {
        name: '横取りの記録',
        source: 'auto',
        class: 'pc',
        device: ids.device,
      })
      expect(reply.status).toBeLessThan(500)
      expect(
        await rows(`select id from sensor where name = '横取りの記録' and device_id is not null`),
      ).toEqual([])
    })

    test('a credential is ended only at its own sensor', async () => {
      const { organisation, ids, program } = world()
      const [other] = await rows(`select id from sensor where company_id = $1`, organisation.midori)
      const before = await digest(program.superuser, [organisation.yamada])
      const sensor = other !== null && typeof other === 'object' && 'id' in other ? String(other.id) : ''
      const reply = await (await admin()).post(`/sensors/${sensor}/credentials/${ids.token}/end`)
      expect(reply.status).toBe(404)
      expect(await digest(program.superuser, [organisation.yamada])).toEqual(before)
    })

    test('an alert is never given to a person of another organisation', async () => {
      const { organisation, ids } = world()
      const people = await rows(
        'select id from person where organisation_id in ($1, $2)',
        organisation.kohoku,
        organisation.midori,
      )
      const visitor = await admin()
      for (const person of people as { id: string }[]) {
        const reply = await visitor.post(`/alerts/${ids.alert}/assignment`, { assignee: person.id })
        expect([person.id, reply.status >= 400 && reply.status < 500]).toEqual([person.id, true])
      }
    })

    test('the number of a notice tells anybody its date, how urgent it is and the code, and nothing else', async () => {
      const { program, ids, words } = world()
      const [found] = await rows(
        'select n.number, c.code from notice n join company c on c.id = n.company_id where n.id = $1',
        ids.notice,
      )
      const { number, code } = found as { number: string; code: string }
      const reply = await visitorOf(program.baseUrl).post('/check', { number })
      expect(reply.body).toContain(code)
      const spelled = `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`
      const told = words.filter((word) => reply.body.includes(word) && word !== code && word !== spelled)
      expect(told).toEqual([])
    })
  })

  describe('the people a page is for', () => {
    test('reach each page and press each form of the walk: its refusals are no accident', async () => {
      const it = world()
      const enter = (email: string): Promise<Visitor> =>
        it.program.signIn(email).then((cookie) => visitorOf(it.program.baseUrl, cookie))
      const owner = await enter('yamada@yamada-ss.example')
      const staff = await enter(practiceProvider.admin.email)
      const routes = it.routes.filter((route) => route.area === 'owner' || route.area === 'provider')
      const told: string[] = []
      for (const route of [...routes].sort((a, b) => rank(a) - rank(b))) {
        const visitor = mayEnter(route, { name: '', kind: 'company', role: 'owner' }) ? owner : staff
        const reply = await send(visitor, {
          route,
          address: addressOf(route, it.ids),
          form: formOf(it, route),
        })
        // 409: an act before this one has settled it already, e.g. a closed alert.
        const asks = needsStory.includes(nameOf(route)) && [404, 422].includes(reply.status)
        if (![200, 303, 409].includes(reply.status) && !asks) told.push(`${nameOf(route)}: ${reply.status}`)
      }
      expect(told).toEqual([])
      console.info(`isolation: ${routes.length} pages and forms work for those they are for`)
    })

    test('come in by a link that is theirs, and read and answer a notice by the one in their mail', async () => {
      const { program, mailedSecret } = world()
      const stranger = visitorOf(program.baseUrl)
      const entry = new URL(await program.entryLink('yamada@yamada-ss.example')).pathname
      expect((await stranger.get(entry)).status).toBe(200)
      expect((await stranger.get(`/n/${mailedSecret}`)).status).toBe(200)
      expect(
        (await stranger.post(`/n/${mailedSecret}/answers`, { answer: 'unplugged' })).status,
      ).toBeLessThan(500)
    })
  })
}
