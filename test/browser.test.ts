import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { axe, browserAvailable, openBrowser, shoot } from './browser.ts'

const available = await browserAvailable()

describe.skipIf(available !== true)(`the test browser ${available === true ? '' : `(${available})`}`, () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 360, height: 240 } })
  })
  afterAll(() => browser?.close())

  test('a picture of Japanese text is not of one colour and differs from a blank page', async () => {
    await page.setContent(document({ body: '' }))
    const blank = await colours(page, await shoot(page, 'browser-blank'))
    await page.setContent(document({ body: '<main><h1>見守り</h1></main>' }))
    const words = await colours(page, await shoot(page, 'browser-words'))
    expect(blank.size).toBe(1)
    expect(words.size).toBeGreaterThan(4)
  })

  test('each Japanese character has a shape of its own, not the box of a missing font', async () => {
    const shapes = new Set<string>()
    for (const character of ['見', '守', '髙', '㈱']) {
      await page.setContent(document({ body: `<h1>${character}</h1>` }))
      shapes.add((await page.screenshot()).toString('base64'))
    }
    expect(shapes.size).toBe(4)
  })

  test('axe passes a page with a heading and words in dark on white', async () => {
    await page.setContent(document({ body: '<main><h1>見守り</h1><p>今日も届いています。</p></main>' }))
    expect(await axe(page)).toEqual({ violations: [], incomplete: [] })
  })

  test('axe reports grey words on white and a picture without words', async () => {
    const body =
      '<main><h1>見守り</h1><p style="color:#aaa">薄い字</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'
    await page.setContent(document({ body }))
    const { violations } = await axe(page)
    expect(violations.map((finding) => finding.rule).toSorted()).toEqual(['color-contrast', 'image-alt'])
    expect(violations.flatMap((finding) => finding.places).join()).toContain('#aaaaaa')
  })

  test('the fixed call bar leaves nothing undecided, and its own contrast is looked at', async () => {
    const lines = '<p>山田製作所のネットワークを見ています。</p>'.repeat(30)
    const bar = (colour: string) =>
      `<aside class="mm-call" aria-label="電話" style="position:fixed;inset:auto 0 0 0;height:64px;background:#0017c1;color:${colour}">
      <a href="tel:0300000000" style="color:inherit">電話する</a></aside>`
    await page.setContent(document({ body: `<main><h1>見守り</h1>${lines}</main>${bar('#fff')}` }))
    expect(await axe(page)).toEqual({ violations: [], incomplete: [] })
    await page.setContent(document({ body: `<main><h1>見守り</h1>${lines}</main>${bar('#335')}` }))
    expect((await axe(page)).violations.map((finding) => finding.rule)).toContain('color-contrast')
  })

  test('a strict content security policy of the page does not stop axe', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">`
    await page.setContent(document({ head: policy, body: '<main><h1>見守り</h1></main>' }))
    expect(await axe(page)).toEqual({ violations: [], incomplete: [] })
  })
})

function document(parts: { head?: string; body: string }): string {
  return `<!doctype html><html lang="ja"><head><title>見守り</title>${parts.head ?? ''}</head>
    <body style="background:#fff;color:#111;font-family:sans-serif">${parts.body}</body></html>`
}

/** The distinct colours of a picture, read by the browser itself. */
async function colours(page: Page, png: Buffer): Promise<Set<number>> {
  const list = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    if (!context) return []
    context.drawImage(bitmap, 0, 0)
    const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)
    return [...new Set(pixels)]
  }, png.toString('base64'))
  return new Set(list)
}
