import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LineCounter, parseAllDocuments } from 'yaml'
import type { Path, Source } from '../sigma/index.ts'

/** Why a rule was left out or refused (`error`), or what its author should look at, with the place in its file. */
export type RuleProblem = {
  /** Inside the folder of rules. */
  readonly file: string
  readonly line: number
  /** Title or id, `?` where the file could not be read so far. */
  readonly rule: string
  readonly level: 'error' | 'warning'
  readonly reason: string
}

export type ReadFolder = {
  readonly sources: readonly Source[]
  /** The text of every file with its name, in order: what the version is the hash of. */
  readonly texts: readonly (readonly [file: string, text: string])[]
  readonly problems: readonly RuleProblem[]
  /** The line in its file of a place in a document. */
  lineOf(document: unknown, path: Path): number
}

/** Files over this are damage, not rules. */
const largestFile = 1_000_000

type Placed = { readonly document: unknown; readonly lineOf: (path: Path) => number }

function ruleFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function readDocuments(text: string, file: string): { placed: Placed[]; problems: RuleProblem[] } {
  const counter = new LineCounter()
  const placed: Placed[] = []
  const problems: RuleProblem[] = []
  for (const document of parseAllDocuments(text, { lineCounter: counter })) {
    const start = counter.linePos(document.range?.[0] ?? 0).line
    const [error] = document.errors
    if (error !== undefined) {
      const line = error.linePos?.[0].line ?? start
      const [reason = 'not readable'] = error.message.split('\n')
      problems.push({ file, line, rule: '?', level: 'error', reason })
      continue
    }
    const lineOf = (path: Path): number => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        if (isPlaced(node)) return counter.linePos(node.range[0]).line
      }
      return start
    }
    try {
      const plain: unknown = document.toJS({ maxAliasCount: 50 })
      if (plain !== null && plain !== undefined) placed.push({ document: plain, lineOf })
    } catch (thrown) {
      problems.push({ file, line: start, rule: '?', level: 'error', reason: String(thrown) })
    }
  }
  return { placed, problems }
}

function isPlaced(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

/** Reads every YAML file below a folder; what is not YAML becomes a problem with its line. */
export function readRuleFolder(folder: string): ReadFolder {
  const sources: Source[] = []
  const texts: (readonly [string, string])[] = []
  const problems: RuleProblem[] = []
  const lines = new Map<unknown, (path: Path) => number>()
  for (const file of ruleFiles(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    texts.push([file, text])
    if (text.length > largestFile) {
      problems.push({ file, line: 1, rule: '?', level: 'error', reason: 'the file is too large' })
      continue
    }
    const read = readDocuments(text, file)
    problems.push(...read.problems)
    for (const { document, lineOf } of read.placed) {
      sources.push({ document, file })
      lines.set(document, lineOf)
    }
  }
  return { sources, texts, problems, lineOf: (document, path) => lines.get(document)?.(path) ?? 1 }
}
