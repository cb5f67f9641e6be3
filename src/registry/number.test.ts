import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCharacter, isEntryNumber, numberForm, numberFrom, officialForm, readNumber } from './number.ts'
import { issueNumber } from './store.ts'

const digits = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
const checks = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U')
const body = fc.array(fc.constantFrom(...digits), { minLength: 8, maxLength: 8 })
const swap = (text: readonly string[], one: number, other: number): string[] =>
  text.map((character, at) => (at === one ? text[other] : at === other ? text[one] : character) ?? '')

describe('the number of an entry', () => {
  test('is the code, eight characters and the check character', () => {
    for (let n = 0; n < 500; n++) {
      const number = issueNumber('OSK')
      expect(number).toMatch(numberForm)
      expect(isEntryNumber(number)).toBe(true)
      expect(number, 'no sign that a link would lose').toMatch(/[0-9A-HJKMNP-TV-Z]$/)
    }
  })

  test('does not repeat', () => {
    expect(new Set(Array.from({ length: 20_000 }, () => issueNumber('OSK'))).size).toBe(20_000)
  })

  test('is the Crockford check of its value', () => {
    expect(checkCharacter('00000000')).toBe('0')
    expect(checkCharacter('0000000Z')).toBe('Z')
    expect(checkCharacter('00000010')).toBe('*')
    expect(checkCharacter('00000014')).toBe('U')
    expect(numberFrom('OSK', Uint8Array.of(0, 0, 0, 0, 5))).toBe('OSK-000000055')
    expect(numberFrom('OSK', Uint8Array.of(0, 0, 0, 0, 32)), 'a sign is drawn again').toBeUndefined()
    expect(isEntryNumber('OSK-00000010*')).toBe(true)
  })

  test('is never like an official id, and an official id is never like it', () => {
    fc.assert(
      fc.property(body, (text) => {
        const number = `OSK-${text.join('')}${checkCharacter(text.join(''))}`
        expect(officialForm.test(number.replaceAll('-', ''))).toBe(false)
      }),
    )
    expect(readNumber('51234567890', 'OSK')).toEqual({ ok: false, why: 'form' })
    expect(readNumber('41234567890')).toEqual({ ok: false, why: 'form' })
  })

  test('tells every wrong character', () => {
    fc.assert(
      fc.property(body, fc.nat(8), fc.constantFrom(...checks), (text, at, other) => {
        const whole = [...text, checkCharacter(text.join(''))]
        if (whole[at] === other || (at < 8 && !digits.includes(other))) return
        const wrong = whole.with(at, other).join('')
        expect(isEntryNumber(`OSK-${wrong}`)).toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })

  test('tells every two characters that changed places, side by side or apart', () => {
    fc.assert(
      fc.property(body, fc.nat(8), fc.nat(8), (text, one, other) => {
        const whole = [...text, checkCharacter(text.join(''))]
        if (whole[one] === whole[other]) return
        expect(isEntryNumber(`OSK-${swap(whole, one, other).join('')}`)).toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('a number as people type it', () => {
  const number = 'OSK-7K1M0QPT' + checkCharacter('7K1M0QPT')
  test.each([
    ['small letters', number.toLowerCase()],
    ['full width', 'ＯＳＫ－７Ｋ１Ｍ０ＱＰＴ' + checkCharacter('7K1M0QPT')],
    ['without the hyphen', number.replace('-', '')],
    ['with blanks', ` ${Array.from(number).join(' ')} `],
    ['O for 0, l and I for 1', number.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['0 for O in the code', number.replace('O', '0')],
    ['another stroke', number.replace('-', '―')],
    ['without the code', number.slice(4)],
  ])('%s', (_, typed) => {
    expect(readNumber(typed, 'OSK')).toEqual({ ok: true, number })
  })

  test('says what is wrong', () => {
    expect(readNumber(number.replace('7', '8'), 'OSK')).toEqual({ ok: false, why: 'check' })
    expect(readNumber('山田製作所', 'OSK')).toEqual({ ok: false, why: 'form' })
    expect(readNumber('', 'OSK')).toEqual({ ok: false, why: 'form' })
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readNumber(text, 'OSK')))
  })
})
