import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Company, type CompanyDetail, findCompany, findDetail } from '../company/index.ts'
import { type Pledge, pledgeOf } from '../pledge/index.ts'
import { type CurrentPolicy, currentPolicy } from '../policy/index.ts'
import { type Publication, publicationOf } from '../publication/index.ts'
import { type CheckSummary, lastCheck, openCheck } from '../self-check/index.ts'
import type { Tx } from '../store/index.ts'
import type { Declaration, Told } from './declaration.ts'
import { currentCheckEdition } from './edition.ts'
import type { GateFacts } from './gate.ts'
import { type Gbizid, findGbizid } from './gbizid.ts'
import { chosenGoals } from './goal.ts'
import { type Ack, readAcks, readDeclarations } from './store.ts'

type Detail = CompanyDetail & { readonly changedAt: Instant }

/** Everything about one company that its declaration depends on, read once for a page or a day's look. */
export type Standing = {
  readonly company: Company
  readonly detail: Detail | undefined
  readonly pledge: Pledge | undefined
  readonly check: CheckSummary | undefined
  readonly openCheck: { readonly answered: number; readonly of: number } | undefined
  readonly policy: CurrentPolicy | undefined
  readonly publication: Publication | undefined
  readonly gbizid: (Gbizid & { readonly changedAt: Instant }) | undefined
  readonly goals: GateFacts['goals']
  readonly acks: readonly Ack[]
  readonly declarations: readonly Declaration[]
}

/** Reads how a company stands, through the doors of the other slices. Fault: NOT_FOUND outside the scope. */
export async function readStanding(tx: Tx, id: string): Promise<Standing> {
  const company = await findCompany(tx, id)
  if (!company) throw fault('NOT_FOUND')
  return {
    company,
    detail: await findDetail(tx, id),
    pledge: await pledgeOf(tx, id),
    check: await lastCheck(tx, id),
    openCheck: await openCheck(tx, id),
    policy: await currentPolicy(tx, id),
    publication: await publicationOf(tx, id),
    gbizid: await findGbizid(tx, id),
    goals: await chosenGoals(tx, id),
    acks: await readAcks(tx, id),
    declarations: await readDeclarations(tx, [id]),
  }
}

/** What the gates are judged by. */
export function gateFacts(it: Standing): GateFacts {
  return {
    company: { ...it.company, address: it.detail?.address ?? null },
    pledge: it.pledge && { complete: it.pledge.complete, named: it.pledge.by !== undefined },
    wordingShown: it.acks.some((ack) => ack.kind === 'wording'),
    check: it.check,
    openCheck: it.openCheck,
    checkEdition: currentCheckEdition(),
    policy: it.policy && { missing: it.policy.missing, hosted: it.policy.hostedPath !== undefined },
    publication: it.publication,
    gbizid: it.gbizid,
    goals: it.goals,
    evidenceShown: it.acks.flatMap((ack) =>
      ack.kind === 'evidence' && ack.subject !== null ? [ack.subject] : [],
    ),
  }
}

/** What a registry is told, in the form in which a change of it is noticed. */
export function toldOf({ company, detail }: Pick<Standing, 'company' | 'detail'>): Told {
  const join = (...parts: (string | null | undefined)[]): string =>
    parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ')
  return {
    name: company.name,
    address: join(detail?.postalCode, company.prefecture, detail?.address),
    representative: join(detail?.representativeTitle, detail?.representativeName),
  }
}
