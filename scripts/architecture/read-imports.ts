import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'

export type Import = {
  readonly specifier: string
  /** The imported file, from the root with `/`; absent for packages and `node:`. */
  readonly target?: string
  readonly line: number
}

export type SourceFile = {
  /** From the root, with `/`. */
  readonly path: string
  /** The name of its folder on the map: `case` for `src/case/open-case.ts`, `words`, `main` for `src/main.ts`. */
  readonly unit: string
  readonly isTest: boolean
  readonly imports: readonly Import[]
  /** The text with comments blanked out, line for line. */
  readonly code: string
}

/** Every TypeScript file under `src/` and `words/` of `root` with what it imports. */
export function readSources(root: string): SourceFile[] {
  const found = globSync(['src/**/*.{ts,tsx}', 'words/**/*.{ts,tsx}'], { cwd: root })
  return found
    .map((path) => path.split(sep).join('/'))
    .toSorted()
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')))
}

/** Reads one file's text; `path` is from the root. */
export function readSource(path: string, text: string): SourceFile {
  const code = blankComments(text)
  return {
    path,
    unit: unitOf(path),
    isTest: isTestFile(path),
    imports: importsOf(path, code),
    code,
  }
}

/**
 * Tests, what lies in a folder `fixtures`, and helpers of tests (`test-database.ts`): they set a stage and are no part
 * of the program. In `sigma/` a test is what a rule asks of an event, so there the name says nothing.
 */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$|\/fixtures\/|^(?!src\/sigma\/).*\/test-[^/]+$/.test(path)
}

/** The folder of the map a path belongs to, or its first folder where it lies outside `src/` (`test`, `scripts`). */
export function unitOf(path: string): string {
  const [first = '', second] = path.split('/')
  return first === 'src' && second ? second.replace(/(?:\.test)?\.tsx?$/, '') : first
}

// Static imports and re-exports stand at the start of a line; dynamic ones and `import('…').Type` anywhere.
const statement = /^[ \t]*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])(?<name>[^'"\n]+)\1/gm
const call = /\bimport\(\s*(['"])(?<name>[^'"\n]+)\1/g

function importsOf(path: string, code: string): Import[] {
  const matches = [...code.matchAll(statement), ...code.matchAll(call)]
  return matches.map((match) => {
    const specifier = match.groups?.['name'] ?? ''
    const line = code.slice(0, match.index + match[0].length).split('\n').length
    if (!specifier.startsWith('.')) return { specifier, line }
    return { specifier, line, target: posix.join(dirname(path), specifier) }
  })
}

const commentOrString = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g

/** Comments become spaces, so that a word in prose is no import and no clock; line numbers stay. */
export function blankComments(text: string): string {
  return text.replace(commentOrString, (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part))
}
