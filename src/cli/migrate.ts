import { readConfig } from '../config.ts'
import { migrateInstallation } from '../store/index.ts'
import type { Command } from './command.ts'
import { operation, plainLog } from './operate.ts'

const usage = `Usage: mimamori migrate [--json]

Brings the schema of the database to this program's version, as every start does. Make a backup before a new edition: there is
no way back.

  --json    print the result as one JSON object
  --help    this text

Exit code: 0 the schema is current, 1 it is not, 2 wrong use or setting.
`

/** `mimamori migrate`. */
export const migrate: Command = operation(
  {
    name: 'migrate',
    summary: 'bring the database to this program’s schema',
    usage,
    words: 0,
    async work({ config, json }) {
      const moved = await migrateInstallation({ config, log: plainLog })
      const said = moved.from === moved.to ? `is current (${moved.to})` : `was ${moved.from}, is ${moved.to}`
      process.stdout.write(json ? `${JSON.stringify(moved)}\n` : `The schema ${said}.\n`)
      return 0
    },
  },
  () => readConfig(process.env),
)
