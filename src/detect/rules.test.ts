import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { read } from '../source/index.ts'
import { loadRuleBook, installRules } from './rule-book.ts'
import { readCases, runLines } from './rule-cases.ts'

const folder = installRules()
const book = loadRuleBook(folder)
const edition = book.current()
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const rulesIn = (name: string) => book.rules().filter((rule) => rule.file.startsWith(`${name}/`))

test('every rule of the folder loads without a problem', () => {
  expect(book.state().problems).toEqual([])
  expect(book.state().red).toBe(false)
  expect(names.length).toBeGreaterThanOrEqual(11)
})

test('every rule says who wrote it, under which licence, and in Japanese what it means', () => {
  for (const rule of book.rules()) {
    expect(rule).toMatchObject({ author: 'Mimamori', licence: 'Apache-2.0' })
    expect(rule.id).toMatch(/^[\da-f]{8}-/)
    expect(rule.link).not.toBe('')
    if (rule.silent || rule.detection === 'canary') continue
    expect(rule.ja).not.toBe('')
    expect(rule.tags.some((tag) => /^attack\.t\d{4}/.test(tag))).toBe(true)
  }
})

test('every rule that speaks names a detection that the catalogue of notices knows', () => {
  const path = fileURLToPath(new URL('../../catalogue/notices.yaml', import.meta.url))
  const catalogue: { items: { detections: string[] }[] } = parse(readFileSync(path, 'utf8'))
  const known = new Set(catalogue.items.flatMap((item) => item.detections))
  const unknown = book
    .rules()
    .filter((rule) => rule.detection !== '' && rule.detection !== 'canary' && !known.has(rule.detection))
  expect(unknown).toEqual([])
})

describe.each(names)('rules/%s', (name) => {
  const fires = readCases(join(folder, name), 'fires.log')
  const misses = readCases(join(folder, name), 'near-misses.log')
  const own = new Set(rulesIn(name).map((rule) => rule.id))

  test('has at least one story that fires and two near misses, each with lines', () => {
    expect(fires.length).toBeGreaterThanOrEqual(1)
    expect(misses.length).toBeGreaterThanOrEqual(2)
    for (const story of [...fires, ...misses]) expect(story.lines.length).toBeGreaterThan(0)
  })

  test('every line is read whole by its source', () => {
    const hints = { receivedAt: Date.UTC(2026, 10, 23), zoneMinutes: 540 }
    for (const line of [...fires, ...misses].flatMap((story) => story.lines)) {
      expect({ line, ...read(line, 'auto', hints) }).toMatchObject({ line, status: 'ok' })
    }
  })

  test.each(fires)('fires: $title', ({ lines, expected }) => {
    const found = runLines(edition, lines)
    expect(found.some((finding) => own.has(finding.rule.id))).toBe(true)
    for (const detection of expected) expect(found.map((finding) => finding.detection)).toContain(detection)
    // The same lines in one batch say the same.
    const together = runLines(edition, lines, 1_000)
    expect(new Set(together.map((each) => each.rule.id))).toEqual(new Set(found.map((each) => each.rule.id)))
  })

  test.each(misses)('is silent: $title', ({ lines, expected }) => {
    const found = runLines(edition, lines)
    expect(found.map((finding) => finding.rule.title)).toEqual([])
    expect(expected).toEqual([])
  })

  test('every rule that speaks has a story in which it fires', () => {
    const found = new Set(
      fires.flatMap((story) => runLines(edition, story.lines).map((each) => each.rule.id)),
    )
    const mute = rulesIn(name).filter((rule) => !rule.silent && !found.has(rule.id))
    expect(mute.map((rule) => rule.title)).toEqual([])
  })
})
