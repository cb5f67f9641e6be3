import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from './decode.ts'

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('the bytes of a line', () => {
  test('UTF-8', () => {
    expect(decode(Buffer.from('佐藤さん'))).toEqual({ text: '佐藤さん', lossless: true, charset: 'utf-8' })
  })
  test('Shift_JIS, as old Japanese devices write', () => {
    expect(decode(bytes('8db2 93a1 82b3 82f1'))).toEqual({
      text: '佐藤さん',
      lossless: true,
      charset: 'shift_jis',
    })
  })
  test('Shift_JIS with half-width kana', () => {
    expect(decode(bytes('be af bc ae dd'))).toMatchObject({ text: 'ｾｯｼｮﾝ', charset: 'shift_jis' })
  })
  test('EUC-JP, although Shift_JIS could be made of it', () => {
    expect(decode(bytes('bab4 c6a3 a4b5 a4f3'))).toEqual({
      text: '佐藤さん',
      lossless: true,
      charset: 'euc-jp',
    })
  })
  test('anything else is Latin-1 and says so', () => {
    expect(decode(bytes('636166e9 ff80'))).toMatchObject({ charset: 'latin1' })
  })
  test('NUL is shown by its picture, since the database cannot keep it', () => {
    expect(decode(Buffer.from('a\0b'))).toEqual({ text: 'a\u2400b', lossless: false, charset: 'utf-8' })
  })
  test('a byte order mark stays: it belongs to the line', () => {
    expect(decode(bytes('efbbbf 61')).text).toBe('\ufeffa')
  })
  test('whatever comes is text that PostgreSQL can store', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        const { text } = decode(any)
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
      }),
    )
  })
})
