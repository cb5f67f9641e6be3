import type { Checked } from '../../../badge/index.ts'
import type { Say } from './words.ts'

/** The first line of an answer: yes, no, or "look closer". */
export type Verdict = { readonly valid: 'yes' | 'no' | 'paused'; readonly sentence: string }

function ofStanding(say: Say, checked: Checked): Verdict | undefined {
  const { standing, entry, said } = checked
  const name = entry?.name ?? said?.name ?? ''
  if (!standing || standing.good) return undefined
  if (standing.why === 'absent') return { valid: 'no', sentence: say.verify.verdict.absent }
  return {
    valid: standing.why === 'suspended' ? 'paused' : 'no',
    sentence: say.verify.verdict[standing.why](name),
  }
}

function ofSignature(say: Say, { signature }: Checked): Verdict | undefined {
  if (!signature || signature.good) return undefined
  const { verdict } = say.verify
  if (signature.why === 'expired' || signature.why === 'early')
    return { valid: 'paused', sentence: verdict.expired }
  if (signature.why === 'other-register') return { valid: 'no', sentence: verdict.foreign }
  if (signature.why === 'malformed' || signature.why === 'other-kind')
    return { valid: 'no', sentence: verdict.unreadable }
  return { valid: 'no', sentence: verdict.forged }
}

/**
 * What is said first. What is not ours comes before everything; that a declaration does not stand comes before the age of
 * a copy.
 */
export function verdictOf(say: Say, checked: Checked): Verdict {
  const { verdict } = say.verify
  const { entry, same } = checked
  if (checked.asked === 'nothing') return { valid: 'no', sentence: verdict.unreadable }
  const signature = ofSignature(say, checked)
  if (signature?.valid === 'no') return signature
  const standing = ofStanding(say, checked)
  if (standing) return standing
  if (signature) return signature
  if (same && !same.good) return { valid: 'paused', sentence: verdict.changed }
  return { valid: 'yes', sentence: verdict.good(entry?.name ?? '', say.level[entry?.level ?? 'SA1']) }
}
