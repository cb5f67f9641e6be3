import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeDocx } from './docx.ts'

/** One file of a ZIP, found by its local header; enough to read back what the library wrote. */
function unzip(bytes: Uint8Array, name: string): string {
  const buffer = Buffer.from(bytes)
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  let at = buffer.readUInt32LE(end + 16)
  while (buffer.readUInt32LE(at) === 0x02014b50) {
    const nameLength = buffer.readUInt16LE(at + 28)
    const skip = 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
    if (buffer.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = buffer.readUInt32LE(at + 42)
      const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
      const packed = buffer.subarray(start, start + buffer.readUInt32LE(at + 20))
      return (buffer.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    }
    at += skip
  }
  throw new Error(`${name} is not in the file`)
}

const order = {
  title: '情報セキュリティ基本方針',
  author: '山田製作所',
  lang: 'ja',
  foot: '山田製作所',
  blocks: [
    { kind: 'title', text: '情報セキュリティ基本方針' },
    { kind: 'heading', text: '1. 経営者の役割' },
    { kind: 'text', text: '髙橋﨑山㈱の①番は <b>太字</b> & "引用"\n二行目\u0000\u000b\ud800' },
    { kind: 'right', text: '代表取締役 山田 一郎' },
    { kind: 'bullet', text: '一つ目' },
    { kind: 'table', head: ['項目', '答え'], rows: [['更新', 'できている']] },
    { kind: 'break' },
    { kind: 'small', text: 'おわり' },
  ],
} as const

test('a document for Word holds the texts as text, with Japanese letters for both scripts', async () => {
  const file = await makeDocx(order)
  const xml = unzip(file, 'word/document.xml')
  for (const text of [
    '情報セキュリティ基本方針',
    '髙橋﨑山㈱の①番は &lt;b&gt;太字&lt;/b&gt; &amp; ',
    '二行目<',
    'できている',
  ])
    expect(xml).toContain(text)
  expect(xml).toMatch(/<w:br\/>/)
  expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"')
  expect(unzip(file, 'word/styles.xml')).toContain('w:eastAsia="Yu Gothic"')
})

test('nothing that XML can not hold is written, so that Word opens the file', async () => {
  const file = await makeDocx(order)
  const xml = unzip(file, 'word/document.xml')
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\ufffd]/)
  expect(unzip(file, 'docProps/core.xml')).toContain('<dc:creator>山田製作所</dc:creator>')
})
