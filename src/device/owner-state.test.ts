import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, fromJst, minute, second } from '../base/time.ts'
import { ownerState, proofLimit, type WatchInput, type WatchedSensor } from './owner-state.ts'

const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })

const sensor = (over: Partial<WatchedSensor>): WatchedSensor => ({
  id: 'utm',
  name: '会社の入口（UTM）',
  class: 'utm',
  required: true,
  cadenceSeconds: 60,
  lastReceivedAt: now - 30 * second,
  ...over,
})
const quiet: WatchInput = { sensors: [sensor({})], urgent: 0, toSee: 0, canaries: [now - 20 * second] }

describe('the owner of 山田製作所 sees one state', () => {
  test('no trouble, with the oldest proof, when everything was heard', () => {
    expect(ownerState(quiet, now)).toEqual({ kind: 'calm', proof: now - 30 * second })
  })

  test('いますぐ before everything else, with what is not watched as a second line', () => {
    const state = ownerState(
      {
        ...quiet,
        urgent: 1,
        toSee: 2,
        sensors: [sensor({}), sensor({ id: 'nas', class: 'server', lastReceivedAt: now - day })],
      },
      now,
    )
    expect(state).toMatchObject({ kind: 'now', alsoUnwatched: [{ id: 'nas' }] })
  })

  test('見守れていません when a required sensor is silent, before things to see', () => {
    const state = ownerState(
      { ...quiet, toSee: 1, sensors: [sensor({ lastReceivedAt: now - 6 * minute })] },
      now,
    )
    expect(state).toMatchObject({ kind: 'not-watching', ourFault: false })
  })

  test('never green on a line that a wrong clock of ours put into the future', () => {
    const state = ownerState({ ...quiet, sensors: [sensor({ lastReceivedAt: now + day })] }, now)
    expect(state).toMatchObject({ kind: 'not-watching', unwatched: [{ id: 'utm' }] })
  })

  test('見守れていません as our own fault when a canary is late or never closed', () => {
    expect(ownerState({ ...quiet, canaries: [now - 4 * minute] }, now)).toMatchObject({
      kind: 'not-watching',
      ourFault: true,
    })
    for (const canaries of [[null], [], [now + day]])
      expect(ownerState({ ...quiet, canaries }, now)).toMatchObject({ kind: 'not-watching', ourFault: true })
  })

  test('準備中 without a sensor, and while a required sensor has no rhythm', () => {
    expect(ownerState({ ...quiet, sensors: [] }, now)).toEqual({ kind: 'preparing', preparing: [] })
    const learning = sensor({ id: 'new', cadenceSeconds: null })
    expect(ownerState({ ...quiet, sensors: [sensor({}), learning] }, now)).toMatchObject({
      kind: 'preparing',
    })
  })

  test('one silent PC of three does not take the headline, two do', () => {
    const pc = (id: string, silent: number) => sensor({ id, class: 'pc', lastReceivedAt: now - silent })
    const two = [sensor({}), pc('a', minute), pc('b', minute), pc('c', 2 * day)]
    expect(ownerState({ ...quiet, sensors: two }, now).kind).toBe('calm')
    const one = [sensor({}), pc('a', minute), pc('b', 2 * day), pc('c', 2 * day)]
    expect(ownerState({ ...quiet, sensors: one }, now).kind).toBe('not-watching')
  })

  test('is never told "no trouble" on a stale proof, whatever the ages of the signals', () => {
    const anySensor = fc.record({
      id: fc.constant('x'),
      name: fc.constant('x'),
      class: fc.constantFrom('utm', 'server', 'pc', 'laptop', 'mail' as const),
      required: fc.boolean(),
      cadenceSeconds: fc.option(fc.integer({ min: 1, max: 100_000 })),
      lastReceivedAt: fc.option(fc.nat(20 * day).map((ago) => now - ago)),
    })
    fc.assert(
      fc.property(
        fc.array(anySensor, { maxLength: 6 }),
        fc.array(fc.option(fc.nat(day).map((ago) => now - ago)), { maxLength: 3 }),
        fc.nat(2),
        fc.nat(2),
        (sensors, canaries, urgent, toSee) => {
          const state = ownerState({ sensors, canaries, urgent, toSee }, now)
          if (state.kind !== 'calm') return
          expect(urgent + toSee).toBe(0)
          expect(now - state.proof).toBeLessThanOrEqual(proofLimit)
          expect(canaries.every((sent) => sent !== null && now - sent <= proofLimit)).toBe(true)
          expect(sensors.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
