import { pathToFileURL } from 'node:url'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One benchmark: measures, tells on the way on standard error, and gives the object of its last line. */
export type Bench = () => Promise<Readonly<Record<string, unknown>>>

const here = import.meta.dirname

function names(): string[] {
  return readdirSync(here)
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.includes('.test.'))
    .map((file) => file.replace(/\.ts$/, ''))
}

async function main(): Promise<number> {
  const name = process.argv[2] ?? ''
  const file = join(here, `${name}.ts`)
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
    process.stderr.write(`Usage: npm run bench -- NAME\n\nNAME is one of: ${names().join(', ')}\n`)
    return 2
  }
  const { bench } = (await import(pathToFileURL(file).href)) as { bench: Bench }
  const result = await bench()
  process.stdout.write(`${JSON.stringify(result)}\n`)
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
