import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { makeAssets } from './assets.ts'
import { acceptedEncoding } from './compress.ts'

const folder = mkdtempSync(join(tmpdir(), 'mimamori-islands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an island is built, packed and named by its content', async () => {
  writeFileSync(join(folder, 'queue.ts'), 'const word: string = "受付"\ndocument.title = word\n')
  writeFileSync(join(folder, 'queue.test.ts'), 'throw new Error("no test is an island")\n')
  const assets = await makeAssets(folder)
  const href = assets.href('queue')
  expect(href).toMatch(/^\/assets\/queue-[\w-]{10}\.js$/)
  const asset = assets.find(href)
  expect(asset?.type).toContain('text/javascript')
  expect(asset && gunzipSync(asset.gzip)).toEqual(asset?.body)
  expect(asset && brotliDecompressSync(asset.br)).toEqual(asset?.body)
  writeFileSync(join(folder, 'queue.ts'), 'document.title = "別"\n')
  expect((await makeAssets(folder)).href('queue')).not.toBe(href)
  expect(() => assets.href('queue.test')).toThrow(/BUG/)
})

test('both style sheets stand without islands, and an owner’s page stays within its weight', async () => {
  const assets = await makeAssets()
  const owner = assets.find(assets.href('mm.css'))
  // 60 KiB for everything: sheet and page.
  expect(owner?.gzip.length).toBeLessThan(16_000)
  expect(assets.find(assets.href('console.css'))).toBeDefined()
})

test('the better packing that the reader takes is chosen', () => {
  expect(acceptedEncoding('gzip, deflate, br')).toBe('br')
  expect(acceptedEncoding('gzip;q=1, br;q=0')).toBe('gzip')
  expect(acceptedEncoding('identity')).toBeUndefined()
  expect(acceptedEncoding(undefined)).toBeUndefined()
})
