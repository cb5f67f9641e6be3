import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contrast, readColour } from './contrast/colour.ts'
import { type CssRule, readCss } from './contrast/css.ts'

export type ContrastReport = {
  readonly problems: readonly string[]
  readonly pairs: number
  readonly files: number
}

/** WCAG 2.2, 1.4.3, for text of any size: large text gets no discount from us. */
const least = 4.5

/**
 * Looks at the style sheets `src/http/assets/*.css` of the checkout at `root`: each rule that names a text colour and
 * a ground must reach 4.5 : 1. Custom properties are resolved, those of the design tokens included; a property that
 * a condition such as `@media print` sets anew holds for the rules under the same condition.
 */
export function checkContrast(root: string): ContrastReport {
  const files = globSync('src/http/assets/*.css', { cwd: root }).toSorted()
  if (files.length === 0) return { problems: ['src/http/assets: no style sheet found'], pairs: 0, files: 0 }
  const own = files.flatMap((file) => readCss(file, readFileSync(join(root, file), 'utf8')))
  const all = [...readCss('tokens.css', readFileSync(tokens(), 'utf8')), ...own]
  const problems: string[] = []
  let pairs = 0
  for (const rule of own) {
    const found = judge(rule, all)
    if (found === 'no pair') continue
    pairs++
    if (found !== 'enough') problems.push(`${rule.file}:${rule.line}: ${rule.selector}: ${found}`)
  }
  if (pairs === 0) problems.push('no rule names both a text colour and a ground')
  return { problems, pairs, files: files.length }
}

function tokens(): string {
  return createRequire(import.meta.url).resolve('@digital-go-jp/design-tokens/dist/tokens.css')
}

/** Words of CSS that name no colour of their own: what shows is decided elsewhere, where axe looks. */
const elsewhere = /^(?:inherit|initial|unset|revert|transparent|none|currentcolor|[0-9]+)$/i
/** Colours of the reader's system, used in forced-colours mode: its pairs are the reader's. */
const system =
  /^(?:canvas|canvastext|linktext|buttonface|buttontext|highlight|highlighttext|graytext|mark|marktext)$/i

function judge(rule: CssRule, all: readonly CssRule[]): string {
  const [text, ground] = [rule.declarations.get('color'), groundOf(rule)]
  if (text === undefined || ground === undefined) return 'no pair'
  const results = surroundings(`${text} ${ground}`, rule, all).map(({ around, nearer }) => {
    const [front, back] = [nearer?.declarations.get('color'), nearer && groundOf(nearer)]
    return judgePair(resolve(front ?? text, around), resolve(back ?? ground, around))
  })
  return results.find((result) => result !== 'enough' && result !== 'no pair') ?? results[0] ?? 'no pair'
}

function judgePair(text: string, ground: string): string {
  if ([text, ground].some((value) => elsewhere.test(value) || system.test(value))) return 'no pair'
  const [front, back] = [readColour(text), readColour(ground)]
  if (!front || !back) return `cannot read ${front ? ground : text} as a colour`
  const ratio = contrast(front, back)
  return ratio >= least ? 'enough' : `${text} on ${ground} is ${ratio.toFixed(2)}, needs ${least}`
}

/** The ground colour of a rule; of the shorthand `background` the part that is a colour, if any. */
function groundOf(rule: CssRule): string | undefined {
  const named = rule.declarations.get('background-color')
  const shorthand = rule.declarations.get('background')
  if (named !== undefined || shorthand === undefined) return named
  const parts = shorthand.match(/[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s,]+/g) ?? []
  if (parts.some((part) => /gradient\(/.test(part))) return undefined
  return parts.find((part) => /^(?:#|rgb|var\(|white$|black$)/i.test(part)) ?? parts[0]
}

const important = /\s*!important$/

/** What a custom property is where a rule applies; nothing where it is not set. */
type Around = (name: string) => string | undefined

/** A place where a rule applies, and the rule that says more about the same element in just that place. */
type Place = { readonly around: Around; readonly nearer?: CssRule | undefined }

const variable = /var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*(?:\([^()]*\))?[^()]*))?\)/

/** The value with every `var(--name, fallback)` replaced. */
function resolve(value: string, around: Around): string {
  let current = value.replace(important, '')
  for (let depth = 0; depth < 10; depth++) {
    const match = variable.exec(current)
    const found = match && (around(match[1] ?? '') ?? match[2])
    if (!match || found === undefined) break
    current = current.replace(match[0], found?.replace(important, '') ?? '')
  }
  return current.trim()
}

const pageWide = /(?:^|,)\s*(?::root|html|body|\.mm-page)\s*(?:,|$)/

/**
 * The surroundings in which a rule may apply. Usually one: the page. A property that only other rules set, such as
 * `--mm-state-wash` by each state, gives one for every rule that sets it, so that each state is judged.
 */
function surroundings(value: string, rule: CssRule, all: readonly CssRule[]): Place[] {
  const here = rule.within.join()
  const applies = all.filter((it) => it.within.length === 0 || it.within.join() === here)
  const wide = applies.filter((it) => pageWide.test(it.selector))
  const page = wide.toSorted((a, b) => a.within.length - b.within.length)
  const own = applies.filter((it) => it.selector === rule.selector)
  const base: Around = (name) => lastOf(name, own) ?? lastOf(name, page)
  const unset = [...value.matchAll(/--[\w-]+/g)]
    .map(([name]) => name)
    .filter((name) => base(name) === undefined)
  const setters = applies.filter((it) => unset.some((name) => it.declarations.has(name)))
  if (setters.length === 0) return [{ around: base }]
  return setters.map((setter) => ({
    around: (name) => setter.declarations.get(name) ?? base(name),
    nearer: applies.findLast((it) => selectors(it).includes(`${setter.selector} ${rule.selector}`)),
  }))
}

function selectors(rule: CssRule): string[] {
  return rule.selector.split(',').map((selector) => selector.trim())
}

function lastOf(name: string, rules: readonly CssRule[]): string | undefined {
  return rules.findLast((rule) => rule.declarations.has(name))?.declarations.get(name)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, pairs, files } = checkContrast(process.cwd())
  for (const problem of problems) console.log(problem)
  console.log(`contrast: ${pairs} pairs in ${files} style sheets`)
  process.exitCode = problems.length > 0 ? 1 : 0
}
