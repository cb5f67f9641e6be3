import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('a text is found in any longer text that was encoded with it', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'Z', '/', '佐', 'é'), minLength: 3, maxLength: 8 })
  const around = fc.string({ maxLength: 6 })
  fc.assert(
    fc.property(letters, around, around, (text, before, after) => {
      const encoded = Buffer.from(before + text + after).toString('base64')
      expect(matches({ 'A|base64offset|contains': text }, { A: encoded })).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('UTF-16 of commands hidden by PowerShell is found', () => {
  const encoded = Buffer.from('xx IEX (New-Object Net.WebClient)', 'utf16le').toString('base64')
  expect(matches({ 'A|wide|base64offset|contains': 'New-Object' }, { A: `-enc ${encoded}` })).toBe(true)
  expect(matches({ 'A|wide|base64offset|contains': 'Old-Object' }, { A: `-enc ${encoded}` })).toBe(false)
})
