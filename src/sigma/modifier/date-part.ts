import { refuse } from '../problem.ts'
import type { Modifier } from './modifier.ts'

/** `minute`, `hour`, `day`, `week`, `month`, `year`: known words of the language, not supported yet. */
export const datePart: Modifier = (draft, word) => refuse(`\`${word}\` is not supported yet`, draft.path)
