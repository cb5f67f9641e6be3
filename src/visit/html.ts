/** Elements whose inside nobody reads. */
const unread = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg'])
/** Elements that stand in a line of text; all others begin a new one. */
const inline = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  yen: '¥',
  middot: '·',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  times: '×',
  starf: '★',
  bigstar: '★',
  star: '☆',
}

function unescape(text: string): string {
  return text.replace(/&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});?/g, (whole, inside: string) => {
    if (!inside.startsWith('#')) return named[inside] ?? whole
    const code = Number(/^#x/i.test(inside) ? `0x${inside.slice(2)}` : inside.slice(1))
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })
}

/** Where a tag ends; a `>` inside a quoted value does not end it. */
function endOfTag(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length; at++) {
    const sign = html.charAt(at)
    if (quote !== '') {
      if (sign === quote) quote = ''
    } else if (sign === '>') return at
    else if ((sign === '"' || sign === "'") && html.charAt(at - 1) === '=') quote = sign
  }
  return -1
}

/** What stands for a picture: a logo often is the only place with the company's name. */
function altOf(tag: string): string {
  const found = /\salt\s{0,4}=\s{0,4}(?:"([^"]{0,500})"|'([^']{0,500})')/i.exec(tag)
  return found?.[1] ?? found?.[2] ?? ''
}

/** Finds in `html` without regard to case, from a place on; lower is the page in lower case. */
type Page = { readonly html: string; readonly lower: string }

/** The place after the tag that begins at `at`, and what it leaves in the text. */
function passTag(page: Page, at: number): { readonly next: number; readonly text: string } {
  const { html, lower } = page
  if (html.startsWith('<!--', at)) return { next: after(html, '-->', at + 4), text: '' }
  const name = /^<(\/?[a-z][a-z0-9-]{0,30})/i.exec(html.slice(at, at + 34))?.[1]?.toLowerCase()
  if (name === undefined) {
    const declares = html.startsWith('<!', at) || html.startsWith('<?', at) || html.startsWith('</', at)
    return declares ? { next: after(html, '>', at), text: '' } : { next: at + 1, text: '<' }
  }
  const end = endOfTag(html, at)
  if (end === -1) return { next: html.length, text: '' }
  const tag = html.slice(at, end)
  if (unread.has(name) && !tag.endsWith('/')) {
    const closing = lower.indexOf(`</${name}`, end)
    return { next: closing === -1 ? html.length : after(html, '>', closing), text: ' ' }
  }
  if (name === 'img') return { next: end + 1, text: ` ${unescape(altOf(tag))} ` }
  return { next: end + 1, text: inline.has(name.replace('/', '')) ? '' : '\n' }
}

function after(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at === -1 ? text.length : at + what.length
}

/** ASCII only, so that places in it are places in the page. */
const lowered = (html: string): string => html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/**
 * What a reader sees of a page, and the words of its pictures; blocks are lines. In one pass over the text, whatever is in it.
 */
export function readHtml(html: string): string {
  const page = { html, lower: lowered(html) }
  const parts: string[] = []
  let at = 0
  while (at < html.length) {
    const tag = html.indexOf('<', at)
    const end = tag === -1 ? html.length : tag
    parts.push(unescape(html.slice(at, end).replace(/\s+/g, ' ')))
    if (tag === -1) break
    const passed = passTag(page, tag)
    parts.push(passed.text)
    at = passed.next
  }
  return tidyLines(parts.join(''))
}

/** One space between words, no empty lines. */
export function tidyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}
