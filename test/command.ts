import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout. */
export const checkout = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** A command that has ended. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

/** A command that runs. */
export type Started = {
  readonly child: ChildProcess
  /** Everything it printed until now, both ways out. */
  said(): string
  readonly ended: Promise<Ended>
}

export type CommandOptions = {
  /** Settings; nothing else of this process's environment but the way to programs is handed on. */
  readonly env?: Readonly<Record<string, string>>
  /** A checkout elsewhere. */
  readonly from?: string
  /** Runs as this user, without other groups; for root only. */
  readonly uid?: number
  /** Ended by force after so many milliseconds. */
  readonly patience?: number
}

/** Starts `bin/mimamori` with these words. */
export function startMimamori(args: readonly string[], options: CommandOptions = {}): Started {
  const { env = {}, from = checkout, uid, patience = 60_000 } = options
  const child = spawn(`${from}/bin/mimamori`, [...args], {
    cwd: from,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.out += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.err += part))
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: null, out: text.out, err: String(error) }))
    child.once('close', (code) => {
      clearTimeout(late)
      resolve({ code, ...text })
    })
  })
  return { child, said: () => `${text.out}${text.err}`, ended }
}

/** Runs `bin/mimamori` with these words until it ends. */
export function mimamori(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return startMimamori(args, options).ended
}
