/** Where in a document: keys and list positions, so that the loader of the file can find the line. */
export type Path = readonly (string | number)[]

/** A parsed YAML document and the file it came from; several may come from one file. */
export type Source = { readonly document: unknown; readonly file: string }

/** Why a rule was left out (`error`) or what its author should look at (`warning`). */
export type Problem = {
  /** Title of the rule, else its id, else `?`. */
  readonly rule: string
  readonly file: string
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly path?: Path
}

/** The error that ends the reading of one rule. It never leaves the engine: `loadRules` makes a problem of it. */
type Refusal = Error & { readonly refusedAt: Path }

/** Refuses the rule that is being read; `path` says which part of it is at fault. */
export function refuse(message: string, path: Path): never {
  throw Object.assign(new Error(message), { refusedAt: path })
}

/** Whether a thrown value came from `refuse`. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && 'refusedAt' in thrown
}

/** Catches refusals: gives what `read` made, or notes the problem and gives nothing. */
export type Attempt = <T>(source: Source, read: () => T) => T | undefined
