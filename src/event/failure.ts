/**
 * What an error of the database means for the lines that wait:
 * - `lost`: no connection, or it broke; nobody knows what was committed
 * - `clash`: another transaction was in the way; the same again may pass
 * - `refused`: the database cannot take anything now (disk full, read only)
 * - `no-day`: the partition of the day is not there
 * - `poisoned`: it is about these rows
 */
export type Failure = 'lost' | 'clash' | 'refused' | 'no-day' | 'poisoned'

const brokenSocket = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH'])
const brokenText = /connection (terminated|error|ended|closed)|timeout (exceeded|expired)|not queryable/i

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return ''
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  return ''
}

/** Sorts a thrown value; SQLSTATE classes are those of the PostgreSQL manual, appendix A. */
export function failureOf(thrown: unknown): Failure {
  const code = codeOf(thrown)
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  if (/^(08|57P)/.test(code) || brokenSocket.has(code)) return 'lost'
  if (/^(40|55P03)/.test(code)) return 'clash'
  if (/^(53|58|25006|57014)/.test(code)) return 'refused'
  if (code === '23514' && text.includes('no partition')) return 'no-day'
  if (/^[0-9A-Z]{5}$/.test(code)) return 'poisoned'
  if (/after calling end/.test(text)) return 'refused'
  if (brokenText.test(text)) return 'lost'
  return thrown instanceof Error && thrown.cause !== undefined ? failureOf(thrown.cause) : 'poisoned'
}

/** For the log: SQLSTATE or system code, without the row that PostgreSQL quotes in `detail`. */
export function failureCode(thrown: unknown): string {
  return codeOf(thrown) || (thrown instanceof Error ? thrown.name : 'unknown')
}
