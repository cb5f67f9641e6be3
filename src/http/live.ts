import type { Log, Pool } from '../store/index.ts'

/** What moved, without its content: the reader looks it up in the own scope. */
export type LiveMessage = { readonly kind: string; readonly company: string; readonly id: string }
type Wish = { readonly scope: readonly string[]; readonly kinds?: readonly string[] }

/** Hears what moves in the scope until the returned function is called. */
export type Listen = (
  wish: { readonly scope?: readonly string[]; readonly kinds?: readonly string[] },
  hear: (message: LiveMessage) => void,
) => () => void

export type Live = {
  listen(wish: Wish, hear: (message: LiveMessage) => void): () => void
  close(): Promise<void>
}

/** Used where nothing moves: tests, and before the database is there. */
export const stillLife: Live = { listen: () => () => undefined, close: async () => undefined }

function read(payload: string | undefined): LiveMessage | undefined {
  try {
    const value: unknown = JSON.parse(payload ?? '')
    if (typeof value !== 'object' || value === null) return undefined
    const { kind, company, id } = value as Record<string, unknown>
    return typeof kind === 'string' && typeof company === 'string' && typeof id === 'string'
      ? { kind, company, id }
      : undefined
  } catch {
    return undefined
  }
}

/** How long to wait before listening again after the connection was lost. */
const again = 1_000

/**
 * Listens on one connection of the pool to what `tell` notifies, and hands each message to those whose scope holds its
 * company. A lost connection is made anew; what was told meanwhile is not repeated (pages read the present state anyway).
 */
export async function makeLive(options: { pool: Pool; log: Log }): Promise<Live> {
  const ears = new Set<{ wish: Wish; hear: (message: LiveMessage) => void }>()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let release: (() => void) | undefined

  const spread = (payload: string | undefined): void => {
    const message = read(payload)
    if (!message) return
    for (const { wish, hear } of ears) {
      if (wish.scope.includes(message.company) && (wish.kinds?.includes(message.kind) ?? true)) hear(message)
    }
  }
  // Whatever tells of the loss, and however often: one new try, or every message would come twice from then on.
  const tryAgain = (): void => {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void begin().catch(retry), again)
  }
  const begin = async (): Promise<void> => {
    const client = await options.pool.connect()
    let gone = false
    const letGo = (): void => {
      if (!gone) client.release(true)
      gone = true
    }
    const lost = (): void => {
      if (gone) return
      letGo()
      tryAgain()
    }
    if (closed) return letGo()
    release = letGo
    client.on('notification', (note) => {
      if (!gone) spread(note.payload)
    })
    client.on('error', lost)
    client.on('end', lost)
    try {
      await client.query('listen mimamori')
    } catch (thrown) {
      letGo()
      throw thrown
    }
  }
  const retry = (error: unknown): void => {
    options.log.warn({ error: String(error) }, 'live pages wait for the database')
    tryAgain()
  }
  await begin()
  return {
    listen(wish, hear) {
      const ear = { wish, hear }
      ears.add(ear)
      return () => void ears.delete(ear)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      release?.()
    },
  }
}
