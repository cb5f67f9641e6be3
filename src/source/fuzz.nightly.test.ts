import { describe, test } from 'vitest'
import { fuzz } from './fuzz-check.ts'
import { sources } from './read.ts'

const cases = 1_000_000

describe.runIf(process.env['NIGHTLY'] === '1')('a million lines', () => {
  for (const { name } of sources)
    test(`${name} reads them all without throwing`, () => {
      fuzz(name, cases / sources.length)
    }, 3_600_000)
})
