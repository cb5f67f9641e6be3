import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as sigma from './index.ts'

test('the example in the README prints what it says', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const promised = [...example.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map((found) => found[1])
  const printed: string[] = []
  const spy = { log: (...values: readonly unknown[]) => printed.push(values.join(' ')) }
  const body = example.replace(/^import (.*) from .*$/m, 'const $1 = sigma')
  runInThisContext(`(sigma, console) => {${body}}`)(sigma, spy)
  expect(printed).toEqual(promised)
  expect(printed.length).toBeGreaterThan(0)
})
