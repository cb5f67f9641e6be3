import { house } from '../../src/know.ts'
import { lookAtArchitecture } from '../check-architecture.ts'
import { checkContrast } from '../check-contrast.ts'
import { checkExceptions } from '../check-exceptions.ts'
import { checkWords } from '../check-words.ts'
import { lintFinding } from './read-lint.ts'
import { type Ended, runTool } from './run-command.ts'

/** What a check found: nothing wrong where `problems` is empty; `note` says how much it looked at. */
export type Finding = { readonly problems: readonly string[]; readonly note: string }

/** One check of the checkout; counted as one test. */
export type Check = { readonly name: string; readonly run: (root: string) => Promise<Finding> | Finding }

/** All checks beside the tests, in the order in which they start. */
export const checks: readonly Check[] = [
  {
    name: 'types',
    run: async (root) => fromTool(await runTool(root, 'tsc', ['-p', '.', '--pretty', 'false'])),
  },
  {
    name: 'lint',
    run: async (root) => lintFinding(await runTool(root, 'oxlint', ['--format=json', '.'])),
  },
  {
    name: 'format',
    run: async (root) => format(await runTool(root, 'biome', ['format', '--max-diagnostics=200', '.'])),
  },
  {
    name: 'dead code',
    run: async (root) => fromTool(await runTool(root, 'knip', ['--no-progress', '--no-config-hints'])),
  },
  { name: 'architecture', run: architecture },
  { name: 'words', run: words },
  { name: 'contrast', run: contrast },
  { name: 'exceptions', run: exceptions },
]

/** A tool's own lines where it failed. */
function fromTool({ code, output }: Ended): Finding {
  if (code === 0) return { problems: [], note: '' }
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return { problems: lines.length > 0 ? lines : [`ended with code ${code}`], note: '' }
}

/** Of Biome's pages of differences only the names: `npm run format` writes the rest. */
export function format(ended: Ended): Finding {
  const note = /Checked \d+ files/.exec(ended.output)?.[0].toLowerCase() ?? ''
  if (ended.code === 0) return { problems: [], note }
  const names = [...ended.output.matchAll(/^(\S+?)(?::\d+:\d+)? (?:format|parse) ━/gm)].map(
    (match) => match[1],
  )
  const problems = [...new Set(names)].map((name) => `${name}: not formatted (npm run format)`)
  return problems.length > 0 ? { problems, note } : fromTool(ended)
}

function architecture(root: string): Finding {
  const { breaches, files, imports } = lookAtArchitecture(root, house)
  const problems = breaches.map(({ where, kind, message }) => `${where}: ${kind}: ${message}`)
  return { problems, note: `${files} files, ${imports} imports` }
}

async function words(root: string): Promise<Finding> {
  const { problems, texts, files, folders } = await checkWords(root)
  return { problems, note: `${texts} texts in ja and en, ${files} files, ${folders} folders` }
}

function contrast(root: string): Finding {
  const { problems, pairs, files } = checkContrast(root)
  return { problems, note: `${pairs} pairs in ${files} style sheets` }
}

function exceptions(root: string): Finding {
  const { problems, count, files } = checkExceptions(root)
  return { problems, note: `${count} with a reason, in ${files} files` }
}
