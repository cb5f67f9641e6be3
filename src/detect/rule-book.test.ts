import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadRuleBook } from './rule-book.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (file: string, text: string): void => writeFileSync(join(folder, file), text)

const rule = (
  title: string,
  meta = 'mimamori: { notice: ep.log.cleared, ja: 記録が消された }',
): string => `title: ${title}
author: 高橋
license: DRL-1.1
references: [https://rules.example/${title}]
level: high
logsource: { product: windows, service: security }
detection:
  cleared:
    EventID: 1102
  condition: cleared
${meta}
`
const canary = rule('canary', 'mimamori: { notice: canary, ja: 試験 }')

describe('a book of rules', () => {
  test('knows its version, and keeps author, link and licence of every rule', () => {
    put('a.yml', rule('a'))
    put('canary.yml', canary)
    const book = loadRuleBook(folder)
    expect(book.state()).toMatchObject({ active: 1, red: false, problems: [] })
    expect(book.state().version).toMatch(/^[\da-f]{64}$/)
    expect(book.rules()[0]).toMatchObject({
      author: '高橋',
      licence: 'DRL-1.1',
      link: 'https://rules.example/a',
    })
    expect(loadRuleBook(folder).state().version).toBe(book.state().version)
    put('a.yml', `${rule('a')}# another byte\n`)
    expect(loadRuleBook(folder).state().version).not.toBe(book.state().version)
  })

  test('at the first load a broken rule is left out with its file and line, the others are taken', () => {
    put('a.yml', rule('a'))
    put('b.yml', rule('b').replace('condition: cleared', 'condition: claered'))
    put('canary.yml', canary)
    const book = loadRuleBook(folder)
    expect(book.rules().map((each) => each.title)).toEqual(['a', 'canary'])
    expect(book.state().problems[0]).toMatchObject({ file: 'b.yml', line: 10, rule: 'b', level: 'error' })
  })

  test.each([
    ['what is no YAML', '  a: [1\n b: 2', 2],
    ['a key given twice', `${rule('b')}title: again\n`, 12],
    ['a notice type in the wrong shape', rule('b', 'mimamori:\n  notice: Log Cleared!\n  ja: 記録'), 12],
    ['no notice type at all', rule('b', ''), 1],
    ['an unknown modifier', rule('b').replace('EventID: 1102', 'EventID|sounds: 1102'), 9],
  ])('names the line of %s', (_what, text, line) => {
    put('b.yml', text)
    put('canary.yml', canary)
    expect(loadRuleBook(folder).state().problems[0]).toMatchObject({ file: 'b.yml', line, level: 'error' })
  })

  test('a broken rule is refused at a reload, and the old set stays', () => {
    put('a.yml', rule('a'))
    put('canary.yml', canary)
    const book = loadRuleBook(folder, 1)
    const before = book.current()
    put('b.yml', rule('b').replace('EventID: 1102', 'EventID|sounds: 1102'))
    expect(book.reload(2)).toBe(false)
    expect(book.current()).toBe(before)
    expect(book.state()).toMatchObject({ loadedAt: 1, problems: [], refused: [{ file: 'b.yml', line: 9 }] })
    put('b.yml', rule('b'))
    expect(book.reload(3)).toBe(true)
    expect(book.state()).toMatchObject({ active: 2, loadedAt: 3, refused: [] })
  })

  test('no rules, no folder, or no canary rule is a red state', () => {
    expect(loadRuleBook(folder).state()).toMatchObject({ active: 0, red: true })
    expect(loadRuleBook(join(folder, 'absent')).state()).toMatchObject({ active: 0, red: true })
    put('a.yml', rule('a'))
    expect(loadRuleBook(folder).state()).toMatchObject({ active: 1, red: true })
  })

  test('a reload never takes a set without rules', () => {
    put('a.yml', rule('a'))
    put('canary.yml', canary)
    const book = loadRuleBook(folder)
    rmSync(join(folder, 'a.yml'))
    expect(book.reload()).toBe(false)
    expect(book.state()).toMatchObject({ active: 1, red: false })
  })

  test('a silent rule that only feeds a correlation needs no notice type', () => {
    const base = rule('tries', 'name: tries')
    const many = `title: many\nlevel: high\ncorrelation: { type: event_count, rules: [tries], timespan: 5m, condition: { gte: 3 } }\nmimamori: { notice: auth.brute.rdp, ja: 総当たり }\n`
    put('a.yml', `${base}---\n${many}`)
    put('canary.yml', canary)
    const book = loadRuleBook(folder)
    expect(book.state()).toMatchObject({ active: 1, problems: [] })
    expect(book.rules().map(({ title, silent }) => [title, silent])).toEqual([
      ['tries', true],
      ['canary', false],
      ['many', false],
    ])
  })
})
