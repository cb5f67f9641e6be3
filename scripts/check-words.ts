import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ForbiddenWord, forbiddenInCode, forbiddenInYaml } from './words/forbidden.ts'
import { shapeDifferences } from './words/shape.ts'

/** What was looked at, and what is wrong: `file:line: what`. */
export type WordsReport = {
  readonly problems: readonly string[]
  readonly texts: number
  readonly files: number
  readonly folders: number
}

/**
 * Looks at the words of the checkout at `root`: every text in ja and en, no forbidden word in front of a reader,
 * every folder of `src/` explained in GLOSSARY.md. Finding nothing to look at is a problem too.
 */
export async function checkWords(root: string): Promise<WordsReport> {
  const languages = await checkLanguages(root)
  const forbidden = checkForbidden(root)
  const glossary = checkGlossary(root)
  return {
    problems: [...languages.problems, ...forbidden.problems, ...glossary.problems],
    texts: languages.texts,
    files: forbidden.files,
    folders: glossary.folders,
  }
}

async function checkLanguages(root: string): Promise<{ problems: string[]; texts: number }> {
  const names = globSync('words/{ja,en}/**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => path.replace(/^words.(?:ja|en)./, ''))
  if (names.length === 0) return { problems: ['words/: no texts found'], texts: 0 }
  const problems: string[] = []
  let texts = 0
  for (const name of new Set(names)) {
    const [ja, en] = await Promise.all([load(root, 'ja', name), load(root, 'en', name)])
    problems.push(...shapeDifferences(ja, en).map((difference) => `words/*/${name}: ${difference}`))
    texts += countTexts(ja)
  }
  return { problems, texts }
}

/** The exports of one file of words; none where it is missing, so that every text of the other is told missing. */
async function load(root: string, language: 'ja' | 'en', name: string): Promise<unknown> {
  const path = join(root, 'words', language, name)
  if (!existsSync(path)) return {}
  const module: unknown = await import(pathToFileURL(path).href)
  return { ...(module as object) }
}

function countTexts(value: unknown): number {
  if (typeof value === 'string' || typeof value === 'function') return 1
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, inner) => sum + countTexts(inner), 0)
}

function checkForbidden(root: string): { problems: string[]; files: number } {
  const read = (pattern: string, find: (text: string) => ForbiddenWord[]) =>
    globSync(pattern, { cwd: root })
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .map((path) => ({ path, found: find(readFileSync(join(root, path), 'utf8')) }))
  const looked = [
    ...read('words/**/*.ts', forbiddenInCode),
    ...read('src/{portal,notice,http}/**/*.{ts,tsx}', forbiddenInCode),
    ...read('catalogue/notices.yaml', forbiddenInYaml),
  ]
  const problems = looked.flatMap(({ path, found }) =>
    found.map((word) => `${path}:${word.line}: 「${word.text}」: ${word.reason}`),
  )
  return { problems, files: looked.length }
}

function checkGlossary(root: string): { problems: string[]; folders: number } {
  const folders = globSync('src/*/', { cwd: root }).map((path) => path.replace(/^src.|\W$/g, ''))
  const path = join(root, 'GLOSSARY.md')
  if (!existsSync(path)) return { problems: ['GLOSSARY.md is missing'], folders: folders.length }
  const glossary = readFileSync(path, 'utf8')
  const problems = folders
    .filter((noun) => !new RegExp(`\\b${noun}\\b`, 'i').test(glossary))
    .map((noun) => `GLOSSARY.md: says nothing of src/${noun}/`)
  return { problems, folders: folders.length }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, texts, files, folders } = await checkWords(process.cwd())
  for (const problem of problems) console.log(problem)
  console.log(`words: ${texts} texts, ${files} files read for forbidden words, ${folders} folders`)
  process.exitCode = problems.length > 0 ? 1 : 0
}
