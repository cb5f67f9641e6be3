import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { resultReporter } from './scripts/closer/result-reporter.ts'

/** Long properties, fuzzing and differential runs: `npm run test:nightly`. */
const nightly = process.env['NIGHTLY'] === '1'
/** The closer (`scripts/test.ts`) asks for the result in this file. */
const resultFile = process.env['TEST_RESULT_FILE']

const databaseForTheRun = 'test/global-setup.ts'
const exclude = ['**/node_modules/**', '**/fixtures/**', ...(nightly ? [] : ['**/*.nightly.test.{ts,tsx}'])]

export default defineConfig({
  // Pages are Preact (tsconfig says the same to the type checker).
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A forgotten `test.only` fails instead of hiding all the others.
    allowOnly: false,
    globalSetup: existsSync(new URL(databaseForTheRun, import.meta.url)) ? [databaseForTheRun] : [],
    reporters: ['default', ...(resultFile ? [resultReporter(resultFile)] : [])],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'rules/**/*.test.ts',
            'words/**/*.test.ts',
          ],
          exclude,
          testTimeout: nightly ? 600_000 : 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // The whole program and the browser: one file at a time, after the others, so that times mean something.
          name: 'whole',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude,
          maxWorkers: 1,
          testTimeout: nightly ? 900_000 : 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
