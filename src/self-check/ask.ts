import { type Scoring, selfCheckFacts } from '../catalogue/index.ts'
import type { ToDo } from './to-do.ts'

/** Whom to ask, and about what: the 「わからない」 of one list. */
export type Asking = {
  readonly role: Scoring['ask_roles'][number]
  readonly toDos: readonly ToDo[]
}

/** The unknown answers grouped by whom to ask, in the order of the catalogue. */
export function askingOf(toDos: readonly ToDo[]): Asking[] {
  const unknown = toDos.filter((one) => one.why === 'unknown')
  return selfCheckFacts().scoring.ask_roles.flatMap((role) => {
    const own = unknown.filter((one) => one.ask === role.id)
    return own.length === 0 ? [] : [{ role, toDos: own }]
  })
}
