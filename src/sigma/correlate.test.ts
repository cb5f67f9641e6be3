import { describe, expect, test } from 'vitest'
import { bench, correlates, detects, type Happening, opened } from './correlate-kit.ts'

const guessing = correlates('guessing', {
  type: 'event_count',
  rules: ['failed'],
  'group-by': ['ip'],
  timespan: '10m',
  condition: { gte: 10 },
})
const brute = [detects('failed'), guessing]
const failures = (times: number, more: Partial<Happening> = {}): readonly Happening[] =>
  Array.from({ length: times }, (_, i) => ({ kind: 'failed', ip: '203.0.113.9', at: i * 10, ...more }))

describe('event_count', () => {
  test('fires at the hit that completes the window', () => {
    const { happens } = bench(brute)
    expect(happens(...failures(9))).toEqual([])
    const [hit, ...others] = happens({ kind: 'failed', ip: '203.0.113.9', at: 90, ref: 'last' })
    expect(others).toEqual([])
    expect(hit).toMatchObject({
      company: '山田製作所',
      group: { ip: '203.0.113.9' },
      count: 10,
      firstAt: 0,
      lastAt: 90_000,
      opened: true,
    })
    expect(hit?.refs).toHaveLength(10)
    expect(hit?.refs.at(-1)).toBe('last')
    expect(hit?.key.startsWith('山田製作所:guessing:')).toBe(true)
  })

  test('a hit exactly a timespan ago is outside of the window', () => {
    const first = { kind: 'failed', ip: '203.0.113.9', at: 0 }
    const later = (from: number): readonly Happening[] =>
      failures(9).map((one) => ({ ...one, at: from + one.at }))
    expect(opened(bench(brute).happens(first, ...later(520)))).toEqual([])
    expect(opened(bench(brute).happens(first, ...later(519)))).toEqual(['guessing@599'])
  })

  test('windows have no edges of the clock', () => {
    const pair = correlates('pair', {
      type: 'event_count',
      rules: ['failed'],
      timespan: '1m',
      condition: { gt: 1 },
    })
    const { happens } = bench([detects('failed'), pair])
    expect(opened(happens({ kind: 'failed', at: 3_570 }, { kind: 'failed', at: 3_610 }))).toEqual([
      'pair@3610',
    ])
  })

  test('two companies are two groups', () => {
    const { happens } = bench(brute)
    const hits = happens(...failures(9), ...failures(9, { company: '鈴木歯科' }))
    expect(hits).toEqual([])
    expect(happens({ kind: 'failed', ip: '203.0.113.9', at: 91, company: '鈴木歯科' })[0]?.company).toBe(
      '鈴木歯科',
    )
  })

  test('later hits update until the group was quiet for a timespan, then a new one may open', () => {
    const { happens } = bench(brute)
    const [first] = happens(...failures(10))
    const [update] = happens({ kind: 'failed', ip: '203.0.113.9', at: 600 })
    expect(update).toMatchObject({ opened: false, count: 11, key: first?.key, lastAt: 600_000 })
    expect(happens({ kind: 'failed', ip: '203.0.113.9', at: 1_200 })).toEqual([])
    const again = happens(...failures(10).map((one) => ({ ...one, at: one.at + 1_210 })))
    const openings = again.filter((one) => one.opened)
    expect(openings).toHaveLength(1)
    expect(openings[0]?.key).not.toBe(first?.key)
  })

  test('groups fold like texts, the first spelling is shown', () => {
    const { happens } = bench(brute)
    const users = failures(10).map((one, i) => ({ ...one, ip: i % 2 === 0 ? 'Satou' : 'SATOU' }))
    expect(happens(...users)[0]?.group).toEqual({ ip: 'Satou' })
  })

  test('a hit without the field enters no group and is counted', () => {
    const { happens, correlator } = bench(brute)
    expect(happens(...failures(20, { ip: null }))).toEqual([])
    expect(correlator.counts()).toMatchObject({ groupMissing: 20, groups: 0 })
  })

  test('one event that hits two of the rules counts once, two alike are two', () => {
    const both = { ...(detects('also') as object), detection: { sel: { kind: 'failed' }, condition: 'sel' } }
    const two = correlates('two', {
      type: 'event_count',
      rules: ['failed', 'also'],
      timespan: '1m',
      condition: { gte: 2 },
    })
    const { happens } = bench([detects('failed'), both, two])
    expect(happens({ kind: 'failed', at: 1, ref: 'a' })).toEqual([])
    expect(opened(happens({ kind: 'failed', at: 1, ref: 'b' }))).toEqual(['two@1'])
  })
})

describe('value_count', () => {
  const scan = correlates('scan', {
    type: 'value_count',
    rules: ['denied'],
    'group-by': 'src',
    timespan: '1m',
    condition: { field: 'port', gte: 3 },
  })

  test('the same value a thousand times is one', () => {
    const { happens } = bench([detects('denied'), scan])
    for (let i = 0; i < 1_000; i++)
      expect(happens({ kind: 'denied', src: 'a', port: 22, at: i / 50 })).toEqual([])
  })

  test('fires at the third value and counts on; repeats keep a value alive', () => {
    const { happens } = bench([detects('denied'), scan])
    const denied = (port: number, at: number): Happening => ({ kind: 'denied', src: 'a', port, at })
    expect(happens(denied(22, 0), denied(23, 30), denied(22, 59))).toEqual([])
    expect(happens(denied(80, 89))[0]).toMatchObject({ opened: true, count: 3 })
    expect(happens(denied(80, 95), denied(443, 96)).map((one) => one.count)).toEqual([3, 4])
  })

  test('a value that left the window does not count, a missing one neither', () => {
    const { happens, correlator } = bench([detects('denied'), scan])
    const hits = happens(
      { kind: 'denied', src: 'a', port: 1, at: 0 },
      { kind: 'denied', src: 'a', port: 2, at: 59 },
      { kind: 'denied', src: 'a', at: 59 },
      { kind: 'denied', src: 'a', port: 3, at: 60 },
    )
    expect(hits).toEqual([])
    expect(correlator.counts().groupMissing).toBe(1)
  })

  test('a late hit that joins two detections gives one with the values of both', () => {
    const { happens } = bench([detects('denied'), scan])
    const denied = (port: number, at: number): Happening => ({ kind: 'denied', src: 'a', port, at })
    const [first] = happens(denied(1, 0), denied(2, 1), denied(3, 2))
    expect(opened(happens(denied(4, 100), denied(5, 101), denied(6, 102)))).toEqual(['scan@102'])
    expect(happens(denied(7, 51))).toMatchObject([
      { key: first?.key, opened: false, count: 7, firstAt: 0, lastAt: 102_000 },
    ])
  })

  test('a list of fields counts distinct tuples', () => {
    const pairs = correlates('pairs', {
      type: 'value_count',
      rules: ['denied'],
      timespan: '1m',
      condition: { field: ['dst', 'port'], gt: 1 },
    })
    const { happens } = bench([detects('denied'), pairs])
    expect(
      happens({ kind: 'denied', dst: 'A', port: 1, at: 0 }, { kind: 'denied', dst: 'a', port: 1, at: 1 }),
    ).toEqual([])
    expect(happens({ kind: 'denied', dst: 'a', port: 2, at: 2 })).toHaveLength(1)
  })
})

describe('aliases', () => {
  const alias = (fields: unknown): unknown =>
    correlates('joined', {
      type: 'event_count',
      rules: ['inbound', 'outbound'],
      'group-by': ['internal_ip'],
      timespan: '1h',
      condition: { gte: 2 },
      aliases: { internal_ip: fields },
    })

  test('a field may have another name in each rule', () => {
    const documents = [detects('inbound'), detects('outbound'), alias({ inbound: 'dst', outbound: 'src' })]
    const { happens } = bench(documents)
    const hits = happens(
      { kind: 'inbound', dst: '10.0.0.5', src: 'x', at: 0 },
      { kind: 'outbound', src: '10.0.0.5', dst: 'x', at: 9 },
    )
    expect(hits[0]?.group).toEqual({ internal_ip: '10.0.0.5' })
  })

  test('an alias that names no field for a rule, or a strange rule, is refused', () => {
    const rules = [detects('inbound'), detects('outbound')]
    expect(() => bench([...rules, alias({ inbound: 'dst' })])).toThrow('outbound')
    expect(() => bench([...rules, alias({ inbound: 'dst', outbound: 'src', x: 'y' })])).toThrow('`x`')
  })
})

describe('chains', () => {
  const intrusion = (more: object = {}): readonly unknown[] => [
    ...brute,
    detects('success'),
    correlates('intrusion', {
      type: 'temporal_ordered',
      rules: ['guessing', 'success'],
      'group-by': ['ip'],
      timespan: '10m',
      ...more,
    }),
  ]
  const success = (at: number): Happening => ({ kind: 'success', ip: '203.0.113.9', at, ref: 'success' })

  test('many failures, then success: fires at the success, with the failures behind it', () => {
    const { happens } = bench(intrusion())
    expect(happens(...failures(30))).toEqual([])
    const [hit, ...others] = happens(success(400))
    expect(others).toEqual([])
    expect(hit).toMatchObject({
      opened: true,
      count: 31,
      firstAt: 0,
      lastAt: 400_000,
      group: { ip: '203.0.113.9' },
    })
    expect(hit?.rule.title).toBe('intrusion')
    expect(hit?.refs).toHaveLength(31)
    expect(hit?.refs).toContain('success')
  })

  test('success first, too few failures, another address, or too late: nothing', () => {
    expect(
      bench(intrusion()).happens(success(0), ...failures(30, {}).map((one) => ({ ...one, at: one.at + 1 }))),
    ).toEqual([])
    expect(bench(intrusion()).happens(...failures(9), success(100))).toEqual([])
    expect(bench(intrusion()).happens(...failures(30), { ...success(300), ip: '192.0.2.1' })).toEqual([])
    expect(bench(intrusion()).happens(...failures(30), success(290 + 600))).toEqual([])
  })

  test('guessing that goes on for hours still leads to the success', () => {
    const slow = Array.from({ length: 600 }, (_, i) => ({ kind: 'failed', ip: '203.0.113.9', at: i * 30 }))
    const [hit] = bench(intrusion()).happens(...slow, success(600 * 30))
    expect(hit).toMatchObject({ opened: true, count: 601, firstAt: 0 })
    expect(hit?.refs.length).toBeLessThanOrEqual(100)
  })

  test('what is only used by others is silent; generate lets it speak', () => {
    const kinds = (documents: readonly unknown[]): readonly string[] =>
      opened(bench(documents).happens(...failures(10), success(100)))
    expect(kinds(intrusion())).toEqual(['intrusion@100'])
    expect(kinds(intrusion({ generate: true }))).toEqual(['guessing@90', 'intrusion@100'])
  })

  test('an event that matches two steps does not complete both', () => {
    const also = { ...(detects('also') as object), detection: { sel: { kind: 'failed' }, condition: 'sel' } }
    const order = correlates('order', { type: 'temporal_ordered', rules: ['failed', 'also'], timespan: '1m' })
    const { happens } = bench([detects('failed'), also, order])
    expect(happens({ kind: 'failed', at: 5 })).toEqual([])
    expect(opened(happens({ kind: 'failed', at: 5 }))).toEqual(['order@5'])
  })

  test('three levels: two persons of a site, each guessed at from two addresses', () => {
    const twice = (name: string, below: string, by: readonly string[]): unknown =>
      correlates(name, {
        type: 'event_count',
        rules: [below],
        timespan: '1d',
        condition: { gte: 2 },
        'group-by': by,
      })
    const { happens } = bench([
      detects('failed'),
      twice('site', 'person', ['site']),
      twice('person', 'address', ['user', 'site']),
      twice('address', 'failed', ['ip', 'user', 'site']),
    ])
    const burst = (user: string, ip: string, at: number): readonly Happening[] =>
      [0, 1, 2].map((i) => ({ kind: 'failed', ip, user, site: '本社', at: at + i }))
    expect(happens(...burst('佐藤', 'a', 0), ...burst('佐藤', 'b', 100), ...burst('山田', 'a', 200))).toEqual(
      [],
    )
    const [hit, ...others] = happens(...burst('山田', 'b', 300))
    expect(others).toEqual([])
    expect(hit).toMatchObject({
      group: { site: '本社' },
      count: 2,
      firstAt: 0,
      lastAt: 301_000,
      opened: true,
    })
    expect(hit?.refs).toHaveLength(8)
  })
})
