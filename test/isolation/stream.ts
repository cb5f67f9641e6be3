import { vi } from 'vitest'

/** A live stream that is being heard. */
export type Heard = {
  /** Everything so far. */
  heard(): string
  /** Resolves when the text has come. */
  until(text: string): Promise<void>
  /** Resolves when the server has ended it. */
  ended(patience: number): Promise<void>
  close(): Promise<void>
}

/** Opens the queue's stream and resolves when it has begun. */
export async function listenTo(baseUrl: string, cookie: string): Promise<Heard> {
  const stop = new AbortController()
  const answer = await fetch(`${baseUrl}/queue/stream`, { headers: { cookie }, signal: stop.signal })
  if (answer.status !== 200 || answer.body === null) throw new Error(`the stream answered ${answer.status}`)
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let over = false
  const read = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true })
    }
  }
  const reading = read()
    .catch(() => undefined)
    .finally(() => {
      over = true
    })
  const wait = (is: () => boolean, what: string, timeout: number): Promise<void> =>
    vi.waitFor(
      () => {
        if (!is()) throw new Error(`${what}; heard so far: ${text}`)
      },
      { timeout, interval: 20 },
    )
  const until = (wanted: string): Promise<void> =>
    wait(() => text.includes(wanted), `not heard: ${wanted}`, 5_000)
  await until('retry:')
  return {
    heard: () => text,
    until,
    ended: (patience) => wait(() => over, 'the stream goes on', patience),
    async close() {
      stop.abort()
      await reading
    },
  }
}
