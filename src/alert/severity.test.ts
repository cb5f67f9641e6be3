import { describe, expect, test } from 'vitest'
import { joinFacts } from './facts.ts'
import { judge, severityWords } from './severity.ts'

const grounds = { held: undefined, deviceClass: 'pc', level: 'high' }

describe('how urgent it is', () => {
  test('a call to a criminal’s computer stays いますぐ, also when the gateway stopped it', () => {
    expect(judge({ ...grounds, detection: 'gw.c2.blocked', held: 'gateway-block' })).toMatchObject({
      severity: 'now',
    })
    expect(judge({ ...grounds, detection: 'net.beacon' })).toMatchObject({
      severity: 'now',
      noticeType: 'n03',
    })
  })
  test('a blocked file asks nothing of the owner, one let through does', () => {
    const file = { ...grounds, detection: 'gw.av.blocked' }
    expect(judge({ ...file, held: 'gateway-block' }).severity).toBe('info')
    expect(judge(file).severity).toBe('today')
  })
  test('a strange command on a server is one step more urgent', () => {
    const command = { ...grounds, detection: 'ep.script.suspicious' }
    expect(judge(command)).toMatchObject({ severity: 'today', reason: 'type=n21' })
    expect(judge({ ...command, deviceClass: 'server' })).toMatchObject({
      severity: 'now',
      reason: 'type=n21;class=server',
    })
  })
  test('a rule that only informs asks for nothing', () => {
    expect(judge({ ...grounds, detection: 'gw.c2.blocked', level: 'informational' }).severity).toBe('info')
  })
  test('a detection without a text goes by the level of its rule', () => {
    expect(judge({ ...grounds, detection: 'sigma.other', level: 'critical' })).toEqual({
      severity: 'now',
      reason: 'level=critical',
      noticeType: 'none',
    })
  })
})

test('the reason is told in both languages', () => {
  expect(severityWords('type=n03;held=gateway-block')).toEqual({
    ja: 'お知らせの型 n03 の決まり、入口の機械が止めた記録がある',
    en: 'default of notice type n03; the gateway logged that it stopped it',
  })
  expect(severityWords('type=n21;class=server').ja).toContain('止めた記録はない')
})

test('facts of one story: amounts add up, counts follow, names stay', () => {
  expect(
    joinFacts(
      { size: 5, count: 15, account: 'sato' },
      { size: 7, count: 20, account: 'suzuki', entry: 'vpn' },
    ),
  ).toEqual({
    size: 12,
    count: 20,
    account: 'sato',
    entry: 'vpn',
  })
})
