import { refuse } from '../problem.ts'
import type { Modifier } from './modifier.ts'

/** Placeholders such as `%Administrators%` need the firm's own lists, which the engine is not given yet. */
export const expand: Modifier = (draft) =>
  refuse('`expand`: there is no list for this placeholder, so the rule could never be right', draft.path)
