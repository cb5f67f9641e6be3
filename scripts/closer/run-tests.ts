import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RunResult } from './result-reporter.ts'
import { toolEnvironment } from './run-command.ts'

/**
 * Runs vitest with its own report on the console and gives the result. Whatever keeps vitest from telling one, and a
 * run without any test, are told as `broken`: they must not look like passing.
 */
export async function runTests(
  root: string,
  options: { unitOnly: boolean; nightly: boolean },
): Promise<RunResult> {
  const file = join(root, '.cache', `test-result-${process.pid}.json`)
  rmSync(file, { force: true })
  const given = ['run', ...(options.unitOnly ? ['--project', 'unit'] : [])]
  const code = await new Promise<number>((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...given], {
      cwd: root,
      env: { ...toolEnvironment(root), TEST_RESULT_FILE: file, ...(options.nightly ? { NIGHTLY: '1' } : {}) },
      stdio: 'inherit',
    })
    child.on('error', () => done(127))
    child.on('close', (ended) => done(ended ?? 1))
  })
  const result = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunResult) : undefined
  rmSync(file, { force: true })
  return withDoubts(result, code)
}

/** Adds to `broken` what the exit code or an empty run tells beyond the single tests. */
export function withDoubts(result: RunResult | undefined, code: number): RunResult {
  if (!result) {
    return {
      passed: 0,
      failed: [],
      skipped: [],
      broken: [`vitest ended with code ${code} and told no result`],
    }
  }
  const broken = [...result.broken]
  const ran = result.passed + result.failed.length
  if (ran === 0) broken.push('vitest ran no test')
  if (code !== 0 && result.failed.length + broken.length === 0) {
    broken.push(`vitest ended with code ${code} although no test failed`)
  }
  return { ...result, broken }
}
