import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { wordingRules } from '../catalogue/index.ts'
import { checkWording } from './check-wording.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))

/** The texts between quotes, with what is put into them left out. */
function textsOf(source: string): string[] {
  const quoted = source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)
  return Array.from(quoted, ([, single, double, back]) =>
    (single ?? double ?? back ?? '').replace(/\$\{[^}]*\}/g, '…').replaceAll('\\n', '\n'),
  )
}

/** Every text of a catalogue but what the check itself is made of. */
function walk(value: unknown, path: string): string[] {
  if (path === '.wording') return []
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => walk(inner, `${path}.${key}`))
}

const found = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => checkWording(text).map((hit) => `${hit.words} in: ${text.slice(0, 120)}`))

describe('what we ourselves write', () => {
  test.each(files('words', /\.ts$/))('%s claims nothing', (file) => {
    const texts = textsOf(readFileSync(join(root, file), 'utf8'))
    expect(found(texts)).toEqual([])
    const never = wordingRules().never_in_product
    expect(texts.filter((text) => never.some((words) => text.includes(words)))).toEqual([])
  })

  test.each(files('catalogue', /\.yaml$/))('%s claims nothing', (file) => {
    const texts = walk(parse(readFileSync(join(root, file), 'utf8')), '')
    expect(texts.length).toBeGreaterThan(10)
    expect(found(texts)).toEqual([])
  })

  test.each(files('src', /\.typ$/))('%s claims nothing', (file) => {
    expect(found([readFileSync(join(root, file), 'utf8')])).toEqual([])
  })
})
