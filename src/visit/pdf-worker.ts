import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

const mostPages = 20
const mostCharacters = 200_000

/** The library wants these for drawing only, and would load a drawing engine for them. */
function standIn(name: 'DOMMatrix' | 'Path2D' | 'ImageData'): void {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: class {}, configurable: true })
}

/** Text of the first pages. Fonts and character maps come from the package; nothing is fetched, no script is run. */
async function read(data: Uint8Array): Promise<string> {
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData'] as const) standIn(name)
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    data,
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    maxImageSize: 0,
    verbosity: VerbosityLevel.ERRORS,
  })
  const document = await task.promise
  const parts: string[] = []
  let size = 0
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && size < mostCharacters; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    for (const item of items) {
      if (!('str' in item)) continue
      parts.push(item.hasEOL ? `${item.str}\n` : item.str)
      size += item.str.length
    }
    parts.push('\n')
  }
  return parts.join('').slice(0, mostCharacters)
}

parentPort?.postMessage(await read(new Uint8Array(workerData as Uint8Array)).catch(() => undefined))
