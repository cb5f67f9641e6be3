import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'
import { toBase64 } from './base64.ts'

test('encodes as the platform does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }),
  )
})

test('the value is looked for in its encoded form', () => {
  expect(
    matches({ 'A|base64|contains': 'さとう' }, { A: `x ${Buffer.from('さとう').toString('base64')}` }),
  ).toBe(true)
  expect(matches({ 'A|base64': 'foo' }, { A: 'Zm9v' })).toBe(true)
})
