import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePdf } from './pdf.ts'
import { qrSvg } from './qr.ts'
import { drawPdf, readPdf } from './test-read.ts'

const template = new URL('./test-plain.typ', import.meta.url)
const sheet = {
  head: '山田製作所',
  foot: '情報セキュリティ基本方針',
  title: '髙橋﨑山㈱の①番',
  texts: ['#panic("x") $x$ *a*', '一行目\n二行目'],
  columns: ['項目', '答え'],
  cells: [['更新', 'できている']],
  facts: [{ name: '代表者', value: '山田 一郎' }],
  svg: null,
  alt: null,
}
const order = { template, title: '基本方針', lang: 'ja' } as const

test('rare letters, circled numbers and squared words come back from the PDF as text', async () => {
  const read = await readPdf(await makePdf({ ...order, data: sheet }))
  expect(read.pages).toHaveLength(1)
  for (const text of ['髙橋﨑山㈱の①番', '山田製作所', '情報セキュリティ基本方針', '山田 一郎', '1 / 1'])
    expect(read.pages[0]).toContain(text)
  expect(read).toMatchObject({ title: '基本方針', width: 210, height: 297 })
})

test('what looks like the language of the template stays text', async () => {
  const read = await readPdf(await makePdf({ ...order, data: sheet }))
  expect(read.pages[0]).toContain('#panic("x") $x$ *a*')
})

test('no text of a company is ever evaluated', async () => {
  const sharp = fc.stringMatching(/^[#$*_`[\]{}()\\@<>=/~"'a-z0-9 あ]{1,30}$/)
  await fc.assert(
    fc.asyncProperty(sharp, async (text) => {
      const read = await readPdf(await makePdf({ ...order, data: { ...sheet, texts: [`［${text}］`] } }))
      const tight = (said: string): string => said.replaceAll(/\s/g, '')
      expect(tight(read.pages.join(''))).toContain(tight(`［${text}］`))
    }),
    { numRuns: 60 },
  )
})

test('a two-dimensional code is read back from the drawn page', async () => {
  const address = 'https://mimamori.example/published/k3v9m2xq'
  const svg = await qrSvg(address, { label: '公開しているページ' })
  const pdf = await makePdf({
    ...order,
    standard: 'ua-1',
    data: { ...sheet, svg, alt: '公開しているページの二次元コード' },
  })
  expect((await drawPdf(pdf)).code).toBe(address)
})

test('with the standard the document is tagged and says its language', async () => {
  const read = await readPdf(await makePdf({ ...order, standard: 'ua-1', data: sheet }))
  expect(read).toMatchObject({ tagged: true, lang: 'ja-JP' })
})

test('a name in a script without glyphs does not cost the document', async () => {
  const pdf = await makePdf({ ...order, standard: 'ua-1', data: { ...sheet, texts: ['김민수 😀\u0000'] } })
  expect((await readPdf(pdf)).pages[0]).toContain('山田製作所')
})

test('a template that fails gives a fault with what typst says', async () => {
  await expect(makePdf({ ...order, data: { ...sheet, columns: undefined } })).rejects.toMatchObject({
    code: 'DOCUMENT',
    details: {
      template: 'document/test-plain.typ',
      diagnostics: [{ message: expect.stringContaining('columns') }],
    },
  })
})

test('a template outside the program and a mountain of data are refused', async () => {
  await expect(
    makePdf({ ...order, template: new URL('file:///etc/passwd'), data: {} }),
  ).rejects.toMatchObject({
    code: 'DOCUMENT',
  })
  await expect(makePdf({ ...order, data: { texts: 'あ'.repeat(9_000_000) } })).rejects.toMatchObject({
    details: { why: 'too much data' },
  })
})

test('a warm run is over before anybody notices, and two at once do not mix', async () => {
  await makePdf({ ...order, data: sheet })
  const before = performance.now()
  const [one, two] = await Promise.all([
    makePdf({ ...order, data: { ...sheet, title: '一つ目' } }),
    makePdf({ ...order, data: { ...sheet, title: '二つ目' } }),
  ])
  expect(performance.now() - before).toBeLessThan(1_000)
  expect((await readPdf(one)).pages[0]).toContain('一つ目')
  expect((await readPdf(two)).pages[0]).toContain('二つ目')
})
