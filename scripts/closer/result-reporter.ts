import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'

/** What the closer needs to know of a vitest run; vitest's own JSON has neither notes of skips nor stray errors. */
export type RunResult = {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly Skip[]
  /** Files that could not be loaded, and errors thrown outside of any test. */
  readonly broken: readonly string[]
}

export type Skip = { readonly title: string; readonly reason: string }

/** A vitest reporter that writes a `RunResult` as JSON into `file` when the run ends. */
export function resultReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const cases = modules.flatMap((module) => [...module.children.allTests()])
      const stray = unhandled.map((error) => `outside of any test: ${error.message}`)
      const result: RunResult = {
        passed: cases.filter((it) => it.result().state === 'passed').length,
        failed: cases.filter((it) => it.result().state === 'failed').map(titleOf),
        skipped: cases.filter((it) => unfinished.has(it.result().state)).map(skipOf),
        broken: [...modules.flatMap(brokenParts), ...stray],
      }
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify(result))
    },
  }
}

/** A test left pending by a crashed worker was not run: it is no pass. Its file is reported as broken beside. */
const unfinished = new Set(['skipped', 'pending'])

function titleOf(it: TestCase): string {
  return `${it.module.relativeModuleId}: ${it.fullName}`
}

function skipOf(it: TestCase): Skip {
  const result = it.result()
  const note = result.state === 'skipped' ? result.note : 'not run'
  const written = it.options.mode === 'todo' ? 'to be written' : reasonInTitle(it)
  return { title: titleOf(it), reason: note ?? written }
}

/** `describe.skipIf(…)` takes no note, so a group says its reason in brackets: "real rsyslog (not installed)". */
function reasonInTitle(it: TestCase): string {
  return /\(([^()]+)\)[^()]*$/.exec(it.fullName)?.[1] ?? 'no reason given'
}

function brokenParts(module: TestModule): string[] {
  const suites: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  const errors = suites.flatMap((suite) => suite.errors())
  const said = errors.map((error) => `${module.relativeModuleId}: ${error.message}`)
  const empty = module.state() === 'failed' && [...module.children.allTests()].length === 0
  return said.length === 0 && empty ? [`${module.relativeModuleId}: could not be loaded`] : said
}
