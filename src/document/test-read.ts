import jsqr from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** For tests: what a reader of a PDF gets. */
export type ReadPdf = {
  /** The text of each page, without spaces at line ends joined away; compare with `toContain`. */
  readonly pages: readonly string[]
  readonly title: string | undefined
  readonly lang: string | undefined
  /** Whether it is tagged for screen readers. */
  readonly tagged: boolean
  /** Millimetres of the first page. */
  readonly width: number
  readonly height: number
}

const millimetres = (points: number): number => Math.round((points / 72) * 25.4)

async function open(pdf: Uint8Array) {
  // pdfjs takes the bytes away from whoever hands them in.
  const task = getDocument({ data: Uint8Array.from(pdf), useSystemFonts: false, verbosity: 0 })
  return { file: await task.promise, close: () => task.destroy() }
}

/** Reads a PDF back. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const { file, close } = await open(pdf)
  const pages: string[] = []
  const size = { width: 0, height: 0 }
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
    if (number > 1) continue
    const view = page.getViewport({ scale: 1 })
    size.width = millimetres(view.width)
    size.height = millimetres(view.height)
  }
  const { info } = await file.getMetadata()
  const said = 'Title' in info && typeof info.Title === 'string' ? info.Title : undefined
  const lang = 'Language' in info && typeof info.Language === 'string' ? info.Language : undefined
  const tree: unknown = await (await file.getPage(1)).getStructTree()
  await close()
  return { pages, title: said, lang, tagged: tree !== null, ...size }
}

type Drawn = {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): CanvasRenderingContext2D
  toBuffer(type: 'image/png'): Uint8Array
}
const isDrawn = (canvas: unknown): canvas is Drawn =>
  typeof canvas === 'object' && canvas !== null && 'toBuffer' in canvas && 'getContext' in canvas

/** Draws one page of a PDF (1 = first): the picture to look at and the text of a two-dimensional code on it. */
export async function drawPdf(
  pdf: Uint8Array,
  { page: number = 1, scale = 2 }: { readonly page?: number; readonly scale?: number } = {},
): Promise<{ png: Uint8Array; code: string | undefined }> {
  const { file, close } = await open(pdf)
  const page = await file.getPage(number)
  const viewport = page.getViewport({ scale })
  const factory: unknown = file.canvasFactory
  if (typeof factory !== 'object' || factory === null || !('create' in factory)) throw new Error('no canvas')
  const made: unknown = Reflect.apply(Object(factory.create), factory, [
    Math.ceil(viewport.width),
    Math.ceil(viewport.height),
  ])
  const canvas = typeof made === 'object' && made !== null && 'canvas' in made ? made.canvas : undefined
  if (!isDrawn(canvas)) throw new Error('no canvas')
  const context = canvas.getContext('2d')
  await page.render({ canvas: null, canvasContext: context, viewport, background: 'white' }).promise
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  const code = jsqr.default(data, width, height)?.data
  const png = Uint8Array.from(canvas.toBuffer('image/png'))
  await close()
  return { png, code }
}
