import type { Command } from './command.ts'

/** The commands, in the order of the help text. Each is read only when it is asked for. */
const commands: readonly {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Command>
}[] = [
  {
    name: 'start',
    summary: 'run everything until Ctrl-C',
    load: async () => (await import('./start.ts')).startCommand,
  },
  {
    name: 'migrate',
    summary: 'bring the database to this program’s schema',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    name: 'replay',
    summary: 'send a file of log lines to a running installation',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  {
    name: 'parse',
    summary: 'print a log file as normalised JSON events',
    load: async () => (await import('./parse.ts')).parseCommand,
  },
  {
    name: 'backup',
    summary: 'write everything into one file',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'bring a backup back into an empty database',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'doctor',
    summary: 'look whether this installation can work',
    load: async () => (await import('./doctor.ts')).doctor,
  },
]

function help(): string {
  const width = Math.max(...commands.map((each) => each.name.length))
  const rows = commands.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`)
  return [
    'Usage: mimamori COMMAND [OPTIONS]',
    '',
    ...rows,
    '',
    'mimamori COMMAND --help tells more. Settings are environment variables (docs/guides/settings.md).',
    '',
  ].join('\n')
}

/** Runs one command. @returns the exit code: 0 done, 1 not done, 2 wrong use. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help())
    return name === undefined ? 2 : 0
  }
  const found = commands.find((each) => each.name === name)
  if (!found) {
    process.stderr.write(`mimamori: there is no command "${name}".\n\n${help()}`)
    return 2
  }
  const command = await found.load()
  return command.run(rest)
}

function rightNode(): boolean {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return true
  process.stderr.write(
    `Mimamori needs Node 24; this is ${process.version}. Run "npm install" once, then "npm start" or bin/mimamori: both use the Node that npm installed.\n`,
  )
  return false
}

if (rightNode()) {
  runCommand(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code
    },
    (error: unknown) => {
      process.stderr.write(`mimamori: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    },
  )
} else {
  process.exitCode = 2
}
