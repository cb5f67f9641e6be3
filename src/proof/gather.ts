import { day, type Instant, jstDate } from '../base/time.ts'
import { findCompany } from '../company/index.ts'
import { declarationInForce } from '../declaration/index.ts'
import { listSensors } from '../device/index.ts'
import { trainingCounts } from '../lesson/index.ts'
import { noticeCounts } from '../notice/index.ts'
import { currentPolicy } from '../policy/index.ts'
import { publicationOf } from '../publication/index.ts'
import { readRegistry } from '../registry/index.ts'
import { lastCheck } from '../self-check/index.ts'
import type { Pool, Tx } from '../store/index.ts'
import { fault } from '../base/fault.ts'
import { type Facts, mayHold, type ProofKind } from './facts.ts'

/** What of the company's own things shall be in a pack, as far as its kind may hold it. */
export type Wanted = {
  readonly kind: ProofKind
  readonly selfCheck: boolean
  readonly watch: boolean
  readonly training: boolean
}

/** The months over which notices are counted. */
const noticeSpan = 180 * day

/**
 * The facts of one company as they are now.
 * @param pool app role, for the public name of the register
 * Fault: NOT_FOUND for a company outside the scope.
 */
export async function gatherFacts(
  tx: Tx,
  of: { readonly company: string; readonly wanted: Wanted; readonly pool: Pool },
  now: Instant,
): Promise<Facts> {
  const { company, wanted } = of
  const found = await findCompany(tx, company)
  if (found === undefined) throw fault('NOT_FOUND')
  const check = await lastCheck(tx, company)
  const holds = mayHold[wanted.kind]
  return {
    kind: wanted.kind,
    at: now,
    company: {
      name: found.name,
      corporateNumber: found.corporateNumber,
      soleProprietor: found.soleProprietor,
      prefecture: found.prefecture,
    },
    declaration: await declarationFact(tx, of),
    selfCheckOn: check ? jstDate(check.finishedAt) : null,
    policy: await policyFact(tx, company),
    ...(wanted.selfCheck &&
      holds.includes('selfCheck') &&
      check && {
        selfCheck: {
          total: check.total,
          band: check.band,
          parts: { ...check.parts },
          unknown: check.unknown,
          notApplicable: check.notApplicable,
          edition: check.edition,
        },
      }),
    ...(wanted.watch && holds.includes('watch') && { watch: await watchFact(tx, company, now) }),
    ...(wanted.training && holds.includes('training') && { training: await trainingFact(tx, company, now) }),
  }
}

async function declarationFact(
  tx: Tx,
  of: { readonly company: string; readonly pool: Pool },
): Promise<Facts['declaration']> {
  const it = await declarationInForce(tx, of.company)
  if (it === undefined) return null
  const own = it.registry === 'own' ? await readRegistry(of.pool) : undefined
  return {
    registry: it.registry,
    registryName: it.registry === 'own' ? (own?.name ?? '') : 'IPA',
    level: it.level,
    number: it.officialId ?? it.ownNumber ?? '',
    system: it.system,
    declaredOn: it.declaredOn,
    edition: it.pledgeEdition ?? '',
  }
}

async function policyFact(tx: Tx, company: string): Promise<Facts['policy']> {
  const policy = await currentPolicy(tx, company)
  if (policy === undefined) return null
  const page = await publicationOf(tx, company)
  return {
    number: policy.number,
    approvedOn: jstDate(policy.approvedAt),
    sha256: policy.sha256,
    url: page?.url ?? null,
    checkedOn: page?.checkedAt === undefined ? null : jstDate(page.checkedAt),
    reachable: page?.status === 'ok',
  }
}

async function watchFact(tx: Tx, company: string, now: Instant): Promise<NonNullable<Facts['watch']>> {
  const sensors = await listSensors(tx, [company], now)
  const { handed, answered } = await noticeCounts(tx, company, now - noticeSpan)
  return {
    devices: sensors.length,
    watched: sensors.filter((one) => one.condition === 'heard').length,
    notices: handed,
    answered,
  }
}

async function trainingFact(tx: Tx, company: string, now: Instant): Promise<NonNullable<Facts['training']>> {
  const { people, done } = await trainingCounts(tx, company, now)
  return { people, done }
}
