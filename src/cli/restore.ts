import { readConfig } from '../config.ts'
import { restoreInstallation } from '../store/index.ts'
import type { Command } from './command.ts'
import { operation, plainLog } from './operate.ts'
import { makeProgress } from './progress.ts'

const usage = `Usage: mimamori restore [--json] FILE

Brings a backup into an empty database: that of a new MIMAMORI_HOME, or the one in DATABASE_URL. All of it comes back or
nothing: every table's count and checksum is verified. A backup of an older Mimamori is brought forward.

  --json    print the result as one JSON object
  --help    this text

Exit code: 0 everything is back, 1 nothing was changed, 2 wrong use or setting.
`

/** `mimamori restore FILE`. */
export const restore: Command = operation(
  {
    name: 'restore',
    summary: 'bring a backup back into an empty database',
    usage,
    words: 1,
    async work({ config, words, json }) {
      const bar = makeProgress({ label: 'restore', total: 0 })
      const done = await restoreInstallation({
        config,
        log: plainLog,
        file: words[0] ?? '',
        progress: ({ rows, expected }) => bar.to(rows, expected),
      }).finally(() => bar.done())
      const forward =
        done.from === done.to ? `schema ${done.to}` : `schema ${done.from} brought to ${done.to}`
      process.stdout.write(
        json
          ? `${JSON.stringify(done)}\n`
          : `${done.rows.toLocaleString('en')} rows of ${done.tables} tables as of ${done.at}, ${forward}\n`,
      )
      return 0
    },
  },
  () => readConfig(process.env),
)
