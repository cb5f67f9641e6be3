import { createHash, timingSafeEqual } from 'node:crypto'
import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { day, type Instant } from '../base/time.ts'
import type { Seal } from '../seal/index.ts'
import { moment, newId, newSecret, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import { type Facts, type ProofKind, readFacts, writeFacts } from './facts.ts'
import { gatherFacts, type Wanted } from './gather.ts'

/** The media type in the header of a pack's signature. */
const typ = 'mimamori-proof+jwt'
/** Longest and shortest life of a link, in days. */
export const lifeDays = { least: 1, most: 365 } as const

/** A pack as its company sees it. */
export type Proof = {
  readonly id: string
  readonly kind: ProofKind
  readonly recipient: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
  readonly opened: number
  readonly lastOpenedAt: Instant | null
}

export type NewProof = {
  readonly wanted: Wanted
  /** Who it is for, as the company calls them. */
  readonly recipient: string
  readonly days: number
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

const columns = `p.id, p.kind, p.recipient, p.created_at as "createdAt", p.expires_at as "expiresAt", p.revoked_at as "revokedAt",
  (select count(*)::int from proof_opening o where o.company_id = p.company_id and o.proof_id = p.id) as opened,
  (select max(o.at) from proof_opening o where o.company_id = p.company_id and o.proof_id = p.id) as "lastOpenedAt"`

/**
 * Freezes the facts of the actor's company, signs them, and makes the link.
 * Only the owner decides what leaves the company.
 * @returns the pack's id and the secret of its link, which is kept nowhere
 * Faults: NOT_FOUND for anybody but the owner, BAD_INPUT with the field.
 */
export async function makeProof(
  of: { readonly pool: Pool; readonly seal: Seal; readonly issuer: string },
  actor: Actor,
  it: NewProof & { readonly now: Instant },
): Promise<{ id: string; secret: string }> {
  must(actor.kind === 'company' && actor.role === 'owner')
  if (it.days < lifeDays.least || it.days > lifeDays.most) throw fault('BAD_INPUT', { field: 'days' })
  const company = actor.organisation
  const [id, secret, expiresAt] = [newId(), newSecret(), it.now + it.days * day]
  const scope = { organisations: [company], person: actor.person }
  const facts = await within(of.pool, scope, (tx) =>
    gatherFacts(tx, { company, wanted: it.wanted, pool: of.pool }, it.now),
  )
  const snapshot = writeFacts(facts)
  const digest = hashOf(snapshot)
  const token = await of.seal.sign(
    {
      iss: of.issuer,
      jti: id,
      sub: facts.company.name,
      kind: facts.kind,
      facts_sha256: digest.toString('hex'),
    },
    { typ, now: it.now, expiresAt },
  )
  await within(of.pool, scope, async (tx) => {
    await tx.run(
      `insert into proof (id, company_id, kind, recipient, snapshot, sha256, token, hash, created_at, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz, $10, $11::timestamptz)`,
      [
        id,
        company,
        facts.kind,
        it.recipient,
        snapshot,
        digest,
        token,
        hashOf(secret),
        moment(it.now),
        actor.person,
        moment(expiresAt),
      ],
    )
    await record(tx, actor, { organisation: company, act: 'proof.created', subject: id })
  })
  return { id, secret }
}

/** The packs of a company, the newest first. */
export async function listProofs(tx: Tx, company: string): Promise<Proof[]> {
  return tx.rows(
    `select ${columns} from proof p where p.company_id = $1 order by p.created_at desc limit 200`,
    [company],
  )
}

/** One pack of a company with its facts. */
export async function proofOf(
  tx: Tx,
  of: { readonly company: string; readonly proof: string },
): Promise<(Proof & { readonly facts: Facts; readonly token: string }) | undefined> {
  const row = await tx.one<Proof & { snapshot: string; token: string }>(
    `select ${columns}, p.snapshot, p.token from proof p where p.company_id = $1 and p.id = $2`,
    [of.company, of.proof],
  )
  if (row === undefined) return undefined
  const { snapshot, ...rest } = row
  return { ...rest, facts: readFacts(snapshot) }
}

/** Ends the link of a pack at once. Faults: NOT_FOUND. */
export async function revokeProof(
  pool: Pool,
  actor: Actor,
  of: { readonly proof: string; readonly now: Instant },
): Promise<void> {
  must(actor.kind === 'company' && actor.role === 'owner')
  const company = actor.organisation
  await within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const changed = await tx.run(
      'update proof set revoked_at = $3::timestamptz where company_id = $1 and id = $2 and revoked_at is null',
      [company, of.proof, moment(of.now)],
    )
    if (changed === 0) throw fault('NOT_FOUND')
    await record(tx, actor, { organisation: company, act: 'proof.revoked', subject: of.proof })
  })
}

/** What a link shows. An ended one shows when it ended, and nothing of the company. */
export type Shown =
  | { readonly state: 'ended'; readonly at: Instant; readonly why: 'expired' | 'revoked' }
  | {
      readonly state: 'open'
      readonly facts: Facts
      readonly token: string
      readonly expiresAt: Instant
      /** The signature is ours and stands for exactly these facts. */
      readonly signed: boolean
      /** The same declaration holds today. */
      readonly current: boolean
    }

/** Opens a link and keeps that it was opened. Undefined when there is none. */
export async function openProof(
  of: { readonly pool: Pool; readonly seal: Seal },
  secret: string,
  now: Instant,
): Promise<Shown | undefined> {
  if (!/^[A-Za-z0-9_-]{20,64}$/.test(secret)) return undefined
  const found = await withoutScope(of.pool, (tx) =>
    tx.one<{ company: string; proof: string }>(
      'select company_id as company, proof_id as proof from proof_by_link($1)',
      [hashOf(secret)],
    ),
  )
  if (found === undefined) return undefined
  const scope = { organisations: [found.company] }
  const read = await within(of.pool, scope, async (tx) => {
    const row = await tx.one<Kept>(
      `select snapshot, sha256, token, expires_at as "expiresAt", revoked_at as "revokedAt" from proof
       where company_id = $1 and id = $2`,
      [found.company, found.proof],
    )
    return row && { row, today: await declaredNow(tx, { company: found.company, pool: of.pool }, now) }
  })
  if (read === undefined) return undefined
  const { row, today } = read
  if (row.revokedAt !== null) return { state: 'ended', at: row.revokedAt, why: 'revoked' }
  if (row.expiresAt <= now) return { state: 'ended', at: row.expiresAt, why: 'expired' }
  await within(of.pool, scope, (tx) =>
    tx.run('insert into proof_opening (id, company_id, proof_id, at) values ($1, $2, $3, $4::timestamptz)', [
      newId(),
      found.company,
      found.proof,
      moment(now),
    ]),
  )
  const facts = readFacts(row.snapshot)
  return {
    state: 'open',
    facts,
    token: row.token,
    expiresAt: row.expiresAt,
    signed: await isSigned(of.seal, row, now),
    current: JSON.stringify(today) === JSON.stringify(facts.declaration),
  }
}

type Kept = {
  snapshot: string
  sha256: Buffer
  token: string
  expiresAt: Instant
  revokedAt: Instant | null
}

async function declaredNow(
  tx: Tx,
  of: { readonly company: string; readonly pool: Pool },
  now: Instant,
): Promise<Facts['declaration']> {
  const wanted = { kind: 'buyer', selfCheck: false, watch: false, training: false } as const
  return (await gatherFacts(tx, { ...of, wanted }, now)).declaration
}

async function isSigned(seal: Seal, row: Kept, now: Instant): Promise<boolean> {
  const digest = hashOf(row.snapshot)
  const verified = await seal.verify(row.token, { typ, now })
  return (
    verified.ok &&
    verified.claims['facts_sha256'] === digest.toString('hex') &&
    timingSafeEqual(digest, row.sha256)
  )
}
