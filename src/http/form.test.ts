import { expect, test } from 'vitest'
import { z } from 'zod'
import { field, readForm } from './form.ts'

const reads = (one: z.ZodType, typed: string | undefined): unknown => {
  const read = readForm({ lang: 'ja', form: { it: typed } }, z.object({ it: one }), { it: 'それ' })
  return read.ok ? read.value.it : read.form.errors.map((error) => error.text).join(' ')
}

test('text is trimmed; nothing, too little and too much are told by name', () => {
  const name = field.text({ max: 5, min: 2 })
  expect(reads(name, ' 経理 ')).toBe('経理')
  expect(reads(name, '   ')).toBe('それを入力してください。')
  expect(reads(name, undefined)).toBe('それを入力してください。')
  expect(reads(name, '経')).toBe('それは2文字以上で入力してください。')
  expect(reads(name, '経理のパソコン')).toBe('それは5文字までで入力してください。')
})

test('characters are counted as people count them', () => {
  expect(reads(field.text({ max: 8 }), '𠮷田さんのノート')).toBe('𠮷田さんのノート')
  expect(reads(field.optionalText({ max: 1 }), '𠮷')).toBe('𠮷')
  expect(reads(field.optionalText({ max: 1 }), '𠮷田')).toBe('それは1文字までで入力してください。')
})

test('an optional text that is empty is nothing', () => {
  expect(reads(field.optionalText({ max: 5 }), ' ')).toBeUndefined()
})

test('numbers and phone numbers may be typed in full width', () => {
  expect(reads(field.number({ min: 1, max: 900 }), '１２０')).toBe(120)
  expect(reads(field.number({ min: 1, max: 900 }), '1,2')).toBe(12)
  expect(reads(field.number({ min: 1, max: 9 }), '１０')).toBe('それは9以下で入力してください。')
  expect(reads(field.number({ min: 1, max: 9 }), '三')).toBe('それは数字で入力してください。')
  expect(reads(field.number({ min: 1, max: 9 }), '1.5')).toBe('それは数字で入力してください。')
  expect(reads(field.optionalNumber({ min: 1, max: 9 }), '')).toBeUndefined()
  expect(reads(field.phone(), '０６ー１２３４−５６７８')).toBe('06-1234-5678')
  expect(reads(field.phone(), '(06) 1234 5678')).toBe('0612345678')
  expect(reads(field.phone(), '山田')).toContain('数字で')
  expect(reads(field.optionalPhone(), '')).toBeUndefined()
})

test('an address is taken in lower case, without blanks', () => {
  expect(reads(field.email(), ' Sato＠Example.JP ')).toBe('sato@example.jp')
  expect(reads(field.email(), 'sato')).toContain('形を確かめてください')
  expect(reads(field.email(), '')).toBe('それを入力してください。')
})

test('a choice is one of the list, a flag is a ticked box, a day is a date', () => {
  expect(reads(field.choice(['a', 'b']), 'b')).toBe('b')
  expect(reads(field.choice(['a', 'b']), 'c')).toBe('それを選んでください。')
  expect(reads(field.optionalChoice(['a']), '')).toBeUndefined()
  expect(reads(field.flag(), 'yes')).toBe(true)
  expect(reads(field.flag(), undefined)).toBe(false)
  expect(reads(field.day(), '２０２６/11/25')).toBe('2026-11-25')
  expect(reads(field.day(), '2026-13-01')).toContain('年月日')
})

test('what was typed is kept beside the errors, in the language of the reader', () => {
  const schema = z.object({ name: field.text({ max: 5 }), mail: field.email() })
  const read = readForm({ lang: 'en', form: { name: 'Yamada Works', mail: 'x' } }, schema, {
    name: 'Name',
    mail: 'Mail',
  })
  expect(read.ok).toBe(false)
  if (read.ok) return
  expect(read.form.values).toEqual({ name: 'Yamada Works', mail: 'x' })
  expect(read.form.errors.map((error) => error.field)).toEqual(['name', 'mail'])
  expect(read.form.errors[0]?.text).toBe('Use 5 characters or fewer: Name.')
})
