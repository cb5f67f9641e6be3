import { describe, expect, test } from 'vitest'
import { day } from '../base/time.ts'
import { declarationFacts, type GateId, goalFacts } from '../catalogue/index.ts'
import { type GateFacts, judgeGates, readyFor, type Why } from './gate.ts'

const now = Date.UTC(2026, 10, 23, 3)
/** 山田製作所 with everything in place. */
const yamada: GateFacts = {
  company: {
    name: '株式会社山田製作所',
    prefecture: '大阪府',
    address: '大阪市中央区北浜1-2-3',
    corporateNumber: '7000012050002',
    soleProprietor: false,
  },
  pledge: { complete: true, named: true },
  wordingShown: true,
  check: { id: 'c1', edition: '4.0', finishedAt: now - 5 * day, contradicted: 0 },
  openCheck: undefined,
  checkEdition: '4.0',
  policy: { missing: [], hosted: false },
  publication: { hosted: false, status: 'ok', lacking: [] },
  gbizid: { kind: 'prime', sameAsGoal: true },
  goals: [],
  evidenceShown: [],
}
const subsidy = goalFacts().filter((goal) => goal.same_gbizid === true)

const gateOf = (facts: Partial<GateFacts>, id: GateId, level: 'SA1' | 'SA2' = 'SA2') =>
  judgeGates({ ...yamada, ...facts }, level, now).find((gate) => gate.id === id)

describe('the gates', () => {
  test('a firm with everything in place is ready for both stars', () => {
    for (const level of ['SA1', 'SA2'] as const) {
      const gates = judgeGates(yamada, level, now)
      expect(gates.filter((gate) => !gate.passed)).toEqual([])
      expect(readyFor(gates)).toBe(true)
    }
  })

  test('all eleven are asked where a subsidy is aimed at; for one star only those of one star', () => {
    const facts = { ...yamada, goals: subsidy }
    expect(judgeGates(facts, 'SA2', now).map((gate) => gate.id)).toEqual(
      declarationFacts().gates.map((gate) => gate.id),
    )
    expect(judgeGates(facts, 'SA1', now).filter((gate) => gate.blocking)).toHaveLength(3)
    expect(judgeGates(yamada, 'SA2', now).map((gate) => gate.id)).not.toContain('g.same_gbizid')
  })

  const company = yamada.company
  const check = yamada.check
  const failing: readonly (readonly [string, GateId, Partial<GateFacts>, readonly Why[]])[] = [
    ['no address', 'g.company_named', { company: { ...company, address: ' ' } }, [{ why: 'address' }]],
    [
      'no prefecture',
      'g.company_named',
      { company: { ...company, prefecture: null } },
      [{ why: 'prefecture' }],
    ],
    ['no number', 'g.company_named', { company: { ...company, corporateNumber: null } }, [{ why: 'number' }]],
    [
      'a wrong check digit',
      'g.company_named',
      { company: { ...company, corporateNumber: '1000012050002' } },
      [{ why: 'wrong_number' }],
    ],
    ['no pledge', 'g.pledge_all', { pledge: undefined }, [{ why: 'no_pledge' }]],
    ['an item open', 'g.pledge_all', { pledge: { complete: false, named: true } }, [{ why: 'pledge_open' }]],
    ['nobody named', 'g.pledge_all', { pledge: { complete: true, named: false } }, [{ why: 'pledge_open' }]],
    ['not shown', 'g.wording_ack', { wordingShown: false }, [{ why: 'not_shown' }]],
    ['no check', 'g.check_complete', { check: undefined }, [{ why: 'no_check' }]],
    [
      'a check half done',
      'g.check_complete',
      { check: undefined, openCheck: { answered: 7, of: 25 } },
      [{ why: 'check_open', values: ['7', '25'] }],
    ],
    ['an older edition', 'g.check_complete', { checkEdition: '5.0' }, [{ why: 'old_edition' }]],
    [
      'a check of last year',
      'g.check_fresh',
      { check: check && { ...check, finishedAt: now - 365 * day - 1 } },
      [{ why: 'check_old' }],
    ],
    ['no policy', 'g.policy_approved', { policy: undefined }, [{ why: 'no_policy' }]],
    [
      'a subject missing',
      'g.policy_covers',
      { policy: { missing: ['law'], hosted: false } },
      [{ why: 'lacks', values: ['law'] }],
    ],
    ['not published', 'g.policy_public', { publication: undefined }, [{ why: 'unpublished' }]],
    [
      'the page lacks the date',
      'g.policy_public',
      { publication: { hosted: false, status: 'lacks', lacking: ['date'] } },
      [{ why: 'page_lacks', values: ['date'] }],
    ],
    [
      'a scan',
      'g.policy_public',
      { publication: { hosted: false, status: 'needs_person', lacking: [] } },
      [{ why: 'needs_person' }],
    ],
    ['nothing known', 'g.gbizid', { gbizid: undefined }, [{ why: 'unknown' }]],
    ['Entry', 'g.gbizid', { gbizid: { kind: 'entry', sameAsGoal: false } }, [{ why: 'entry' }]],
    ['none', 'g.gbizid', { gbizid: { kind: 'none', sameAsGoal: false } }, [{ why: 'no_gbizid' }]],
    [
      'another account',
      'g.same_gbizid',
      { goals: subsidy, gbizid: { kind: 'prime', sameAsGoal: false } },
      [{ why: 'other_account' }],
    ],
    [
      'differences not seen',
      'g.evidence_seen',
      { check: check && { ...check, contradicted: 2 } },
      [{ why: 'differs' }],
    ],
  ]
  test.each(failing)('%s: %s does not pass, and says why', (_, id, facts, whys) => {
    const gate = gateOf(facts, id)
    expect(gate?.passed).toBe(false)
    expect(gate?.whys).toEqual(whys)
    expect(readyFor(judgeGates({ ...yamada, ...facts }, 'SA2', now))).toBe(gate?.blocking === false)
  })

  test('a sole proprietor needs no corporate number', () => {
    const one = { ...company, corporateNumber: null, soleProprietor: true }
    expect(gateOf({ company: one }, 'g.company_named')?.passed).toBe(true)
  })

  test('a page at Mimamori counts as published, and no longer when it is taken away', () => {
    expect(
      gateOf({ publication: undefined, policy: { missing: [], hosted: true } }, 'g.policy_public')?.passed,
    ).toBe(true)
    const gone = {
      publication: { hosted: true, status: 'down', lacking: [] },
      policy: { missing: [], hosted: false },
    } as const
    expect(gateOf(gone, 'g.policy_public')?.passed).toBe(false)
  })

  test('a check of exactly a year ago is still fresh, and differences that were shown pass', () => {
    expect(
      gateOf({ check: check && { ...check, finishedAt: now - 365 * day } }, 'g.check_fresh')?.passed,
    ).toBe(true)
    const seen = { check: check && { ...check, contradicted: 2 }, evidenceShown: ['c1'] }
    expect(gateOf(seen, 'g.evidence_seen')?.passed).toBe(true)
  })

  test('evidence never blocks: what differs from the record leaves a firm ready', () => {
    expect(
      readyFor(judgeGates({ ...yamada, check: check && { ...check, contradicted: 9 } }, 'SA2', now)),
    ).toBe(true)
  })
})
