import { day, type Instant } from '../base/time.ts'
import { declarationFacts, type GateId, type GoalFact } from '../catalogue/index.ts'
import { isCorporateNumber } from '../company/index.ts'
import type { Level } from './declaration.ts'

/** Our own yearly rhythm; the scheme knows no such limit (security-action.md 2.1). */
export const checkFreshFor = 365 * day

/** Why a gate does not pass, for words; `values` are keys that the words name. */
export type Why = {
  readonly why:
    | 'name'
    | 'prefecture'
    | 'address'
    | 'number'
    | 'wrong_number'
    | 'no_pledge'
    | 'pledge_open'
    | 'not_shown'
    | 'no_check'
    | 'check_open'
    | 'old_edition'
    | 'check_old'
    | 'no_policy'
    | 'lacks'
    | 'unpublished'
    | 'unchecked'
    | 'down'
    | 'page_lacks'
    | 'needs_person'
    | 'no_gbizid'
    | 'entry'
    | 'unknown'
    | 'other_account'
    | 'differs'
  readonly values?: readonly string[]
}

/** One condition of a star. Blocking ones decide whether a firm is ready; the others are shown and may be left. */
export type Gate = {
  readonly id: GateId
  readonly blocking: boolean
  readonly passed: boolean
  /** Empty where it passes. */
  readonly whys: readonly Why[]
}

/** What the gates are judged by; read through the doors of the other slices. */
export type GateFacts = {
  readonly company: {
    readonly name: string
    readonly prefecture: string | null
    readonly address: string | null
    readonly corporateNumber: string | null
    readonly soleProprietor: boolean
  }
  readonly pledge: { readonly complete: boolean; readonly named: boolean } | undefined
  readonly wordingShown: boolean
  readonly check:
    | {
        readonly id: string
        readonly edition: string
        readonly finishedAt: Instant
        readonly contradicted: number
      }
    | undefined
  /** Answers of a sheet that is not finished yet. */
  readonly openCheck: { readonly answered: number; readonly of: number } | undefined
  /** The edition in which a self-check begins today. */
  readonly checkEdition: string
  readonly policy: { readonly missing: readonly string[]; readonly hosted: boolean } | undefined
  readonly publication:
    | {
        readonly hosted: boolean
        readonly status: 'unchecked' | 'ok' | 'down' | 'lacks' | 'needs_person'
        readonly lacking: readonly string[]
      }
    | undefined
  readonly gbizid:
    | { readonly kind: 'prime' | 'member' | 'entry' | 'none'; readonly sameAsGoal: boolean }
    | undefined
  readonly goals: readonly GoalFact[]
  /** The self-check whose differences from the record were shown. */
  readonly evidenceShown: readonly string[]
}

/** The gates of a star, in the order of the catalogue; what cannot apply (no subsidy chosen) is left out. */
export function judgeGates(facts: GateFacts, level: Level, now: Instant): readonly Gate[] {
  return declarationFacts()
    .gates.filter((gate) => gate.levels.includes(level) && applies(gate.id, facts))
    .map(({ id, blocking }) => {
      const whys = judge(id, facts, now)
      return { id, blocking, passed: whys.length === 0, whys }
    })
}

/** Whether nothing that blocks is left. */
export function readyFor(gates: readonly Gate[]): boolean {
  return gates.every((gate) => gate.passed || !gate.blocking)
}

function applies(id: GateId, facts: GateFacts): boolean {
  return id !== 'g.same_gbizid' || facts.goals.some((goal) => goal.same_gbizid === true)
}

function judge(id: GateId, facts: GateFacts, now: Instant): readonly Why[] {
  const { check, pledge, policy, gbizid } = facts
  switch (id) {
    case 'g.company_named':
      return named(facts.company)
    case 'g.pledge_all':
      if (!pledge) return [{ why: 'no_pledge' }]
      return only(!pledge.complete || !pledge.named, 'pledge_open')
    case 'g.wording_ack':
      return only(!facts.wordingShown, 'not_shown')
    case 'g.check_complete':
      return checked(facts)
    case 'g.check_fresh':
      if (!check) return [{ why: 'no_check' }]
      return only(now - check.finishedAt > checkFreshFor, 'check_old')
    case 'g.policy_approved':
      return only(!policy, 'no_policy')
    case 'g.policy_covers':
      if (!policy) return [{ why: 'no_policy' }]
      return policy.missing.length === 0 ? [] : [{ why: 'lacks', values: policy.missing }]
    case 'g.policy_public':
      return published(facts)
    case 'g.gbizid':
      if (!gbizid) return [{ why: 'unknown' }]
      return gbizid.kind === 'entry' ? [{ why: 'entry' }] : only(gbizid.kind === 'none', 'no_gbizid')
    case 'g.same_gbizid':
      return only(gbizid?.sameAsGoal !== true, 'other_account')
    case 'g.evidence_seen':
      return only(!!check && check.contradicted > 0 && !facts.evidenceShown.includes(check.id), 'differs')
  }
}

const only = (wrong: boolean, why: Why['why']): readonly Why[] => (wrong ? [{ why }] : [])

function named(company: GateFacts['company']): readonly Why[] {
  const number = company.corporateNumber
  const noNumber = number === null && !company.soleProprietor
  return [
    ...only(company.name.trim() === '', 'name'),
    ...only(blank(company.prefecture), 'prefecture'),
    ...only(blank(company.address), 'address'),
    ...only(noNumber, 'number'),
    ...only(number !== null && !company.soleProprietor && !isCorporateNumber(number), 'wrong_number'),
  ]
}

const blank = (text: string | null): boolean => text === null || text.trim() === ''

function checked({ check, openCheck, checkEdition }: GateFacts): readonly Why[] {
  if (check) return only(check.edition !== checkEdition, 'old_edition')
  if (!openCheck) return [{ why: 'no_check' }]
  return [{ why: 'check_open', values: [String(openCheck.answered), String(openCheck.of)] }]
}

/** A company without a site of its own publishes on its page here; that counts as published (ours, not IPA's). */
function published({ publication, policy }: GateFacts): readonly Why[] {
  if (publication === undefined || publication.hosted)
    return only(policy?.hosted !== true && publication?.status !== 'ok', 'unpublished')
  switch (publication.status) {
    case 'ok':
      return []
    case 'lacks':
      return [{ why: 'page_lacks', values: publication.lacking }]
    case 'unchecked':
    case 'down':
    case 'needs_person':
      return [{ why: publication.status }]
  }
}
