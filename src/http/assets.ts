import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { pack } from './compress.ts'

export type Asset = {
  readonly type: string
  readonly body: Buffer
  readonly gzip: Buffer
  readonly br: Buffer
}

export type Assets = {
  /** The address of an asset by its plain name (`mm.css`, `queue`); an unknown name is a bug. */
  href(name: string): string
  find(path: string): Asset | undefined
}

const folder = fileURLToPath(new URL('./assets/', import.meta.url))

/** The style sheets: each is made of files in order, so that page authors have one of their own. */
const sheets: Readonly<Record<string, readonly string[]>> = {
  'mm.css': ['mm.css', 'kit.css', 'owner.css'],
  'console.css': ['console.css', 'provider.css'],
}

async function styleSheet(files: readonly string[]): Promise<string> {
  const text = files
    .map((file) => join(folder, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  return (await transform(text, { loader: 'css', minify: true, legalComments: 'none' })).code
}

async function scripts(islands: string): Promise<Map<string, string>> {
  const entries = existsSync(islands)
    ? readdirSync(islands).filter((file) => /^[\w-]+\.tsx?$/.test(file) && !file.includes('.test.'))
    : []
  const made = new Map<string, string>()
  if (entries.length === 0) return made
  const built = await build({
    entryPoints: entries.map((file) => join(islands, file)),
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  })
  for (const file of built.outputFiles) {
    const name = /([\w-]+)\.js$/.exec(file.path)?.[1]
    if (name !== undefined) made.set(name, file.text)
  }
  return made
}

/**
 * Makes the style sheets and the islands ready once, at the start: minified, packed, under names that change with their
 * content, so that a browser may keep them for ever.
 * @param islands the folder of the provider's scripts; may be absent.
 */
export async function makeAssets(islands?: string): Promise<Assets> {
  const hrefs = new Map<string, string>()
  const files = new Map<string, Asset>()
  const add = async (name: string, extension: 'css' | 'js', text: string): Promise<void> => {
    const body = Buffer.from(text)
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10)
    const path = `/assets/${name}-${hash}.${extension}`
    hrefs.set(extension === 'css' ? `${name}.css` : name, path)
    files.set(path, {
      type: extension === 'css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      body,
      gzip: (await pack(body, 'gzip', true)).body,
      br: (await pack(body, 'br', true)).body,
    })
  }
  for (const [sheet, parts] of Object.entries(sheets)) {
    await add(sheet.replace('.css', ''), 'css', await styleSheet(parts))
  }
  if (islands !== undefined) for (const [name, text] of await scripts(islands)) await add(name, 'js', text)
  return {
    href(name) {
      const path = hrefs.get(name)
      if (path === undefined) throw new Error(`BUG: no asset ${name}`)
      return path
    },
    find: (path) => files.get(path),
  }
}
