import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

const encoded = (encoding: BufferEncoding, text: string): string =>
  Buffer.from(text, encoding).toString('base64')

test('wide and utf16le are little endian without a mark', () => {
  expect(matches({ 'A|wide|base64': '佐藤' }, { A: encoded('utf16le', '佐藤') })).toBe(true)
  expect(matches({ 'A|utf16le|base64': 'ab' }, { A: encoded('utf16le', 'ab') })).toBe(true)
})

test('utf16be is big endian, utf16 puts the mark FF FE before', () => {
  expect(matches({ 'A|utf16be|base64': 'ab' }, { A: encoded('latin1', '\0a\0b') })).toBe(true)
  expect(matches({ 'A|utf16|base64': 'ab' }, { A: encoded('latin1', '\xff\xfea\0b\0') })).toBe(true)
})

test('bytes left as they are stand for one character each', () => {
  expect(matches({ 'A|wide|contains': 'ab' }, { A: 'xa\0b\0' })).toBe(true)
})
