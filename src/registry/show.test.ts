import { describe, expect, test } from 'vitest'
import { csvCell, csvLine } from './show.ts'

describe('a cell of a file for spreadsheets', () => {
  test.each(['=1+1', '+81', '-1', '@SUM(A1)', '\t=1', ' =1', '＝１', '＋１', '－１', '＠x', '\r\n=1'])(
    '%j is no formula',
    (text) => {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/)
    },
  )

  test('keeps what is no formula, and quotes what would break the row', () => {
    expect(csvCell('山田製作所')).toBe('山田製作所')
    expect(csvCell('"A", B')).toBe('"""A"", B"')
    expect(csvLine(['1-2', undefined, null, true, '一\n二'])).toBe('1-2,,,true,"一\n二"\r\n')
  })
})
