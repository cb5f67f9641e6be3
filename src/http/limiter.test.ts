import { expect, test } from 'vitest'
import { minute } from '../base/time.ts'
import { makeLimiter } from './limiter.ts'

test('the third try of two in a minute is refused and told how long to wait; then it begins anew', () => {
  const limiter = makeLimiter({ max: 2, window: minute })
  limiter.take('佐藤', 0)
  limiter.take('佐藤', 1_000)
  expect(() => limiter.take('佐藤', 20_000)).toThrow(
    expect.objectContaining({ code: 'TOO_MANY', details: { retryAfter: 40 } }),
  )
  limiter.take('佐藤', minute)
})

test('one who tries too often does not lock out another', () => {
  const limiter = makeLimiter({ max: 1, window: minute })
  limiter.take('佐藤', 0)
  expect(() => limiter.take('佐藤', 0)).toThrow()
  limiter.take('鈴木', 0)
})

test('strangers cannot fill the memory, and a busy one is not forgotten by one other', () => {
  const limiter = makeLimiter({ max: 1, window: minute })
  for (let n = 0; n < 60_000; n++) limiter.take(`stranger ${n}`, 0)
  expect(() => limiter.take('stranger 59999', 0)).toThrow()
  limiter.take('stranger 0', 0)
})

test('all addresses of one IPv6 network count as one, those of others and IPv4 do not', () => {
  const limiter = makeLimiter({ max: 1, window: minute })
  limiter.take('2001:db8:0:1::1', 0)
  for (const same of ['2001:db8:0:1::2', '2001:0db8:0000:0001:ffff:1:2:3', '2001:DB8:0:1:0:0:0:9'])
    expect(() => limiter.take(same, 0), same).toThrow()
  for (const other of ['2001:db8:0:2::1', '2001:db8::1', '::1', '192.0.2.1', '192.0.2.2', 'a::b@example.jp'])
    expect(() => limiter.take(other, 0), other).not.toThrow()
})

test('a clock that went back locks nobody out', () => {
  const limiter = makeLimiter({ max: 1, window: minute })
  limiter.take('佐藤', 100 * minute)
  limiter.take('佐藤', 0)
})
