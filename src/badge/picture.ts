import qrcode from 'qrcode'
import type { Entry } from '../registry/index.ts'
import { entryUrl } from './credential.ts'
import { fitName, tidy, widthOf, xml } from './text.ts'
import { type Lang, sayDate, words } from './words.ts'

/** Our own neutral artwork: a card with a bar, words and a code. Nothing of it resembles the mark of the scheme. */
const size = { width: 360, height: 156 }
const text = { x: 24, width: 206 }
const code = { x: 242, y: 12, width: 106 }
const fonts = "'Noto Sans JP','Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,sans-serif"
const colours = {
  active: { bar: '#0b5c66', head: '#0b5c66', ink: '#1a1a1c', ground: '#ffffff' },
  other: { bar: '#767676', head: '#4d4d4d', ink: '#4d4d4d', ground: '#f2f2f2' },
} as const

/** The size of the badge in pixels, for the tag that embeds it. */
export const badgeSize = size

export type PictureOf = {
  readonly entry: Pick<Entry, 'number' | 'name' | 'level' | 'declaredOn' | 'status' | 'statusSince'>
  readonly baseUrl: string
  readonly lang: Lang
  /** The signed credential that the picture carries; none while nothing is declared. */
  readonly token?: string
  /** The day in Japan since which the state holds, as `YYYY-MM-DD`. */
  readonly since: string
}

/** Dark modules as one path; runs of a row become one bar. */
function codePath(content: string): { modules: number; path: string } {
  const { modules } = qrcode.create(content, { errorCorrectionLevel: 'M' })
  const bars: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      let end = column
      while (end < modules.size && modules.get(row, end)) end += 1
      if (end > column) bars.push(`M${column} ${row}h${end - column}v1h-${end - column}z`)
      column = Math.max(column, end)
    }
  }
  return { modules: modules.size, path: bars.join('') }
}

/** The code with its quiet zone of four modules (ISO/IEC 18004), on white whatever the ground is. */
function codeOf(content: string): string {
  const { modules, path } = codePath(content)
  const scale = code.width / (modules + 8)
  const quiet = 4 * scale
  return (
    `<rect x="${code.x}" y="${code.y}" width="${code.width}" height="${code.width}" fill="#ffffff"/>` +
    `<path transform="translate(${(code.x + quiet).toFixed(3)} ${(code.y + quiet).toFixed(3)}) scale(${scale.toFixed(5)})" fill="#000000" d="${path}"/>`
  )
}

type Line = { readonly y: number; readonly size: number; readonly fill: string; readonly bold?: boolean }

/** One line that never leaves its room: smaller type where the words are long. */
function line(content: string, at: Line, width: number = text.width): string {
  const fits = Math.min(at.size, Math.floor((width / widthOf(content)) * 10) / 10)
  const weight = at.bold ? ' font-weight="700"' : ''
  return `<text x="${text.x}" y="${at.y}" font-size="${fits}"${weight} fill="${at.fill}">${xml(content)}</text>`
}

function headOf(of: PictureOf): string {
  const say = words[of.lang].picture
  if (of.entry.status === 'stopped') return say.ended
  if (of.entry.status === 'suspended') return say.paused
  return say.head(words[of.lang].level[of.entry.level])
}

function titleOf(of: PictureOf, name: string): string {
  const say = words[of.lang].picture
  if (of.entry.status === 'stopped') return say.titleEnded(name)
  if (of.entry.status === 'suspended') return say.titlePaused(name)
  return say.title(name, words[of.lang].level[of.entry.level])
}

function nameLines(name: string, fill: string): string {
  const { size: type, lines } = fitName(name, text.width)
  // The block of lines stands in the middle of its room, from y 44 to y 96.
  const step = type * 1.3
  const first = 70 + type * 0.36 - ((lines.length - 1) * step) / 2
  const spans = lines.map(
    (part, at) => `<tspan x="${text.x}" y="${(first + at * step).toFixed(1)}">${xml(part)}</tspan>`,
  )
  return `<text font-size="${type}" font-weight="700" fill="${fill}">${spans.join('')}</text>`
}

/**
 * The badge of an entry as an SVG document: text as text, the code to the entry's page, the credential in `<metadata>`.
 * It is grey and says so when the declaration is suspended or has ended.
 */
export function badgeSvg(of: PictureOf): string {
  const { entry, lang } = of
  const say = words[lang].picture
  const active = entry.status === 'active'
  const colour = active ? colours.active : colours.other
  const name = tidy(entry.name)
  const date = active ? say.declared(sayDate(lang, entry.declaredOn)) : say.endedOn(sayDate(lang, of.since))
  const carried =
    of.token === undefined
      ? ''
      : `<metadata><vc:credential xmlns:vc="https://www.w3.org/ns/credentials#" type="application/vc+jwt">${xml(of.token)}</vc:credential></metadata>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="t d" lang="${lang}" font-family="${fonts}">`,
    `<title id="t">${xml(titleOf(of, name))}</title><desc id="d">${xml(`${say.note} ${say.qr}`)}</desc>`,
    carried,
    `<rect x="0.75" y="0.75" width="${size.width - 1.5}" height="${size.height - 1.5}" rx="9" fill="${colour.ground}" stroke="${colour.bar}" stroke-width="1.5"/>`,
    `<path d="M10 1.5h2v${size.height - 3}h-2a8.5 8.5 0 0 1-8.5-8.5v-${size.height - 20}a8.5 8.5 0 0 1 8.5-8.5z" fill="${colour.bar}"/>`,
    codeOf(entryUrl(of.baseUrl, entry.number)),
    line(headOf(of), { y: 34, size: active ? 15 : 16, fill: colour.head, bold: true }),
    nameLines(name, colour.ink),
    line(date, { y: 112, size: 11.5, fill: colour.ink }),
    line(entry.number, { y: 127, size: 11.5, fill: colour.ink }),
    line(
      active ? say.note : say.noteOther,
      { y: 146, size: 10.5, fill: colour.ink },
      size.width - text.x - 12,
    ),
    '</svg>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** HTML for a page of the company: a picture that leads to the register. No script, and it says nothing that can get old. */
export function badgeSnippet(
  of: Pick<PictureOf, 'baseUrl' | 'lang'> & { entry: Pick<Entry, 'number' | 'name'> },
): string {
  const { baseUrl, entry, lang } = of
  const alt = words[lang].picture.alt(tidy(entry.name))
  const picture = badgeUrl(baseUrl, entry.number, lang)
  return (
    `<a href="${xml(entryUrl(baseUrl, entry.number))}">` +
    `<img src="${xml(picture)}" width="${size.width}" height="${size.height}" alt="${xml(alt)}"></a>`
  )
}

/** Where the picture of a badge is served. */
export function badgeUrl(baseUrl: string, number: string, lang: Lang): string {
  return `${baseUrl}/badges/${encodeURIComponent(number)}.svg${lang === 'en' ? '?lang=en' : ''}`
}
