import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { practiceProvider, yamada } from '../src/practice/index.ts'
import { browserAvailable, openBrowser, shoot } from './browser.ts'
import { addressOf, nameOf } from './isolation/walk.ts'
import { routesOfProgram, type Kind, type Walked } from './isolation/world.ts'
import {
  actsOnTheChosen,
  asksAndPutsOff,
  closesAndUndoes,
  keysRest,
  listStaysWhileAlertsArrive,
  movesByKeys,
  opensCase,
} from './pages/keyboard.ts'
import { faultsAt, faultsOfSource, hearConsole, type Lang, sourceOf, weightOf, widths } from './pages/look.ts'
import { type Reader, setStage, type Stage } from './pages/stage.ts'
import { adminBegins, analystClosesCase, ownerAnswers } from './pages/without-script.ts'
import { launchProgram } from './program.ts'

const available = await browserAvailable()

/** Looked at by people, too. */
const pictures: Readonly<Record<string, string>> = {
  '/': 'front',
  '/home': 'home',
  '/notices/:notice': 'notice',
  '/incidents/:case': 'incident',
  '/devices': 'devices',
  '/queue': 'queue',
  '/cases/:case': 'case',
  '/companies': 'companies',
  '/companies/:company': 'company',
  '/sensors/:sensor': 'sensor',
  '/watch': 'watch',
  '/mailbox/:mail': 'mail',
  '/sign-in': 'sign-in',
  '/company': 'package',
}

/** Kinds of which the practice has nothing until somebody has answered, published or sent a link. */
const storied: readonly Kind[] = [
  'self-check',
  'sheet',
  'question',
  'item',
  'device',
  'published',
  'answer-link',
  'lesson-link',
  'proof-link',
  'application-link',
  'status-list',
  'name',
]

/** What axe cannot decide and people looked at: letters on the tiles of the map, dark on light or white on dark (2026-11-24). */
const reviewed: readonly RegExp[] = [
  /^GET \/registry\/statistics \(.*\) axe incomplete color-contrast: text\[/,
]

/** Programs read these. */
const isPage = (route: Walked): boolean =>
  route.method === 'GET' && route.area !== 'machine' && !route.path.endsWith('/stream')

describe.skipIf(available !== true)(`pages ${available === true ? '' : `(${available})`}`, () => {
  let browser: Browser
  let stage: Stage
  beforeAll(async () => {
    browser = await openBrowser()
    stage = await setStage(browser)
  })
  afterAll(async () => {
    await browser?.close()
    if (stage !== undefined && stage.program.troubles.length > 0)
      console.info(stage.program.troubles.join('\n'))
    await stage?.program.stop()
  })

  test('the attack is told to the owner within two minutes of the start', async () => {
    const seconds = await stage.untilUrgent()
    console.info(`pages: the urgent notice stood ${seconds.toFixed(1)} s after the start`)
    expect(seconds).toBeLessThan(120)
  })

  describe('every page, in both languages, on a phone and on a desk', () => {
    let ids: Readonly<Record<Kind, string>>
    let routes: readonly Walked[]
    beforeAll(async () => {
      ids = { ...(await stage.ids()), secret: (await stage.mailedLink()).replace('/n/', '') }
      routes = routesOfProgram(stage.program).filter(isPage)
    })

    const readerOf = (route: Walked): Reader =>
      route.area === 'public' ? 'anybody' : route.area === 'owner' ? 'owner' : 'provider'

    test.for([
      ['anybody', 'ja'],
      ['anybody', 'en'],
      ['owner', 'ja'],
      ['owner', 'en'],
      ['provider', 'ja'],
      ['provider', 'en'],
    ] as const)('%s reads in %s', async ([reader, lang]) => {
      const context = await stage.context(reader, { lang })
      // The queue is looked at as it stands, not while it renews itself.
      await context.route('**/queue/stream', (route) => route.abort())
      const page = await context.newPage()
      const heard = hearConsole(page)
      const told: string[] = []
      const files: string[] = []
      let heaviest = 0
      const mine = routes.filter((route) => readerOf(route) === reader)
      for (const route of mine) {
        const before = await context.request.get(addressOf(route, ids), { maxRedirects: 0 })
        // A file is no page; what needs a whole story or a fresh link has page tests of its own.
        if (!(before.headers()['content-type'] ?? '').startsWith('text/html') && before.status() === 200)
          continue
        if (before.status() === 404 && Object.values(route.ids ?? {}).some((kind) => storied.includes(kind)))
          continue
        const looked = await lookAt(page, { route, ids, lang }).catch((thrown: unknown) => {
          if (String(thrown).includes('Download is starting')) return undefined
          throw thrown
        })
        if (looked === undefined) {
          files.push(nameOf(route))
          continue
        }
        const { faults, weight } = looked
        heaviest = Math.max(heaviest, weight)
        told.push(...[...faults, ...heard()].map((fault) => `${nameOf(route)} ${fault}`))
        if (reader !== 'provider' && weight > 60 * 1024) told.push(`${nameOf(route)} weighs ${weight} bytes`)
      }
      await context.close()
      console.info(
        `pages: ${mine.length} of ${reader} in ${lang}, the heaviest ${(heaviest / 1024).toFixed(1)} KiB with its styles`,
      )
      // A browser takes these as files; a page among them would be missed.
      expect(
        files.filter((name) => !/\/(pdf|poster|docx|html|text|file|:name|:file|:output)\b/.test(name)),
      ).toEqual([])
      expect(told.filter((fault) => !reviewed.some((known) => known.test(fault)))).toEqual([])
    })
  })

  describe('the queue by keyboard', () => {
    let page: Page
    beforeAll(async () => {
      page = await (await stage.context('provider')).newPage()
      page.setDefaultTimeout(10_000)
      await page.setViewportSize({ width: 1280, height: 860 })
      await page.goto('/queue')
    })
    afterAll(() => page?.context().close())

    test('J and K move the choice, and the list stays', () => movesByKeys(page))
    test('an act typed at once after J is of the row that J chose', () => actsOnTheChosen(stage, page))
    test('3 and a reason take an alert away, Z brings it back to its place', () => closesAndUndoes(page))
    test('the list does not move when an alert arrives: only the count of new ones grows', () =>
      listStaysWhileAlertsArrive(stage, page))
    test('keys rest in fields, while words are composed, and when they are switched off', () =>
      keysRest(page))
    test('4 asks the owner, H puts off', () => asksAndPutsOff(stage, page))
    test('1 opens the case', () => opensCase(page))
  })

  describe('without JavaScript', () => {
    test('the owner comes in, answers the urgent notice and reads what follows', async () => {
      const context = await stage.context('anybody', { script: false })
      await ownerAnswers(stage, await context.newPage(), yamada.people[0]?.email ?? '')
      await context.close()
    })

    test('an analyst opens a case, adds a note and closes it', async () => {
      const context = await stage.context('anybody', { script: false })
      await analystClosesCase(stage, await context.newPage(), practiceProvider.analyst.email)
      await context.close()
    })

    test('an administrator begins a real installation: company, person, device, sensor, token', async () => {
      const program = await launchProgram({ practice: false })
      try {
        const context = await browser.newContext({ javaScriptEnabled: false, locale: 'ja' })
        const token = await adminBegins(program, await context.newPage())
        await context.close()
        const answer = await fetch(`${program.baseUrl}/ingest/v1/auto`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
          body: '{"message":"はじめての一行"}\n',
        })
        expect(answer.status).toBeLessThan(300)
      } finally {
        await program.stop()
        await program.remove()
      }
    })
  })
})

async function lookAt(
  page: Page,
  of: { readonly route: Walked; readonly ids: Readonly<Record<Kind, string>>; readonly lang: Lang },
): Promise<{ faults: string[]; weight: number }> {
  const answer = await page.goto(addressOf(of.route, of.ids))
  const html = await sourceOf(answer)
  const faults = [...faultsOfSource(html, of.lang)]
  if ((answer?.status() ?? 500) >= 500) faults.push(`failed with ${answer?.status()}`)
  const weight = await weightOf(page, html)
  for (const width of widths) {
    const found = await faultsAt(page, width, { practice: true })
    faults.push(...found.map((fault) => `(${of.lang} ${width}) ${fault}`))
    const picture = pictures[of.route.path]
    if (picture !== undefined) await shootWhole(page, { name: `${picture}-${of.lang}-${width}`, width })
  }
  return { faults, weight }
}

/** In a window as high as the page, so that what is fixed to the window's end stands at the page's end. */
async function shootWhole(page: Page, of: { readonly name: string; readonly width: number }): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: of.width, height: Math.min(height, 6_000) })
  await shoot(page, of.name)
}
