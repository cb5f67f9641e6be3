import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checks } from './checks.ts'
import type { RunResult } from './result-reporter.ts'
import { runChecks } from './run-checks.ts'
import { runTests } from './run-tests.ts'
import { checkLines, closingLines } from './tell.ts'

const usage = `npm test [-- --only checks|unit] [--nightly]

  (nothing)      all checks, then all tests
  --only checks  types, lint, format, dead code, architecture, words, contrast, exceptions
  --only unit    the tests beside the code, not those of the whole program
  --nightly      long properties and *.nightly.test.ts too`

const nothingRun: RunResult = { passed: 0, failed: [], skipped: [], broken: [] }

/**
 * Checks everything and prints, as the very last line, `N passed, N failed, N skipped`; each check counts as one test.
 * @returns the exit code: 0 when nothing failed, 1 when something did, 2 for an option it does not know.
 */
export async function close(given: readonly string[]): Promise<number> {
  const options = readOptions(given)
  if (!options) {
    console.error(usage)
    return 2
  }
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const tell = (checked: Parameters<typeof checkLines>[0]) => console.log(checkLines(checked).join('\n'))
  const checked = options.only === 'unit' ? [] : await runChecks(root, checks, { atOnce: 2, tell })
  const run =
    options.only === 'checks'
      ? nothingRun
      : await runTests(root, { unitOnly: options.only === 'unit', nightly: options.nightly })
  console.log(closingLines(checked, run).join('\n'))
  const failed =
    checked.some((check) => check.problems.length > 0) || run.failed.length + run.broken.length > 0
  return failed ? 1 : 0
}

type Options = { readonly only?: 'checks' | 'unit'; readonly nightly: boolean }

function readOptions(given: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { only: { type: 'string' }, nightly: { type: 'boolean', default: false } },
    })
    const { only, nightly } = values
    if (only === undefined) return { nightly }
    return only === 'checks' || only === 'unit' ? { only, nightly } : undefined
  } catch {
    return undefined
  }
}
