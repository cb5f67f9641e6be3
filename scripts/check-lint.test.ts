import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { lintFinding } from './closer/read-lint.ts'
import { runTool } from './closer/run-command.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = 'scripts/fixtures/lint'
// The configuration of the fixtures is our own without the line that leaves fixtures out.
const { problems, note } = lintFinding(
  await runTool(root, 'oxlint', ['--format=json', '-c', `${folder}/oxlintrc.json`, folder]),
)

describe('every lint fixture fails with the rule it is named after', () => {
  const named = readdirSync(root + folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.startsWith('sound.'))
    .map((entry) => entry.name)

  test.each(named)('%s', (name) => {
    const rule = name.replace(/\.tsx?$/, '').replace(/-of-a-pool$/, '')
    const found = problems.filter((problem) => problem.startsWith(`${folder}/${name}:`))
    expect(found).toHaveLength(1)
    if (rule === 'no-unused-directive') expect(found[0]).toContain('Unused oxlint-disable directive')
    else expect(found[0]).toContain(`: ${rule}: `)
  })

  test('there are many of them, and files were read', () => {
    expect(named.length).toBeGreaterThan(15)
    expect(note).toMatch(/^\d\d files, \d\d+ rules$/)
  })
})

test('sound code, long tests and default exports of tool configurations pass', () => {
  expect(problems.filter((problem) => problem.includes('/sound.'))).toEqual([])
})

test('a forbidden import tells its reason', () => {
  const found = problems.find((problem) => problem.includes('no-restricted-imports.ts'))
  expect(found).toContain('Tests run in vitest: one runner, one count on the last line.')
})

test('a lint run over nothing does not pass', async () => {
  const { problems } = lintFinding(await runTool(root, 'oxlint', ['--format=json', '.cache/nowhere']))
  expect(problems).not.toEqual([])
})
