import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fault, isFault } from '../base/fault.ts'

/** What a PDF is made of. */
export type PdfOrder = {
  /** A `.typ` file under src/: `new URL('./sheet.typ', import.meta.url)`. Fixed text, never made from data. */
  readonly template: URL
  /** Anything JSON can carry; the template reads it by `data` of /document/sheet.typ. */
  readonly data: unknown
  /** Of the document, as viewers show it. */
  readonly title: string
  readonly lang: 'ja' | 'en'
  /** PDF/UA-1, the tagged PDF that a screen reader can read. Left out for a text that the font can't show. */
  readonly standard?: 'ua-1'
}

/** A run can't be stopped half way, so what would take seconds does not begin. */
const mostBytes = 8 * 1024 * 1024

/** Templates may read files of src/ and nothing outside it; typst itself refuses the rest. */
const workspace = fileURLToPath(new URL('../', import.meta.url))

let warm: Promise<NodeCompiler> | undefined

async function openCompiler(): Promise<NodeCompiler> {
  const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fonts = dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/package.json'),
  )
  const fontPaths = [join(fonts, '400Regular'), join(fonts, '700Bold')]
  return Compiler.create({ workspace, fontArgs: [{ fontPaths }] })
}

/** The compiler with its fonts, made at the first use and kept. */
async function compiler(): Promise<NodeCompiler> {
  warm ??= openCompiler()
  try {
    return await warm
  } catch (thrown) {
    warm = undefined
    throw fault('DOCUMENT', { why: String(thrown) })
  }
}

/** What went wrong, in typst's words. The error that `pdf` throws for a wrong template has no message of its own. */
function diagnosed(of: NodeCompiler, source: { mainFilePath: string; inputs: Record<string, string> }) {
  const found: unknown = of.compile(source).takeDiagnostics()?.shortDiagnostics
  return Array.isArray(found) ? found : []
}

/**
 * The PDF of an order. The data are values for the template and are never read as its language. A page takes about
 * 5 ms of the one thread (first use about 100 ms more), 7 000 table rows 0.25 s.
 * Fault: DOCUMENT, with the template and typst's diagnostics in its details for the log.
 */
export async function makePdf(of: PdfOrder): Promise<Uint8Array<ArrayBuffer>> {
  const mainFilePath = fileURLToPath(of.template)
  const template = relative(workspace, mainFilePath)
  if (template.startsWith('..')) throw fault('DOCUMENT', { template, why: 'a template stands under src/' })
  const inputs = { data: JSON.stringify(of.data ?? null), title: of.title, lang: of.lang }
  if (inputs.data.length > mostBytes) throw fault('DOCUMENT', { template, why: 'too much data' })
  const typst = await compiler()
  await setImmediate()
  const source = { mainFilePath, inputs }
  try {
    return draw(typst, source, of.standard)
  } catch (thrown) {
    if (isFault(thrown)) throw thrown
    throw fault('DOCUMENT', { template, why: String(thrown), diagnostics: diagnosed(typst, source) })
  } finally {
    // What was not used in the last runs of the kept compiler is let go.
    typst.evictCache(10)
  }
}

function draw(
  typst: NodeCompiler,
  source: { mainFilePath: string; inputs: Record<string, string> },
  standard: 'ua-1' | undefined,
): Uint8Array<ArrayBuffer> {
  if (standard === undefined) return Uint8Array.from(typst.pdf(source))
  try {
    return Uint8Array.from(typst.pdf(source, { pdfStandard: standard }))
  } catch (thrown) {
    // The standard refuses a letter without a glyph. A name in a foreign script must not cost the whole document.
    if (!String(thrown).includes('could not be displayed')) throw thrown
    return Uint8Array.from(typst.pdf(source))
  }
}
