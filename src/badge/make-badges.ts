import { createHash } from 'node:crypto'
import { fault } from '../base/fault.ts'
import { type Instant, jstDate, second } from '../base/time.ts'
import { type Entry, findEntry, readNumber, type Registry, registryOf } from '../registry/index.ts'
import type { Seal } from '../seal/index.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import { type Checked, checkPasted, checkToken } from './check.ts'
import { badgeClaims, freshFor, issuedAt, type Model, typOf } from './credential.ts'
import { badgeSvg } from './picture.ts'
import { listValidFor, statusListClaims } from './status-list.ts'
import { placeOf, type StatusPlace } from './status-place.ts'
import type { Lang } from './words.ts'

export type BadgeParts = { readonly pool: Pool; readonly seal: Seal; readonly baseUrl: string }

/** An entry and what is needed to sign for it. */
type Holder = {
  readonly entry: Entry
  readonly registry: Registry
  /** Only while it is active. */
  readonly place: StatusPlace | undefined
}

/** A served thing; `tag` changes when it does. */
export type Served = { readonly body: string; readonly tag: string }

export type Badges = {
  /** The signed credential of an active entry; undefined while it is suspended or after its end. Fault: NOT_FOUND. */
  credential(
    number: string,
    how: { readonly now: Instant; readonly model: Model },
  ): Promise<string | undefined>
  /** The picture, with the credential inside while the entry is active. Fault: NOT_FOUND. */
  picture(number: string, how: { readonly now: Instant; readonly lang: Lang }): Promise<Served>
  /** A signed status list, e.g. `suspension-1`. Fault: NOT_FOUND. */
  statusList(name: string, now: Instant): Promise<Served>
  /** Checks a credential, the text of a picture, a link or a number. */
  check(text: string, now: Instant): Promise<Checked>
  checkToken(token: string, now: Instant): Promise<Checked>
}

const tagOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/** Signing is dear beside reading, so what was signed is kept: at most this many, the oldest go first. */
const mostKept = 2_000

function makeShelf(): (key: string, make: () => Promise<string>) => Promise<string> {
  const kept = new Map<string, Promise<string>>()
  return (key, make) => {
    const old = kept.get(key)
    if (old) return old
    const made = make()
    kept.set(key, made)
    made.catch(() => kept.delete(key))
    const oldest = kept.keys().next()
    if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value)
    return made
  }
}

async function holderOf(pool: Pool, typed: string): Promise<Holder> {
  return withoutScope(pool, async (tx) => {
    const registry = await registryOf(tx)
    const read = readNumber(typed, registry?.code)
    const entry = read.ok ? await findEntry(tx, read.number) : undefined
    if (!registry || !entry) throw fault('NOT_FOUND', { entry: typed })
    const place = entry.status === 'active' ? await placeOf(tx, entry.number) : undefined
    return { entry, registry, place }
  })
}

/** How long a status list is handed out again before the register is asked anew. */
const listAskedEvery = 30 * second

/**
 * Badges of the entries of this installation's register. A credential is signed anew each day it is asked for, when the
 * entry changes and when the key does; so it renews itself wherever its picture is embedded.
 */
export function makeBadges(parts: BadgeParts): Badges {
  const { pool, seal, baseUrl } = parts
  const shelf = makeShelf()
  const keyInUse = async (): Promise<string> => String((await seal.publicKeys()).keys[0]?.['kid'] ?? '')

  const sign = async (holder: Holder, how: { now: Instant; model: Model }): Promise<string | undefined> => {
    const { entry, registry, place } = holder
    if (!place) return undefined
    const claims = badgeClaims({ entry, registry, place }, { baseUrl, ...how })
    const key = tagOf(JSON.stringify([claims, how.model, issuedAt(how.now), await keyInUse()]))
    const from = issuedAt(how.now)
    return shelf(key, () =>
      seal.sign(claims, { typ: typOf[how.model], now: from, expiresAt: from + freshFor }),
    )
  }

  return {
    credential: async (number, how) => sign(await holderOf(pool, number), how),
    picture: async (number, { now, lang }) => {
      const holder = await holderOf(pool, number)
      const token = await sign(holder, { now, model: '2.0' })
      const { entry } = holder
      const since = jstDate(entry.statusSince)
      const body = badgeSvg({ entry, baseUrl, lang, since, ...(token !== undefined && { token }) })
      // Two processes sign the same with different numbers; the tag is about what is said.
      return {
        body,
        tag: tagOf(token === undefined ? body : body.replace(/\.[\w-]+(?=<\/vc:credential>)/, '')),
      }
    },
    statusList: async (name, now) => {
      const asked = Math.floor(now / listAskedEvery) * listAskedEvery
      const body = await shelf(`${name} ${asked} ${await keyInUse()}`, async () => {
        const claims = await statusListClaims(pool, name, { baseUrl, now: asked })
        return seal.sign(claims, { typ: typOf['2.0'], now: asked, expiresAt: asked + listValidFor })
      })
      return { body, tag: tagOf(body) }
    },
    check: (text, now) => checkPasted(parts, text, now),
    checkToken: (token, now) => checkToken(parts, token, now),
  }
}
