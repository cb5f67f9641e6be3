/** One command of the command line: its name, one line about it, and what it does. */
export type Command = {
  readonly name: string
  readonly summary: string
  /** @returns the exit code: 0 done, 1 not done, 2 wrong use. */
  run(args: readonly string[]): Promise<number>
}
