import type { Actor } from '../access/index.ts'
import { mayWork, must, mustRun, record } from '../access/index.ts'
import { newsOfCatalogue } from '../catalogue/index.ts'
import { fault } from '../base/fault.ts'
import { day, type Instant } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'

/** One piece of threat news: what happens, and one thing to do. */
export type News = {
  readonly id: string
  readonly publishedAt: Instant
  readonly title: string
  readonly text: string
  readonly todo: string
  readonly source: string | null
  /** Written by the provider of this installation; else from the catalogue. */
  readonly own: boolean
}

type Own = Omit<News, 'own'>

/** How long a piece of news stands on the list: what is older is in nobody's mouth. */
const shownFor = 180 * day
/** The window of `advisory_read` in the catalogue. */
const countedFor = 90 * day

/** The news of the last 180 days, the newest first: the provider's own (in its language) and the catalogue's. */
export async function listNews(tx: Tx, lang: 'ja' | 'en', now: Instant): Promise<News[]> {
  const own = await tx.rows<Own>(
    `select id, published_at as "publishedAt", title, body as text, todo, source_url as source from threat_news
     where withdrawn_at is null and published_at between $1::timestamptz and $2::timestamptz`,
    [moment(now - shownFor), moment(now)],
  )
  const standing = newsOfCatalogue().map((item) => ({
    id: item.id,
    publishedAt: Date.parse(`${item.published}T09:00:00+09:00`),
    ...item[lang],
    source: item.source,
    own: false,
  }))
  return [...own.map((item) => ({ ...item, own: true })), ...standing]
    .filter((item) => item.publishedAt <= now && item.publishedAt > now - shownFor)
    .sort((a, b) => b.publishedAt - a.publishedAt)
}

/** Somebody of a company opened one piece of news; the first time is kept. Fault: NOT_FOUND for unknown news. */
export async function readNews(
  tx: Tx,
  of: {
    readonly company: string
    readonly person: string
    readonly news: string
    readonly lang: 'ja' | 'en'
  },
  now: Instant,
): Promise<News> {
  const found = (await listNews(tx, of.lang, now)).find((item) => item.id === of.news)
  if (found === undefined) throw fault('NOT_FOUND')
  await tx.run(
    `insert into news_reading (company_id, news, person_id, read_at) values ($1, $2, $3, $4::timestamptz)
     on conflict do nothing`,
    [of.company, of.news, of.person, moment(now)],
  )
  return found
}

/** Of the news of the last 90 days, how many somebody of the company opened. */
export async function newsCounts(
  tx: Tx,
  company: string,
  now: Instant,
): Promise<{ sent: number; read: number; asOf: Instant; ids: ReadonlySet<string> }> {
  const since = (await joinedAt(tx, company)) ?? now
  const sent = (await listNews(tx, 'ja', now)).filter(
    (item) => item.publishedAt > now - countedFor && item.publishedAt >= since - countedFor,
  )
  const rows = await tx.rows<{ news: string; at: Instant }>(
    'select news, max(read_at) as at from news_reading where company_id = $1 group by news',
    [company],
  )
  const ids = new Set(rows.map((row) => row.news))
  const read = sent.filter((item) => ids.has(item.id)).length
  return { sent: sent.length, read, asOf: Math.max(0, ...rows.map((row) => row.at)) || now, ids }
}

async function joinedAt(tx: Tx, company: string): Promise<Instant | undefined> {
  const row = await tx.one<{ at: Instant }>('select created_at as at from company where id = $1', [company])
  return row?.at
}

/** The provider publishes a piece of news for all its companies. Faults: NOT_FOUND, BAD_INPUT with the field. */
export async function publishNews(
  pool: Pool,
  actor: Actor,
  of: {
    readonly title: string
    readonly text: string
    readonly todo: string
    readonly source?: string
    readonly now: Instant
  },
): Promise<string> {
  must(mayWork(actor))
  const id = newId()
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    await mustRun(tx, actor)
    await tx.run(
      `insert into threat_news (id, published_at, title, body, todo, source_url) values ($1, $2::timestamptz, $3, $4, $5, $6)`,
      [id, moment(of.now), of.title, of.text, of.todo, of.source ?? null],
    )
    await record(tx, actor, { organisation: actor.organisation, act: 'news.published', subject: id })
  })
  return id
}

/** Takes a piece of news back; who had opened it stays on record. Faults: NOT_FOUND. */
export async function withdrawNews(
  pool: Pool,
  actor: Actor,
  of: { readonly news: string; readonly now: Instant },
): Promise<void> {
  must(mayWork(actor))
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    await mustRun(tx, actor)
    const changed = await tx.run(
      'update threat_news set withdrawn_at = $2::timestamptz where id::text = $1 and withdrawn_at is null',
      [of.news, moment(of.now)],
    )
    if (changed === 0) throw fault('NOT_FOUND')
    await record(tx, actor, { organisation: actor.organisation, act: 'news.withdrawn', subject: of.news })
  })
}
