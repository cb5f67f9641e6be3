import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Instant } from '../base/time.ts'
import { type Entry, findEntry, readNumber, type Registry, registryOf } from '../registry/index.ts'
import type { Claims, Seal } from '../seal/index.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import { type ReadBadge, readBadge, typOf } from './credential.ts'
import { issuerOf } from './issuer.ts'
import { readPasted } from './pasted.ts'

/** First check: who signed it, and is it unchanged and fresh. */
export type SignatureCheck =
  | { readonly good: true }
  | {
      readonly good: false
      readonly why: 'malformed' | 'bad-signature' | 'unknown-key' | 'other-kind' | 'expired' | 'early'
    }
  | { readonly good: false; readonly why: 'other-register'; readonly issuer: string }

/** Second check: what the register says of the declaration now. */
export type StandingCheck =
  | { readonly good: true; readonly since: Instant }
  | { readonly good: false; readonly why: 'suspended' | 'stopped'; readonly since: Instant }
  | { readonly good: false; readonly why: 'absent' }

/** What a badge and the register both say. */
export const comparedFields = ['name', 'corporateNumber', 'level', 'edition', 'declaredOn'] as const
export type ComparedField = (typeof comparedFields)[number]

/** Third check: does the register still say the same. */
export type SameCheck =
  | { readonly good: true }
  | { readonly good: false; readonly changed: readonly ComparedField[] }

/** The answer for what somebody pasted. A check that was not made is undefined; nothing of a forged text is handed on. */
export type Checked = {
  readonly asked: 'badge' | 'number' | 'nothing'
  readonly at: Instant
  readonly registry: Registry | undefined
  readonly signature?: SignatureCheck
  readonly standing?: StandingCheck
  readonly same?: SameCheck
  /** What the badge says; only when its signature is ours, also when it is too old. */
  readonly said?: ReadBadge
  /** What the register says now. */
  readonly entry?: Entry
}

/** Compares a badge with the entry as it is now. */
export function compare(said: ReadBadge, entry: Entry): SameCheck {
  const now = { ...entry, edition: entry.pledgeEdition }
  const changed = comparedFields.filter((field) => said[field] !== now[field])
  return changed.length === 0 ? { good: true } : { good: false, changed }
}

export function standingOf(entry: Entry | undefined): StandingCheck {
  if (!entry) return { good: false, why: 'absent' }
  if (entry.status === 'active') return { good: true, since: entry.statusSince }
  return { good: false, why: entry.status, since: entry.statusSince }
}

type Unproven = { readonly typ: string | undefined; readonly claims: Claims }

function unproven(token: string): Unproven | undefined {
  try {
    return { typ: decodeProtectedHeader(token).typ, claims: decodeJwt(token) }
  } catch {
    return undefined
  }
}

const longestIssuer = 120

/** The signature of a badge of either model. `claims` only when it is ours. */
async function checkSignature(
  of: { readonly seal: Seal; readonly baseUrl: string },
  token: string,
  now: Instant,
): Promise<{ check: SignatureCheck; claims?: Claims }> {
  const seen = unproven(token)
  if (!seen) return { check: { good: false, why: 'malformed' } }
  const typ = Object.values(typOf).find((one) => one === seen.typ)
  if (typ === undefined) return { check: { good: false, why: 'other-kind' } }
  const verified = await of.seal.verify(token, { typ, now })
  if (verified.ok) return { check: { good: true }, claims: verified.claims }
  // The seal looks at times after the signature: what is out of its time is ours all the same.
  if (verified.why === 'expired') {
    const early = Number(seen.claims['nbf'] ?? 0) * 1000 > now
    return { check: { good: false, why: early ? 'early' : 'expired' }, claims: seen.claims }
  }
  const issuer = seen.claims['iss']
  if (verified.why === 'unknown-key' && typeof issuer === 'string' && issuer !== issuerOf(of.baseUrl)) {
    return { check: { good: false, why: 'other-register', issuer: issuer.slice(0, longestIssuer) } }
  }
  return { check: { good: false, why: verified.why } }
}

async function lookUp(
  pool: Pool,
  number: string | undefined,
): Promise<{ registry: Registry | undefined; entry: Entry | undefined }> {
  return withoutScope(pool, async (tx) => ({
    registry: await registryOf(tx),
    entry: number === undefined ? undefined : await findEntry(tx, number),
  }))
}

export type CheckParts = { readonly pool: Pool; readonly seal: Seal; readonly baseUrl: string }

/** Checks a signed badge: signature, standing, and whether the register says the same at `now`. */
export async function checkToken(parts: CheckParts, token: string, now: Instant): Promise<Checked> {
  const { check, claims } = await checkSignature(parts, token, now)
  const said = claims && readBadge(claims)
  if (!claims || !said) {
    const { registry } = await lookUp(parts.pool, undefined)
    const signature: SignatureCheck = claims ? { good: false, why: 'other-kind' } : check
    return { asked: 'badge', at: now, registry, signature }
  }
  const read = readNumber(said.number)
  const { registry, entry } = await lookUp(parts.pool, read.ok ? read.number : undefined)
  // The host kept its keys and moved: what it signed under its old name says so.
  const moved = said.issuer !== issuerOf(parts.baseUrl)
  const signature: SignatureCheck = moved
    ? { good: false, why: 'other-register', issuer: said.issuer.slice(0, longestIssuer) }
    : check
  return {
    asked: 'badge',
    at: now,
    registry,
    signature,
    standing: standingOf(entry),
    said,
    ...(entry && { entry, same: compare(said, entry) }),
  }
}

/** Checks whatever was pasted or typed. */
export async function checkPasted(parts: CheckParts, text: string, now: Instant): Promise<Checked> {
  const { registry } = await lookUp(parts.pool, undefined)
  const pasted = readPasted(text, registry?.code)
  if (pasted.kind === 'token') return checkToken(parts, pasted.token, now)
  if (pasted.kind === 'nothing') return { asked: 'nothing', at: now, registry }
  const { entry } = await lookUp(parts.pool, pasted.number)
  return { asked: 'number', at: now, registry, standing: standingOf(entry), ...(entry && { entry }) }
}
