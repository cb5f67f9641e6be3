import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Check, format } from './checks.ts'
import { lintFinding } from './read-lint.ts'
import type { RunResult } from './result-reporter.ts'
import { type Checked, runChecks } from './run-checks.ts'
import { runTool } from './run-command.ts'
import { withDoubts } from './run-tests.ts'
import { checkLines, closingLines } from './tell.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sound: Checked = { name: 'types', seconds: 1.23, note: '300 files', problems: [] }
const broken: Checked = {
  name: 'lint',
  seconds: 0.4,
  note: '',
  problems: ['src/case/close.ts:3: eqeqeq: no'],
}
const run: RunResult = { passed: 40, failed: [], skipped: [], broken: [] }

test('the last line counts each check as one test', () => {
  expect(closingLines([sound, sound], run).at(-1)).toBe('42 passed, 0 failed, 0 skipped')
})

test('a failed check, a failed test and a file that could not be loaded are failures and are named again', () => {
  const result = {
    ...run,
    failed: ['src/a.test.ts: a case closes'],
    broken: ['src/b.test.ts: no such module\nat …'],
  }
  expect(closingLines([sound, broken], result)).toEqual([
    'failed   check: lint',
    'failed   src/b.test.ts: no such module',
    'failed   src/a.test.ts: a case closes',
    '41 passed, 3 failed, 0 skipped',
  ])
})

test('skipped tests are listed with their reason before the last line, those of one reason together', () => {
  const skipped = [
    { title: 'test/rsyslog.test.ts: real rsyslog delivers', reason: 'rsyslogd is not installed' },
    { title: 'test/rsyslog.test.ts: real rsyslog comes back', reason: 'rsyslogd is not installed' },
    { title: 'test/browser.test.ts: the browser', reason: 'no browser for darwin arm64' },
  ]
  expect(closingLines([], { ...run, skipped })).toEqual([
    'skipped  test/rsyslog.test.ts: rsyslogd is not installed (2 tests)',
    'skipped  test/browser.test.ts: no browser for darwin arm64',
    '         the browser',
    '40 passed, 0 failed, 3 skipped',
  ])
})

test('a check is one line with its time, and under it what it found', () => {
  expect(checkLines(sound)).toEqual(['ok   types            1.2 s  300 files'])
  expect(checkLines(broken)).toEqual([
    'FAIL lint             0.4 s',
    '       src/case/close.ts:3: eqeqeq: no',
  ])
})

test('of a flood of problems the first sixty are shown, and how many more there are', () => {
  const lines = checkLines({ ...broken, problems: Array.from({ length: 100 }, (_, index) => `${index}`) })
  expect(lines).toHaveLength(62)
  expect(lines.at(-1)).toBe('       … and 40 more')
})

test('a check that throws has failed, and the others still run', async () => {
  const throws: Check = {
    name: 'words',
    run: () => {
      throw new Error('no such file')
    },
  }
  const told: string[] = []
  const fine: Check = { name: 'types', run: () => ({ problems: [], note: '' }) }
  const checked = await runChecks('.', [throws, fine], { atOnce: 2, tell: (it) => told.push(it.name) })
  expect(told.toSorted()).toEqual(['types', 'words'])
  expect(checked.find((it) => it.name === 'words')?.problems.join()).toContain('no such file')
})

test.each([
  ['no result at all', undefined, 1, 'vitest ended with code 1 and told no result'],
  ['a run without any test', { ...run, passed: 0 }, 0, 'vitest ran no test'],
  ['a bad end without a failed test', run, 1, 'vitest ended with code 1 although no test failed'],
])('%s does not look like passing', (_, result, code, message) => {
  expect(withDoubts(result, code).broken).toEqual([message])
})

test('a good run stays as it is', () => {
  expect(withDoubts(run, 0)).toEqual(run)
})

test('files that are not formatted are named once each', async () => {
  const output =
    'src/a.ts format ━━━\n  × Formatter would\n\nsrc/b.json:3:1 parse ━━\n\nsrc/b.json:4:1 parse ━━\nChecked 9 files in 3ms.'
  expect(format({ code: 1, output })).toEqual({
    problems: ['src/a.ts: not formatted (npm run format)', 'src/b.json: not formatted (npm run format)'],
    note: 'checked 9 files',
  })
})

test('a tool that is not there, or says nothing readable, is a failure', async () => {
  const ended = await runTool(root, 'no-such-tool', [])
  expect(ended.code).not.toBe(0)
  expect(lintFinding(ended).problems).toHaveLength(1)
})
