import { record } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type By, owned } from './by.ts'

export const gbizidKinds = ['prime', 'member', 'entry', 'none'] as const
export type GbizidKind = (typeof gbizidKinds)[number]

/** What a company told of its gBizID account; never a password. */
export type Gbizid = {
  readonly kind: GbizidKind
  /** It is the account with which the chosen subsidy is applied for. */
  readonly sameAsGoal: boolean
  /** YYYY-MM-DD. */
  readonly expiresOn: string | null
}

export async function findGbizid(
  tx: Tx,
  company: string,
): Promise<(Gbizid & { readonly changedAt: Instant }) | undefined> {
  return tx.one(
    `select kind, same_as_goal as "sameAsGoal", expires_on as "expiresOn", changed_at as "changedAt"
     from gbizid where company_id = $1`,
    [company],
  )
}

/** Keeps what a company has. Fault: NOT_FOUND for anybody who is not of a company. */
export async function keepGbizid(tx: Tx, by: By, gbizid: Gbizid): Promise<void> {
  const company = owned(by)
  await tx.run(
    `insert into gbizid (company_id, kind, same_as_goal, expires_on, changed_at, changed_by)
     values ($1, $2, $3, $4, $5::timestamptz, $6)
     on conflict (company_id) do update set kind = excluded.kind, same_as_goal = excluded.same_as_goal,
       expires_on = excluded.expires_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [company, gbizid.kind, gbizid.sameAsGoal, gbizid.expiresOn, moment(by.now), by.actor.person],
  )
  await record(tx, by.actor, {
    organisation: company,
    act: 'gbizid.kept',
    subject: company,
    detail: { kind: gbizid.kind },
  })
}
