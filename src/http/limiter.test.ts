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
