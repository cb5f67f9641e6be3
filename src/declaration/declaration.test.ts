import { describe, expect, test } from 'vitest'
import { type DeclarationEventKind, type DeclarationState, declarationFacts } from '../catalogue/index.ts'
import { type DeclarationEvent, foldDeclaration, nextState, wasInForce } from './declaration.ts'
import { daysBefore, monthBefore, roundsOf } from './goal.ts'
import { logoName, logoType } from './logo.ts'
import { practiceNumber, readNumber } from './number.ts'

const states: readonly DeclarationState[] = ['draft', 'ready', 'applied', 'declared', 'superseded', 'stopped']
/** The whole table of security-action.md 4.1 once more, written by hand: from, event, to. */
const allowed: readonly (readonly [DeclarationState, DeclarationEventKind, DeclarationState])[] = [
  ['draft', 'gates_passed', 'ready'],
  ['ready', 'gates_failed', 'draft'],
  ['ready', 'application_sent', 'applied'],
  ['ready', 'id_entered', 'declared'],
  ['applied', 'id_entered', 'declared'],
  ['draft', 'imported', 'declared'],
  ['ready', 'own_id_issued', 'declared'],
  ['declared', 'stepped_up', 'superseded'],
  ['declared', 'redeclared', 'superseded'],
  ['declared', 'details_changed', 'declared'],
  ['declared', 'listing_checked', 'declared'],
  ['declared', 'edition_confirmed', 'declared'],
  ['declared', 'stopped', 'stopped'],
  ['draft', 'abandoned', 'stopped'],
  ['ready', 'abandoned', 'stopped'],
  ['applied', 'abandoned', 'stopped'],
]
const events = declarationFacts().events.map((one) => one.id)

describe('a state follows from an event', () => {
  const every = states.flatMap((from) => events.map((kind) => [from, kind] as const))
  test.each(every)('%s, %s', (from, kind) => {
    const to = allowed.find(([a, b]) => a === from && b === kind)?.[2]
    if (to !== undefined) expect(nextState(from, kind)).toBe(to)
    else expect(() => nextState(from, kind)).toThrow(expect.objectContaining({ code: 'DECLARATION_STATE' }))
  })
})

const yamada = { id: 'd1', company: 'yamada', registry: 'ipa', level: 'SA2', began: 0 } as const
let no = 0
const happened = (kind: DeclarationEventKind, data: DeclarationEvent['data'] = {}): DeclarationEvent => ({
  id: `e${no++}`,
  kind,
  at: no,
  by: null,
  data,
})

describe('what a declaration tells from its events', () => {
  const declared = [
    happened('gates_passed'),
    happened('id_entered', { declaredOn: '2026-05-20', system: '2026', pledgeEdition: 'jou5' }),
  ]

  test('whether it was in force on 1 June follows from the day it was declared and the day it ended', () => {
    const lasting = foldDeclaration(yamada, declared)
    expect(wasInForce(lasting, '2026-05-19')).toBe(false)
    expect(wasInForce(lasting, '2026-05-20')).toBe(true)
    expect(wasInForce(lasting, '2026-06-01')).toBe(true)
    const ended = foldDeclaration(yamada, [
      ...declared,
      happened('stopped', { stoppedOn: '2026-06-01', reason: '廃業' }),
    ])
    expect(wasInForce(ended, '2026-05-31')).toBe(true)
    expect(wasInForce(ended, '2026-06-01')).toBe(false)
    expect(wasInForce(foldDeclaration(yamada, [happened('gates_passed')]), '2026-06-01')).toBe(false)
  })

  test('the edition on which it was declared stays when a newer one is confirmed', () => {
    const it = foldDeclaration(yamada, [
      ...declared,
      happened('edition_confirmed', { pledgeEdition: 'jou6' }),
      happened('listing_checked', { listed: 'found' }),
    ])
    expect(it.declared?.pledgeEdition).toBe('jou5')
    expect(it.confirmedEdition).toBe('jou6')
    expect(it.listed?.result).toBe('found')
  })
})

describe('a number as typed', () => {
  const reads = (typed: string, expected: object): void => expect(readNumber(typed, false)).toEqual(expected)
  test('is taken in full-width digits, with blanks and every kind of hyphen; the system follows from its first digit', () => {
    reads('50000000000', { ok: true, number: '50000000000', system: '2026' })
    reads('５００００００００００', { ok: true, number: '50000000000', system: '2026' })
    reads(' 4000-0000 000 ', { ok: true, number: '40000000000', system: 'legacy' })
    reads('4000‐0000ー000', { ok: true, number: '40000000000', system: 'legacy' })
  })
  test('that cannot be one is refused, and it is said why', () => {
    reads('', { ok: false, why: 'empty' })
    reads('5000000000', { ok: false, why: 'length' })
    reads('500000000000', { ok: false, why: 'length' })
    reads('60000000000', { ok: false, why: 'first' })
    reads('5000000000O', { ok: false, why: 'letters' })
  })
  test('in practice is one that can never be official', () => {
    expect(readNumber(practiceNumber, true)).toEqual({ ok: true, number: practiceNumber, system: '2026' })
    expect(readNumber('５000-0000-000', true)).toEqual({ ok: false, why: 'official' })
    expect(readNumber('MIHON', true)).toEqual({ ok: false, why: 'practice' })
  })
})

describe('a round of a subsidy runs backwards', () => {
  const dx = {
    id: 'dx',
    ja: '補助金',
    en: 'Subsidy',
    level: 'SA2',
    effect: 'required',
    deadlines: ['2027-03-31', '2026-08-25'],
  } as const

  test('a past deadline is said to be past; the day itself is still open', () => {
    const of = (today: string): boolean[] =>
      roundsOf({ ...dx, deadlines: [...dx.deadlines] }, today).map((one) => one.past)
    expect(of('2026-08-25')).toEqual([false, false])
    expect(of('2026-08-26')).toEqual([true, false])
    expect(of('2027-04-01')).toEqual([true, true])
  })
  test('a gBizID by post is asked for a month before, two stars are begun ten days before', () => {
    expect(roundsOf({ ...dx, deadlines: ['2027-03-31'] }, '2026-11-23')).toEqual([
      { deadline: '2027-03-31', past: false, postBy: '2027-02-28', beginBy: '2027-03-21' },
    ])
    expect(roundsOf({ ...dx, level: 'SA1', deadlines: ['2027-03-31'] }, '2026-11-23')[0]?.beginBy).toBe(
      undefined,
    )
    expect(monthBefore('2027-01-15')).toBe('2026-12-15')
    expect(daysBefore('2027-01-05', 10)).toBe('2026-12-26')
  })
})

describe('the file of a mark', () => {
  const bytes = (...of: number[]): Uint8Array => Uint8Array.from([...of, 0, 0, 0, 0])
  test('is what its first bytes say: PNG, JPEG or PDF; SVG and anything else is none', () => {
    expect(logoType(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png')
    expect(logoType(bytes(0xff, 0xd8, 0xff))).toBe('image/jpeg')
    expect(logoType(Buffer.from('%PDF-1.7'))).toBe('application/pdf')
    expect(logoType(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe(undefined)
    expect(logoType(Buffer.from('<!doctype html>'))).toBe(undefined)
    expect(logoType(new Uint8Array())).toBe(undefined)
  })
  test('keeps its name without folders', () => {
    expect(logoName('C:\\Users\\佐藤\\二つ星.png')).toBe('二つ星.png')
    expect(logoName('../../etc/passwd')).toBe('passwd')
    expect(logoName('')).toBe('mark')
  })
})
