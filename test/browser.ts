import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import axeCore from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { browserFiles, cacheFolder } from './browser-files.ts'

/** Nothing of a test may leave the machine or wait for a graphics card. */
const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
]

/**
 * Whether browser tests can run here: `true`, or the reason why not, to be shown with the skipped tests.
 * The npm browser runs on Linux x64; elsewhere the variable `CHROME` names an installed Chrome or Chromium.
 */
export async function browserAvailable(): Promise<string | true> {
  const named = process.env['CHROME']
  if (named) return existsSync(named) ? true : `CHROME names ${named}, which is not there`
  if (process.platform === 'linux' && process.arch === 'x64') return true
  return `no browser for ${process.platform} ${process.arch}: set CHROME to the path of a Chrome or Chromium`
}

/**
 * Starts a headless browser with Japanese fonts; close it after the tests. `CHROME` wins over the npm browser.
 * Throws where `browserAvailable` is not true.
 */
export async function openBrowser(): Promise<Browser> {
  const available = await browserAvailable()
  if (available !== true) throw new Error(available)
  const named = process.env['CHROME']
  const start = named ? { executablePath: named } : await npmBrowser()
  const isRoot = process.getuid?.() === 0
  try {
    return await chromium.launch({ ...start, args: isRoot ? ['--no-sandbox', ...quietFlags] : quietFlags })
  } catch (error) {
    // Some kernels and containers give ordinary users no namespaces; only our own pages are opened here.
    if (isRoot || !String(error).includes('sandbox')) throw error
    return chromium.launch({ ...start, args: ['--no-sandbox', ...quietFlags] })
  }
}

async function npmBrowser(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const files = await browserFiles()
  const own = { FONTCONFIG_FILE: files.fontsConfig, LD_LIBRARY_PATH: files.libraries }
  const inherited = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return { executablePath: files.executable, env: { ...Object.fromEntries(inherited), ...own } }
}

/** Keeps a picture of the whole page as `.cache/screenshots/<name>.png` for people to look at; gives its bytes. */
export async function shoot(page: Page, name: string): Promise<Buffer> {
  const folder = join(cacheFolder, 'screenshots')
  await mkdir(folder, { recursive: true })
  return page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

export type AxeFinding = { readonly rule: string; readonly help: string; readonly places: readonly string[] }
export type AxeReport = {
  readonly violations: readonly AxeFinding[]
  /** What axe could not decide; a page passes only when this is empty too. */
  readonly incomplete: readonly AxeFinding[]
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Runs axe over the page. The fixed call bar (`.mm-call`) lies over whatever scrolls under it, which leaves contrast
 * undecided; so contrast is looked at twice: the page without the bar, then the bar without the page.
 * `exclude` are selectors to leave out; give the reason where you use it.
 */
export async function axe(
  page: Page,
  { exclude = [] }: { exclude?: readonly string[] } = {},
): Promise<AxeReport> {
  // Evaluated by the browser itself, so a strict Content-Security-Policy of the page does not stop it.
  await page.evaluate(axeCore.source)
  const contrast = ['color-contrast']
  const runs = [await runAxe(page, { exclude, without: contrast })]
  await show(page, { page: true, bar: false })
  runs.push(await lookAtContrast(page, exclude))
  if ((await page.locator(callBar).count()) > 0) {
    await show(page, { page: false, bar: true })
    runs.push(await runAxe(page, { exclude, only: contrast, include: callBar }))
  }
  await show(page, { page: true, bar: true })
  return {
    violations: runs.flatMap((run) => run.violations),
    incomplete: runs.flatMap((run) => run.incomplete),
  }
}

const callBar = '.mm-call'

type Run = {
  readonly exclude: readonly string[]
  readonly include?: string
  readonly only?: readonly string[]
  readonly without?: readonly string[]
}

async function runAxe(page: Page, run: Run): Promise<AxeReport> {
  const options = {
    context: { include: run.include ?? 'html', exclude: run.exclude },
    runOnly: run.only ? { type: 'rule', values: run.only } : { type: 'tag', values: tags },
    rules: Object.fromEntries((run.without ?? []).map((rule) => [rule, { enabled: false }])),
    // A figure of one digit is text, too.
    checks: { 'color-contrast': { options: { ignoreLength: true } } },
  }
  const found: unknown = await page.evaluate(`(async () => {
    const { context, ...options } = ${JSON.stringify(options)}
    if (context.exclude.length === 0) delete context.exclude
    const result = await axe.run(context, { ...options, resultTypes: ['violations', 'incomplete'] })
    const short = (list) => list.map((item) => ({
      rule: item.id,
      help: item.help,
      places: item.nodes.map((node) => node.target.join(' ') + ': ' + (node.failureSummary ?? '').replace(/\\s+/g, ' ')),
    }))
    return { violations: short(result.violations), incomplete: short(result.incomplete) }
  })()`)
  return found as AxeReport
}

/** Shows or hides the bar and the rest through the DOM, which a policy against inline styles allows. */
async function show(page: Page, shown: { page: boolean; bar: boolean }): Promise<void> {
  await page.evaluate(
    ([selector, rest, bar]) => {
      for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
        if (element.closest(selector)) continue
        if (element.querySelector(selector)) continue
        element.style.visibility = rest ? '' : 'hidden'
      }
      for (const element of document.querySelectorAll<HTMLElement>(selector)) {
        element.style.display = bar ? '' : 'none'
      }
    },
    [callBar, shown.page, shown.bar] as const,
  )
}

/**
 * Contrast of the whole page. What the edge of a scrolling box cuts in two stays undecided, so such places are looked at
 * again with all boxes scrolled on; undecided is only what was so at every position.
 */
async function lookAtContrast(page: Page, exclude: readonly string[]): Promise<AxeReport> {
  const run = { exclude, only: ['color-contrast'] }
  let { violations, incomplete } = await runAxe(page, run)
  for (const share of [0.5, 1, 0.25, 0.75]) {
    if (incomplete.length === 0) break
    await scrollBoxes(page, share)
    const again = await runAxe(page, run)
    violations = [...violations, ...again.violations]
    const still = new Set(again.incomplete.flatMap((finding) => finding.places.map(targetOf)))
    incomplete = incomplete
      .map((finding) => ({
        ...finding,
        places: finding.places.filter((place) => still.has(targetOf(place))),
      }))
      .filter((finding) => finding.places.length > 0)
  }
  await scrollBoxes(page, 0)
  return { violations, incomplete }
}

const targetOf = (place: string): string => place.split(': Fix ')[0] ?? place

async function scrollBoxes(page: Page, share: number): Promise<void> {
  await page.evaluate((part) => {
    for (const box of document.body.querySelectorAll('*')) {
      const { overflowX, overflowY } = getComputedStyle(box)
      if (!/auto|scroll/.test(`${overflowX} ${overflowY}`)) continue
      box.scrollLeft = (box.scrollWidth - box.clientWidth) * part
      box.scrollTop = (box.scrollHeight - box.clientHeight) * part
    }
  }, share)
}
