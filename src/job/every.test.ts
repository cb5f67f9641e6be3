import { expect, test, vi } from 'vitest'
import { every, sinceDone } from './every.ts'

const around = (log = vi.fn()) => ({
  name: 'test',
  log: { info: vi.fn(), warn: vi.fn(), error: log },
  clock: () => 42,
})

test('work is started by the clock, and at once when it is woken', async () => {
  vi.useFakeTimers()
  const work = vi.fn(async () => undefined)
  const repeated = every(1_000, work, around())
  repeated.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(work).toHaveBeenCalledTimes(3)
  expect(repeated.lastDone()).toBe(42)
  await repeated.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(work).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})

test('it never runs twice at a time; what woke it meanwhile runs once more afterwards', async () => {
  let finish: () => void = () => undefined
  let runs = 0
  const work = (): Promise<void> => {
    runs += 1
    return new Promise((done) => {
      finish = done
    })
  }
  const repeated = every(1_000_000, work, around())
  repeated.wake()
  repeated.wake()
  repeated.wake()
  expect(runs).toBe(1)
  finish()
  await Promise.resolve()
  await new Promise((done) => setImmediate(done))
  expect(runs).toBe(2)
  const stopped = repeated.stop()
  finish()
  await stopped
})

test('what it throws is logged, and it goes on', async () => {
  vi.useFakeTimers()
  const log = vi.fn()
  const work = vi.fn(async () => Promise.reject(new Error('the database is away')))
  const repeated = every(1_000, work, around(log))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(work).toHaveBeenCalledTimes(2)
  expect(log).toHaveBeenCalledTimes(2)
  expect(repeated.lastDone()).toBeUndefined()
  await repeated.stop()
  vi.useRealTimers()
})

test('work that never ended well grows old from the beginning, else from its last good end', () => {
  const at = { begunAt: 100, now: 1_100 }
  expect(sinceDone({ lastDone: () => undefined }, at)).toBe(1_000)
  expect(sinceDone({ lastDone: () => 900 }, at)).toBe(200)
  expect(sinceDone({ lastDone: () => 2_000 }, at)).toBe(0)
})
