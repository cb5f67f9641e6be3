import { readConfig } from '../config.ts'
import { backUpInstallation } from '../store/index.ts'
import type { Command } from './command.ts'
import { operation, plainLog } from './operate.ts'
import { makeProgress } from './progress.ts'

const usage = `Usage: mimamori backup [--json] FILE

Writes everything in the database into FILE, as of one moment. Mimamori may run meanwhile. FILE must not exist yet; it appears
when it is whole, readable by you alone. It holds personal data: guard it like the database.

The secret of the home (MIMAMORI_HOME/secret) is not in it: sessions and links that were signed with it end with a restore
into another home, data do not.

  --json    print the result as one JSON object
  --help    this text

Exit code: 0 the backup is made, 1 it is not, 2 wrong use or setting.
`

/** `mimamori backup FILE`. */
export const backup: Command = operation(
  {
    name: 'backup',
    summary: 'write everything into one file',
    usage,
    words: 1,
    async work({ config, words, json }) {
      const bar = makeProgress({ label: 'backup', total: 0 })
      const made = await backUpInstallation({
        config,
        log: plainLog,
        file: words[0] ?? '',
        now: Date.now(),
        progress: ({ rows, expected }) => bar.to(rows, Math.max(expected, rows)),
      }).finally(() => bar.done())
      const size = `${(made.bytes / 1_048_576).toFixed(1)} MiB`
      process.stdout.write(
        json
          ? `${JSON.stringify(made)}\n`
          : `${made.rows.toLocaleString('en')} rows of ${made.tables.length} tables, schema ${made.version}, ${size}: ${words[0]}\n`,
      )
      return 0
    },
  },
  () => readConfig(process.env),
)
