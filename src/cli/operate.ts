import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { isFault } from '../base/fault.ts'
import type { Config } from '../config.ts'
import type { Log } from '../store/index.ts'
import type { Command } from './command.ts'

/** What the commands of an operator have in common: `--help`, `--json`, errors that read well, exit codes. */
export type Asked = {
  readonly config: Config
  readonly words: readonly string[]
  readonly json: boolean
}

export type Operation = {
  readonly name: string
  readonly summary: string
  readonly usage: string
  /** How many words follow the name of the command. */
  readonly words: number
  /** @returns the exit code. */
  readonly work: (asked: Asked) => Promise<number>
}

const options = {
  help: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig

/** What a person reads on standard error while a command works: what went wrong, and what changed the database. */
export const plainLog: Log = {
  info: (details, text) => process.stderr.write(`${text}${shown(details)}\n`),
  warn: (details, text) => process.stderr.write(`warning: ${text}${shown(details)}\n`),
  error: (details, text) => process.stderr.write(`error: ${text}${shown(details)}\n`),
}

function shown(details: Record<string, unknown>): string {
  const parts = Object.entries(details).map(([name, value]) => `${name} ${String(value)}`)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

/** An error in lines that a person can act on. */
export function explain(thrown: unknown): string {
  if (!isFault(thrown)) return thrown instanceof Error ? thrown.message : String(thrown)
  const { problems, ...rest } = thrown.details
  const lines = Array.isArray(problems)
    ? problems.map((problem) => `  ${String(problem)}`)
    : Object.entries(rest).map(([name, value]) => `  ${name}: ${text(value)}`)
  return [thrown.message.replace(/ \{.*\}$/s, ''), ...lines].join('\n')
}

/** Says on standard error why a command could not do its work. @returns the exit code. */
export function failed(command: string, thrown: unknown): number {
  process.stderr.write(`mimamori ${command}: ${explain(thrown)}\n`)
  return isFault(thrown) && thrown.code === 'SETTING' ? 2 : 1
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `\n    ${String(one)}`).join('')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Makes a command of an operation; `readConfig` is called only when the command is to do something. */
export function operation(it: Operation, readConfig: () => Config): Command {
  const wrong = (why: string): number => {
    process.stderr.write(`mimamori ${it.name}: ${why}\n\n${it.usage}`)
    return 2
  }
  return {
    name: it.name,
    summary: it.summary,
    async run(args) {
      let read
      try {
        read = parseArgs({ args: [...args], allowPositionals: true, options })
      } catch (thrown) {
        return wrong(explain(thrown))
      }
      if (read.values.help) {
        process.stdout.write(it.usage)
        return 0
      }
      const words = read.positionals
      if (words.length !== it.words) return wrong(it.words === 0 ? 'takes no name' : 'name one FILE')
      try {
        return await it.work({ config: readConfig(), words, json: read.values.json })
      } catch (thrown) {
        return failed(it.name, thrown)
      }
    },
  }
}
