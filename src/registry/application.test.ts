import { describe, expect, test } from 'vitest'
import { day, fromJst } from '../base/time.ts'
import {
  type Asking,
  changesIdentity,
  draftOf,
  isDone,
  isFreshCheck,
  maskedMail,
  nextStep,
  readFilled,
  stepsOf,
  withAnswers,
} from './application.ts'
import { pledgeItems, yamada } from './test-register.ts'

const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })
const asking: Asking = {
  levels: ['SA1', 'SA2'],
  editions: new Map(Object.entries(pledgeItems)),
  agreement: 'agreed',
  now,
}
const whole = { ...yamada, agreed: 'agreed' }
const twoStars = {
  ...whole,
  level: 'SA2' as const,
  selfCheckOn: '2026-11-01',
  policyUrl: 'https://www.yamada-ss.example/policy',
}

describe('the pages that an application needs', () => {
  test('one star has no page for the self-check, two stars have', () => {
    expect(stepsOf('new', whole, asking)).not.toContain('self-check')
    expect(stepsOf('new', twoStars, asking)).toContain('self-check')
  })

  test('where the register uses one level, nobody is asked which', () => {
    expect(stepsOf('new', whole, { ...asking, levels: ['SA1'] })).not.toContain('level')
  })

  test('a change asks neither who somebody is nor for the promise again', () => {
    expect(stepsOf('details', whole, asking)).toEqual(['name', 'place', 'business', 'contact', 'consent'])
  })
})

describe('the first page that lacks something', () => {
  test('is the first of all for an empty form, and none for a whole one', () => {
    expect(nextStep('new', {}, asking)).toBe('kind')
    expect(nextStep('new', whole, asking)).toBeUndefined()
    expect(nextStep('new', twoStars, asking)).toBeUndefined()
  })

  test.each([
    ['name', { corporateNumber: '7999901000002' }],
    ['name', { name: '' }],
    ['place', { street: undefined }],
    ['business', { employees: undefined }],
    ['contact', { email: undefined }],
    ['level', { level: undefined }],
    ['pledge', { ticked: ['pl.updates'] }],
    ['pledge', { edition: 'jou7' }],
    ['pledge', { pledgedTitle: undefined }],
    ['consent', { agreed: 'to something else' }],
  ])('is %s without its answer', (step, change) => {
    expect(nextStep('new', { ...whole, ...change }, asking)).toBe(step)
  })

  test('the older edition has five items, and they are enough for it', () => {
    const five = { ...whole, edition: 'jou5', ticked: [...(pledgeItems['jou5'] ?? [])] }
    expect(isDone('pledge', five, asking)).toBe(true)
    expect(isDone('pledge', { ...five, edition: 'jou6' }, asking)).toBe(false)
  })

  test('two stars without the published page, or with an old self-check, are not ready', () => {
    expect(nextStep('new', { ...twoStars, policyUrl: undefined }, asking)).toBe('self-check')
    expect(nextStep('new', twoStars, { ...asking, now: now + 400 * day })).toBe('self-check')
  })
})

test('a self-check counts from 365 days ago to today, in Japan', () => {
  expect(isFreshCheck('2026-11-25', now)).toBe(true)
  expect(isFreshCheck('2025-11-25', now)).toBe(true)
  expect(isFreshCheck('2025-11-24', now)).toBe(false)
  expect(isFreshCheck('2026-11-26', now)).toBe(false)
  expect(isFreshCheck('', now)).toBe(false)
})

test('who turns out to be a sole proprietor loses number and street', () => {
  const sole = withAnswers(yamada, { kind: 'sole' })
  expect([sole.corporateNumber, sole.street]).toEqual([undefined, undefined])
  expect(withAnswers({ ...sole, townListed: true }, { kind: 'legal' }).townListed).toBeUndefined()
})

test('a step up keeps who it is, and asks for the promise and the consent again', () => {
  const next = draftOf('step-up', whole)
  expect(next.name).toBe(yamada.name)
  expect([next.level, next.ticked, next.agreed]).toEqual(['SA2', undefined, undefined])
  expect(draftOf('details', whole).ticked).toEqual(yamada.ticked)
})

test('another name or number makes another firm of it, another town does not', () => {
  expect(changesIdentity(yamada, { ...yamada, town: '堺市' })).toBe(false)
  expect(changesIdentity(yamada, { ...yamada, name: '株式会社山田' })).toBe(true)
  expect(changesIdentity(yamada, { ...yamada, corporateNumber: '6999901000002' })).toBe(true)
})

test('what was kept and no longer fits is dropped, not believed', () => {
  expect(readFilled({ kind: 'legal', ticked: 'pl.updates' })).toEqual({})
  expect(readFilled(null)).toEqual({})
})

test('an address is shown to whoever knows it, and to nobody else', () => {
  expect(maskedMail('sato@yamada-ss.example')).toBe('s…o@yamada-ss.example')
  expect(maskedMail('a@b.example')).toBe('a…@b.example')
})
