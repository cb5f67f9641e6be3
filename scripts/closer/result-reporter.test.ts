import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RunResult } from './result-reporter.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('a real run of vitest tells what passed, failed, was skipped and why, and what broke outside of tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mimamori-result-'))
  const file = join(folder, 'result.json')
  try {
    const given = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', 'scripts/fixtures/vitest']
    const ended = spawnSync(process.execPath, given, {
      cwd: root,
      env: { ...process.env, TEST_RESULT_FILE: file },
    })
    const result = JSON.parse(readFileSync(file, 'utf8')) as RunResult
    expect(ended.status).toBe(1)
    expect(result).toEqual({
      passed: 2,
      failed: ['mixed.test.ts: a case opens'],
      skipped: [
        { title: 'mixed.test.ts: real rsyslog delivers', reason: 'rsyslogd is not installed' },
        {
          title: 'mixed.test.ts: the public data (not beside the checkout) > five rules fire',
          reason: 'not beside the checkout',
        },
        { title: 'mixed.test.ts: a notice is answered', reason: 'to be written' },
      ],
      broken: ['unloadable.test.ts: BUG: the table is missing', 'outside of any test: nobody heard'],
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
