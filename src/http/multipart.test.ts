import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMultipart } from './multipart.ts'

const type = 'multipart/form-data; boundary=----mimamori'
const bodyOf = (...parts: readonly (readonly [string, Uint8Array | string])[]): Buffer =>
  Buffer.concat([
    ...parts.map(([header, bytes]) =>
      Buffer.concat([
        Buffer.from(`------mimamori\r\nContent-Disposition: form-data; ${header}\r\n\r\n`),
        Buffer.from(bytes),
        Buffer.from('\r\n'),
      ]),
    ),
    Buffer.from('------mimamori--\r\n'),
  ])

test('a file comes byte for byte, with its Japanese name and the texts beside it', () => {
  const bytes = Uint8Array.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10])
  const read = readMultipart(
    bodyOf(['name="note"', '二つ星'], ['name="file"; filename="ロゴ%22.png"', bytes]),
    type,
  )
  expect(read?.fields.get('note')).toBe('二つ星')
  expect(read?.file?.name).toBe('ロゴ".png')
  expect([...(read?.file?.bytes ?? [])]).toEqual([...bytes])
})

test('a form sent without a file has none', () => {
  expect(readMultipart(bodyOf(['name="file"; filename=""', '']), type)).toMatchObject({ file: undefined })
})

test('two files, another type, no boundary or a body that is cut off are refused', () => {
  const file = ['name="file"; filename="a.png"', 'x'] as const
  expect(readMultipart(bodyOf(file, file), type)).toBe(undefined)
  expect(readMultipart(bodyOf(file), 'text/plain')).toBe(undefined)
  expect(readMultipart(bodyOf(file), 'multipart/form-data')).toBe(undefined)
  expect(readMultipart(bodyOf(file).subarray(0, 60), type)).toBe(undefined)
  expect(readMultipart(bodyOf(['filename="a.png"', 'x']), type)).toBe(undefined)
  expect(readMultipart(bodyOf(...Array.from({ length: 40 }, () => ['name="a"', 'x'] as const)), type)).toBe(
    undefined,
  )
})

test('whatever comes, it is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 40 }), (bytes, text) => {
      readMultipart(bytes, `multipart/form-data; boundary=${text}`)
      const read = readMultipart(bodyOf(['name="file"; filename="a"', bytes]), type)
      const holds = Buffer.from(bytes).includes('\r\n------mimamori')
      if (!holds && bytes.length > 0)
        expect(Buffer.from(read?.file?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true)
    }),
  )
})
