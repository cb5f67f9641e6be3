import { describe, test } from 'vitest'
import { fuzz } from './fuzz-check.ts'
import { sources } from './read.ts'

/** Short of the million of `fuzz.nightly.test.ts`. */
const cases = 2_000

describe('whatever a line holds', () => {
  for (const { name } of sources)
    test(`${name} reads it without throwing, the same way twice, with a finite time and storable text`, () => {
      fuzz(name, cases / sources.length)
    })
})
