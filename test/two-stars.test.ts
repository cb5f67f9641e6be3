import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axe, browserAvailable, openBrowser, shoot } from './browser.ts'
import { newFirm } from './pages/new-firm.ts'
import { type Program, startProgram } from './program.ts'

const available = await browserAvailable()
const owner = { name: '株式会社新町ばね', owner: '新町 花子', email: 'shinmachi@shinmachi.example' }
/** People read Japanese on a screen at about 500 characters a minute (security-action.md §5.3). */
const charactersPerMinute = 500

/** Presses a button and waits for the page that follows. */
async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), page.locator(selector).first().click()])
  await page.waitForLoadState()
  const errors = await page.locator('.mm-errors').allTextContents()
  const problem = await page.getByText('うまく表示できませんでした').count()
  expect([page.url(), errors, problem]).toEqual([page.url(), [], 0])
}

/** The button at the end of the page's last form: the one that goes on. */
const onward = 'main form >> nth=-1 >> button >> nth=-1'

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const input = page.locator(`main [name="${name}"]`).first()
    if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption(value)
    else await input.fill(value)
  }
}

describe.skipIf(available !== true)(
  `a new firm on a phone ${available === true ? '' : `(${available})`}`,
  () => {
    let browser: Browser
    let program: Program
    let context: BrowserContext
    let page: Page

    beforeAll(async () => {
      browser = await openBrowser()
      program = await startProgram({ practice: true })
      await newFirm(program, owner)
      context = await browser.newContext({
        javaScriptEnabled: false,
        baseURL: program.baseUrl,
        viewport: { width: 360, height: 740 },
      })
      page = await context.newPage()
    }, 120_000)
    afterAll(async () => {
      if ((program?.troubles.length ?? 0) > 0) console.info(program.troubles.join('\n'))
      await browser?.close()
      await program?.stop()
    })

    /** No sideways scroll, nothing that axe finds; a picture for people. */
    const look = async (name: string): Promise<void> => {
      await shoot(page, `two-stars-${name}-360`)
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect([name, over]).toEqual([name, 0])
      const seen = await context.browser()?.newContext({ viewport: { width: 360, height: 740 } })
      await seen?.close()
    }

    const link = async (href: string): Promise<void> => press(page, `main a[href="${href}"]`)

    test('signs in by a code from the mail and is led by the first door to the list of things to do', async () => {
      await page.goto('/security-action')
      await press(page, 'main a[href^="/sign-in"]')
      await fill(page, { email: owner.email })
      await press(page, onward)
      const { rows } = await program.superuser.query<{ text: string }>(
        'select text_body as text from practice_mail where to_address = $1 order by at desc limit 1',
        [owner.email],
      )
      const code = /\b\d{6}\b/.exec(rows[0]?.text ?? '')?.[0] ?? ''
      await fill(page, { code })
      await press(page, onward)
      expect(new URL(page.url()).pathname).toBe('/stars')
      await look('start')
    })

    test('tells what is asked of a company, with a wrong number named at its field', async () => {
      await link('/company/details')
      await fill(page, { corporateNumber: '1234567890123', prefecture: '大阪府', address: '堺市堺区１－１' })
      await Promise.all([page.waitForEvent('framenavigated'), page.locator(onward).click()])
      expect(await page.title()).toMatch(/^エラー：/)
      expect(await page.locator('main [name=address]').inputValue()).toContain('堺市')
      await fill(page, {
        corporateNumber: '８０００００００００００１',
        representativeTitle: '代表取締役',
        representativeName: owner.owner,
      })
      await press(page, onward)
    })

    test('promises the basic items one by one, in the name of its representative', async () => {
      await page.goto('/stars')
      await link('/basics')
      for (;;) {
        const open = page.locator('main form[action$="/tick"]')
        if ((await open.count()) === 0) {
          const next = await nextItem(page)
          if (next === undefined) break
          await page.goto(next)
          continue
        }
        await press(page, 'main form[action$="/tick"] button')
        await page.goto('/basics')
      }
      await page.goto('/basics/confirmation')
      await look('pledge')
      await fillPledge(page)
      await press(page, onward)
      await page.goto('/stars/notice')
      await page.locator('main input[type=checkbox]').check()
      await press(page, onward)
    })

    test('answers 25 questions with 25 taps, in less than five minutes of reading', async () => {
      await page.goto('/stars')
      await link('/self-check')
      await press(page, 'main button[name=with][value=self]')
      let taps = 0
      let characters = 0
      while ((await page.locator('main form button[name=a], main .mm-answer').count()) > 0) {
        characters += await charactersOf(page)
        if (taps === 0) await look('question')
        await press(page, `main .mm-answer >> nth=${taps % 5 === 4 ? 1 : 0}`)
        taps += 1
        expect(taps).toBeLessThanOrEqual(25)
      }
      console.info(`two stars: ${taps} taps, ${characters} characters on the question pages`)
      expect(taps).toBe(25)
      expect(characters / charactersPerMinute).toBeLessThanOrEqual(5)
      expect(await page.locator('main').innerText()).toMatch(/点/)
      await look('result')
    })

    test('writes the policy by answering, approves it and publishes it here', async () => {
      await page.goto('/stars')
      await link('/policy')
      await page.goto('/policy/questions/name')
      for (
        let pages = 0;
        pages < 12 && new URL(page.url()).pathname.startsWith('/policy/questions/');
        pages++
      ) {
        await answerPolicyPage(page)
        await press(page, onward)
      }
      expect(new URL(page.url()).pathname).toBe('/policy/check')
      await look('policy')
      await press(page, 'main a[href="/policy/approve"]')
      await fillPledge(page)
      await press(page, onward)
      await page.goto('/policy/hosting')
      await press(page, onward)
    })

    test('is told that it is ready to declare two stars, and what to do next', async () => {
      await page.goto('/stars')
      const said = await page.locator('main').innerText()
      expect(said.replaceAll(/\s/g, '')).toContain('二つ星を宣言する用意ができました')
      await look('ready')
      await page.goto('/stars/prepare?level=SA2')
      expect(await page.locator('main').innerText()).toMatch(/GビズID|gBizID/)
      const scripted = await browser.newContext({
        baseURL: program.baseUrl,
        viewport: { width: 360, height: 740 },
        storageState: await context.storageState(),
      })
      const again = await scripted.newPage()
      for (const path of ['/stars', '/stars/prepare?level=SA2', '/policy', '/basics']) {
        await again.goto(path)
        const found = await axe(again)
        expect([path, found]).toEqual([path, { violations: [], incomplete: [] }])
      }
      await scripted.close()
    })
  },
)

/** What one reads to answer: the form without blanks and without the numbers of the keys, which nobody reads out. */
async function charactersOf(page: Page): Promise<number> {
  const form = page.locator('main form').first()
  const keys = (await form.locator('.mm-answer__key').allInnerTexts()).join('').length
  return (await form.innerText()).replaceAll(/\s/g, '').length - keys
}

/** The address of the first basic item without a tick; undefined when all have one. */
async function nextItem(page: Page): Promise<string | undefined> {
  const links = await page
    .locator('main a[href^="/basics/pl."]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
  for (const href of links) {
    await page.goto(href)
    const ticked = page.locator('main form[action$="/tick"] input[name=ticked][value=yes]')
    if ((await ticked.count()) > 0) return href
  }
  return undefined
}

/** Name, title and boxes of a page on which somebody answers for the company. */
async function fillPledge(page: Page): Promise<void> {
  const values: Record<string, string> = { name: owner.owner, title: '代表取締役', position: '代表取締役' }
  for (const [name, value] of Object.entries(values)) {
    const input = page.locator(`main input[name="${name}"]`)
    if ((await input.count()) > 0 && (await input.first().isEditable())) await input.first().fill(value)
  }
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
}

/** Answers one page of the policy with what a hurried owner would: the default where there is one. */
async function answerPolicyPage(page: Page): Promise<void> {
  const boxes = page.locator('main input[type=checkbox][name=assets]')
  if ((await boxes.count()) > 0) await boxes.first().check()
  for (const input of await page
    .locator('main input[type=text], main input[type=tel], main input[type=email]')
    .all()) {
    const name = (await input.getAttribute('name')) ?? ''
    if ((await input.inputValue()) === '' && !/own_assets|business/.test(name)) {
      await input.fill(name.includes('contact') ? '06-0000-0000' : owner.owner)
    }
  }
}
