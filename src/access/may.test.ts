import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '../http/index.ts'
import { mayAct, mayAnswer, mayEnd, mayInvite, mayManage, mayWork, must, sees } from './may.ts'

const minato = 'minato'
const yamada = 'yamada'
const hokuto = 'hokuto'

const at = (organisation: string, kind: Actor['kind'], role: Role): Actor => ({
  person: `${organisation}-${role}`,
  organisation,
  organisationName: organisation,
  kind,
  role,
  name: role,
  language: 'ja',
  scope: kind === 'provider' ? [minato, yamada] : [organisation],
  code: undefined,
})
const admin = at(minato, 'provider', 'admin')
const analyst = at(minato, 'provider', 'analyst')
const owner = at(yamada, 'company', 'owner')
const member = at(yamada, 'company', 'member')

test('only people of a company answer, only its owner acts', () => {
  expect([owner, member, analyst, admin].map(mayAnswer)).toEqual([true, true, false, false])
  expect([owner, member, analyst, admin].map(mayAct)).toEqual([true, false, false, false])
})

test('only people of the provider work the queue, only its administrator manages', () => {
  expect([owner, member, analyst, admin].map(mayWork)).toEqual([false, false, true, true])
  expect([owner, member, analyst, admin].map(mayManage)).toEqual([false, false, false, true])
})

describe('inviting', () => {
  test('the administrator invites into the own house and the companies under contract', () => {
    expect(mayInvite(admin, minato, 'analyst')).toBe(true)
    expect(mayInvite(admin, yamada, 'owner')).toBe(true)
    expect(mayInvite(admin, hokuto, 'owner')).toBe(false)
  })

  test('an owner invites into the own company; a member and an analyst invite nobody', () => {
    expect(mayInvite(owner, yamada, 'member')).toBe(true)
    expect(mayInvite(owner, hokuto, 'member')).toBe(false)
    expect(mayInvite(member, yamada, 'member')).toBe(false)
    expect(mayInvite(analyst, yamada, 'member')).toBe(false)
  })

  test('nobody becomes an analyst through a company, or an owner through a provider', () => {
    expect(mayInvite(owner, yamada, 'admin')).toBe(false)
    expect(mayInvite(admin, yamada, 'analyst')).toBe(false)
    expect(mayInvite(admin, minato, 'owner')).toBe(false)
  })
})

test('who may invite may end, but never the own access', () => {
  expect(mayEnd(owner, { id: member.person, organisation: yamada, role: 'member' })).toBe(true)
  expect(mayEnd(owner, { id: owner.person, organisation: yamada, role: 'owner' })).toBe(false)
  expect(mayEnd(owner, { id: 'x', organisation: hokuto, role: 'owner' })).toBe(false)
})

test('what is not yours looks as if it were not there', () => {
  expect(sees(owner, hokuto)).toBe(false)
  expect(() => must(false)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(() => must(true)).not.toThrow()
})
