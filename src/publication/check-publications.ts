import { type Instant, startOfJstDay } from '../base/time.ts'
import { type Log, type Pool, withoutScope, within } from '../store/index.ts'
import type { Visit } from '../visit/index.ts'
import { type Due, dueOf, lookAt } from './check-page.ts'
import { checksOf } from './store.ts'

/** So many sites are asked at the same time; of one site only one page. */
const atOnce = 6

/**
 * Looks at every published page that nobody looked at today (in Japan). Can be started as often as one likes: what was looked at
 * is not looked at again. What fails for one company stops none of the others.
 */
export async function checkPublications(
  parts: { readonly pool: Pool; readonly visit: Visit; readonly log: Log },
  now: Instant,
): Promise<{ readonly checked: number; readonly failed: number }> {
  const queues = [...byHost(await duePages(parts.pool, now)).values()]
  let checked = 0
  let failed = 0
  const worker = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const due of queue) {
        try {
          await lookAt(parts, due, { actor: undefined, now })
          checked += 1
        } catch (thrown) {
          failed += 1
          parts.log.error(
            { error: String(thrown), company: due.company },
            'a published page was not looked at',
          )
        }
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { checked, failed }
}

async function duePages(pool: Pool, now: Instant): Promise<Due[]> {
  const companies = await withoutScope(pool, (tx) =>
    tx.rows<{ id: string }>('select id from watched_companies() as id'),
  )
  const pages: Due[] = []
  for (const { id } of companies) {
    const due = await within(pool, { organisations: [id] }, async (tx) => {
      const page = await dueOf(tx, id)
      const newest = page && (await checksOf(tx, page)).newest
      return newest !== undefined && newest.at >= startOfJstDay(now) ? undefined : page
    })
    if (due !== undefined) pages.push(due)
  }
  return pages
}

function byHost(pages: readonly Due[]): Map<string, Due[]> {
  const queues = new Map<string, Due[]>()
  for (const page of pages) {
    const host = URL.canParse(page.url) ? new URL(page.url).host : page.url
    const queue = queues.get(host)
    if (queue === undefined) queues.set(host, [page])
    else queue.push(page)
  }
  return queues
}
