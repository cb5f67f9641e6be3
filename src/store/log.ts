type Line = (details: Record<string, unknown>, text: string) => void

/** What the store tells an operator; a pino logger fits. Details never hold a secret. */
export type Log = { readonly info: Line; readonly warn: Line; readonly error: Line }

/** Says nothing; for tests and short commands. */
export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
