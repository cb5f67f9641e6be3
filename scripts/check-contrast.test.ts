import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkContrast } from './check-contrast.ts'
import { contrast, readColour } from './contrast/colour.ts'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/contrast/${name}`, import.meta.url))

test('each pair too pale to read is named with its line and ratio', () => {
  const { problems, pairs } = checkContrast(fixture('pale'))
  expect(problems).toEqual([
    'src/http/assets/mm.css:9: .hex: #999 on #fff is 2.85, needs 4.5',
    'src/http/assets/mm.css:13: .token: #9db7f9 on #fff is 1.99, needs 4.5',
    'src/http/assets/mm.css:17: .shade: rgb(0 0 0 / 40%) on #fff is 2.85, needs 4.5',
    'src/http/assets/mm.css:22: .lifted:hover: #fff on #ff8080 is 2.43, needs 4.5',
    'src/http/assets/mm.css:27: .state: #fff on #ffcc00 is 1.51, needs 4.5',
    'src/http/assets/mm.css:37: .unset: cannot read var(--nowhere) as a colour',
    'src/http/assets/mm.css:49: .night: #333 on #222 is 1.26, needs 4.5',
  ])
  expect(pairs).toBe(8)
})

test('readable pairs pass, and words that name no colour of ours are left to axe', () => {
  expect(checkContrast(fixture('sound'))).toEqual({ problems: [], pairs: 4, files: 1 })
})

test('no style sheet, or one without a pair, does not pass', () => {
  expect(checkContrast(fixture('nowhere')).problems).toEqual(['src/http/assets: no style sheet found'])
  expect(checkContrast(fixture('blind')).problems).toEqual(['no rule names both a text colour and a ground'])
})

test.each([
  ['#000', '#fff', 21],
  ['#767676', '#ffffff', 4.54],
  ['rgb(0, 23, 193)', 'white', 11.1],
  ['#00000080', '#fff', 4.0],
])('%s on %s is %d', (text, ground, expected) => {
  const [a, b] = [readColour(text), readColour(ground)]
  expect(a && b && contrast(a, b)).toBeCloseTo(expected, 1)
})
