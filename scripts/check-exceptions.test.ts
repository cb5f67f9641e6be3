import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkExceptions } from './check-exceptions.ts'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/exceptions/${name}`, import.meta.url))

test('an exception without a reason, or for a whole file, is named', () => {
  const { problems, count } = checkExceptions(fixture('bad'))
  expect(problems).toEqual([
    'src/a.ts:1: an exception without its reason: // oxlint-disable-next-line max-params',
    'src/a.ts:3: an exception holds for one line, not for a file',
    'src/a.ts:4: an exception without its reason: // @ts-expect-error',
  ])
  expect(count).toBe(3)
})

test('exceptions that give their reason pass and are counted', () => {
  expect(checkExceptions(fixture('good'))).toEqual({ problems: [], count: 2, files: 1 })
})

test('reading no file does not pass', () => {
  expect(checkExceptions(fixture('nowhere')).problems).toEqual(['read 0 files'])
})
