import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type ExceptionsReport = {
  readonly problems: readonly string[]
  readonly count: number
  readonly files: number
}

const folders = '{src,words,test,scripts,bench,rules}/**/*.{ts,tsx}'
const comment =
  /(?:\/\/|\/\*|\{\/\*)\s*(oxlint-disable|eslint-disable|biome-ignore|@ts-(?:ignore|expect-error|nocheck))/
/** What stands after ` -- ` or, for the type checker and Biome, after the rule's name and a colon or dash. */
const reason = /(?: -- |: |—\s*)\S.{7,}/

/**
 * Every exception to a rule in the checkout at `root`: a comment on the spot that gives its reason, such as
 * `// oxlint-disable-next-line max-params -- the arguments of a Fastify hook`. One without a reason is a problem;
 * so is one for a whole file or folder of rules. Their number is printed, so that its growth is seen.
 */
export function checkExceptions(root: string): ExceptionsReport {
  const files = globSync(folders, { cwd: root }).filter((path) => !path.includes('fixtures'))
  const found = files.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n')
    return lines.flatMap((line, index) =>
      comment.test(line) ? [{ where: `${path}:${index + 1}`, line }] : [],
    )
  })
  const problems = found.flatMap(({ where, line }) => {
    if (/(?:oxlint|eslint)-disable(?!-next-line|-line)|@ts-nocheck/.test(line)) {
      return [`${where}: an exception holds for one line, not for a file`]
    }
    return reason.test(line) ? [] : [`${where}: an exception without its reason: ${line.trim()}`]
  })
  if (files.length === 0) problems.push('read 0 files')
  return { problems, count: found.length, files: files.length }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, count, files } = checkExceptions(process.cwd())
  for (const problem of problems) console.log(problem)
  console.log(`exceptions: ${count} in ${files} files`)
  process.exitCode = problems.length > 0 ? 1 : 0
}
