import { gzipSync } from 'node:zlib'
import type { Page, Response } from 'playwright-core'
import { axe } from '../browser.ts'

export type Lang = 'ja' | 'en'

/** What is wrong with a page at one width, in words; empty when nothing is. */
export type Faults = readonly string[]

/** A phone held upright, and a desk. */
export const widths = [360, 1280] as const
export type Width = (typeof widths)[number]

/** The page as the server sent it: no style and no script inside, one language, weight. */
export function faultsOfSource(html: string, lang: Lang): Faults {
  const told: string[] = []
  if (/<style|\sstyle=/i.test(html)) told.push('has style inside')
  for (const [tag] of html.matchAll(/<script\b[^>]*>/gi)) {
    if (!/\ssrc=|type="application\/json"/.test(tag)) told.push(`has a script inside: ${tag}`)
  }
  if (/\son[a-z]+="/i.test(html)) told.push('has a handler inside')
  if (!html.startsWith(`<!doctype html><html lang="${lang}"`)) told.push(`is not in ${lang}`)
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? ''
  if (!/(みまもり|Mimamori)$/.test(title)) told.push(`is titled ${title}`)
  return told
}

/** Bytes of the page and its styles together, as they travel. */
export async function weightOf(page: Page, html: string): Promise<number> {
  const styles = await page
    .locator('link[rel=stylesheet]')
    .evaluateAll((links) => links.map((link) => (link instanceof HTMLLinkElement ? link.href : '')))
  const sheets = await Promise.all(styles.map(async (href) => (await page.request.get(href)).text()))
  return [html, ...sheets].reduce((sum, text) => sum + gzipSync(text).length, 0)
}

/** What the browser makes of the page at one width. */
export async function faultsAt(
  page: Page,
  width: Width,
  of: { readonly practice: boolean },
): Promise<Faults> {
  await page.setViewportSize({ width, height: width === 360 ? 740 : 860 })
  const seen = await page.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > root.clientWidth
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className} ${(element.textContent ?? '').trim().slice(0, 30)}`
    const beyond = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 4)
      .map(name)
    const scrollers = [...document.body.querySelectorAll('*')].filter((element) => {
      const { overflowX } = getComputedStyle(element)
      return /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1
    })
    const unnamed = scrollers.filter(
      (element) =>
        !element.matches('select, textarea, input') &&
        !(
          element.hasAttribute('tabindex') &&
          (element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby'))
        ),
    )
    return {
      beyond: wide ? beyond : [],
      wide: wide ? `${root.scrollWidth} px` : '',
      unnamed: unnamed.map(name),
      heads: document.querySelectorAll('h1').length,
      practice: document.querySelectorAll('.mm-practice').length,
      switches: document.querySelectorAll('form[action="/language"] button').length,
    }
  })
  const told: string[] = []
  if (seen.wide) told.push(`is ${seen.wide} wide: ${seen.beyond.join(' | ')}`)
  for (const scroller of seen.unnamed) told.push(`scrolls sideways without a name: ${scroller}`)
  if (seen.heads !== 1) told.push(`has ${seen.heads} h1`)
  if (seen.practice !== (of.practice ? 1 : 0)) told.push(`says ${seen.practice} times that it is practice`)
  if (seen.switches !== 1) told.push('has no switch to the other language')
  const report = await axe(page)
  for (const [kind, found] of Object.entries(report)) {
    for (const each of found) told.push(`axe ${kind} ${each.rule}: ${each.places.slice(0, 3).join(' || ')}`)
  }
  return told
}

/** Collects what the console says against a page: a refused style or script, an error of a script. */
export function hearConsole(page: Page): () => Faults {
  let told: string[] = []
  page.on('console', (message) => {
    // A page that is not there is one of those that are looked at, and the live stream is cut off on purpose.
    if (message.type() === 'error' && !/status of 4\d\d|net::ERR_FAILED/.test(message.text()))
      told.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => told.push(`script: ${error.message}`))
  return () => {
    const all = told
    told = []
    return all
  }
}

/** The page's own text. Throws when nothing came. */
export async function sourceOf(response: Response | null): Promise<string> {
  if (response === null) throw new Error('no answer')
  return response.text()
}
