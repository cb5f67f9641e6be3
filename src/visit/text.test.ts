import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHtml } from './html.ts'
import { encode, type JapaneseEncoding } from './test-encode.ts'
import { testPdf } from './test-pdf.ts'
import { textOf } from './text.ts'

const never = new AbortController().signal
const read = (bytes: Uint8Array, type: string): Promise<string | undefined> => textOf(bytes, type, never)
const policy = '情報セキュリティ基本方針 株式会社山田製作所 令和8年4月1日制定 表示能力ソ十'
const pageOf = (charset?: string): string =>
  `<html><head>${charset === undefined ? '' : charset}</head><body><p>${policy}</p></body></html>`

const names = {
  'utf-8': ['utf-8', 'UTF8', 'utf-8'],
  shift_jis: ['Shift_JIS', 'x-sjis', 'cp932', 'windows-31j'],
  'euc-jp': ['EUC-JP', 'x-euc-jp', 'eucJP-win'],
  'iso-2022-jp': ['ISO-2022-JP'],
} satisfies Record<JapaneseEncoding, readonly string[]>

describe.each(Object.entries(names) as [JapaneseEncoding, readonly string[]][])(
  'a page in %s',
  (name, labels) => {
    test.each(labels)('named %s by the server is read', async (label) => {
      expect(await read(encode(pageOf(), name), `text/html; charset=${label}`)).toBe(policy)
      expect(await read(encode(pageOf(), name), `text/html;charset="${label}"`)).toBe(policy)
    })
    test.each(labels)('named %s by itself is read', async (label) => {
      expect(await read(encode(pageOf(`<meta charset="${label}">`), name), 'text/html')).toBe(policy)
      const old = `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=${label}">`
      expect(await read(encode(pageOf(old), name), 'text/html')).toBe(policy)
    })
    test('that nobody names is read all the same', async () => {
      expect(await read(encode(pageOf(), name), 'text/html')).toBe(policy)
      expect(await read(encode(policy, name), 'text/plain')).toBe(policy)
    })
  },
)

describe('the encoding of a page', () => {
  test('a byte order mark is believed before the server, the server before the page', async () => {
    const bom = Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(pageOf(), 'utf-8')])
    expect(await read(bom, 'text/html; charset=shift_jis')).toBe(policy)
    const wide = new Uint8Array(Buffer.from(`\ufeff${pageOf()}`, 'utf16le'))
    expect(await read(wide, 'text/html')).toBe(policy)
    const page = pageOf('<meta charset="utf-8">')
    expect(await read(encode(page, 'shift_jis'), 'text/html; charset=Shift_JIS')).toBe(policy)
  })

  test('an unknown name is passed over; a wrong one is followed, as a browser does', async () => {
    expect(await read(encode(pageOf(), 'euc-jp'), 'text/html; charset=klingon')).toBe(policy)
    expect(await read(encode(pageOf(), 'shift_jis'), 'text/html; charset=utf-8')).not.toContain('山田')
  })
})

describe('the text of a page', () => {
  test.each([
    ['<p>株式会社<b>山田</b>製作所</p>', '株式会社山田製作所'],
    ['<h1>方針</h1><p>2026年</p>', '方針\n2026年'],
    ['方針<br>2026年', '方針\n2026年'],
    ['<script>var a = "<p>山田</p>"</script>方針', '方針'],
    ['<STYLE>p{}</STYLE >方針<script>', '方針'],
    ['<!-- <p>山田</p> -->方針', '方針'],
    ['A &amp; B &#9733;&#x2605; &lt;b&gt; &nbsp; &unknown;', 'A & B ★★ <b> &unknown;'],
    ['&amp;lt;', '&lt;'],
    ['<img src="logo.png" alt="株式会社山田製作所">方針', '株式会社山田製作所 方針'],
    ['<a title="a>b" href=x>方針</a>', '方針'],
    ['3 < 5 方針', '3 < 5 方針'],
    ['方針<p', '方針'],
    ['  山田\n\n  製作所\t方針 ', '山田 製作所 方針'],
    ['&#0;&#xD800;&#1114112;方針', '方針'],
  ])('%s', (html, text) => {
    expect(readHtml(html)).toBe(text)
  })

  test('㈱, full-width letters and half-width kana come out in one writing', async () => {
    expect(await read(encode('㈱ＹＡＭＡＤＡ ﾔﾏﾀﾞ ２０２６年', 'utf-8'), 'text/html')).toBe(
      '(株)YAMADA ヤマダ 2026年',
    )
  })

  test('any text is read, and hostile ones of a megabyte in well under two seconds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'<>/!-"\'=&#;x12pimgscript \n'.split('')) }),
        (html) => {
          expect(typeof readHtml(html)).toBe('string')
        },
      ),
      { numRuns: 2_000 },
    )
    const many = [
      '<',
      '<a ',
      '<!--',
      '<script>',
      '<img alt=" ',
      '</',
      '&#',
      '<a b="',
      "<p x='",
      '<svg><',
      ' alt=  ',
    ]
    for (const piece of many) {
      const begun = performance.now()
      readHtml(piece.repeat(Math.ceil(1_000_000 / piece.length)))
      expect(performance.now() - begun).toBeLessThan(2_000)
    }
  })
})

describe('a PDF', () => {
  test('is read, also in an encoding and a font that are not inside', async () => {
    const pdf = testPdf(['情報セキュリティ基本方針\n株式会社山田製作所', '2026年4月1日 制定'])
    expect(await read(pdf, 'application/pdf')).toBe(
      '情報セキュリティ基本方針\n株式会社山田製作所\n2026年4月1日 制定',
    )
    expect(await read(pdf, 'application/octet-stream')).toContain('山田製作所')
  })

  test('of a scanner, a broken one and one of something else have no text', async () => {
    expect(await read(testPdf(['', '']), 'application/pdf')).toBeUndefined()
    expect(await read(encode('%PDF-1.4 nothing', 'utf-8'), 'application/pdf')).toBeUndefined()
    expect(await read(encode('<html>', 'utf-8'), 'application/pdf')).toBeUndefined()
  })

  test('is read for twenty pages at most', async () => {
    const text = await read(
      testPdf(Array.from({ length: 30 }, (_, index) => `page${index + 1}.`)),
      'application/pdf',
    )
    expect(text).toContain('page20.')
    expect(text).not.toContain('page21.')
  })

  test('is left when the time is over', async () => {
    const end = new AbortController()
    const reading = textOf(testPdf(['山田']), 'application/pdf', end.signal)
    end.abort()
    await expect(reading).rejects.toThrow('timeout')
  })
})
