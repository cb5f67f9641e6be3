import { gzipSync } from 'node:zlib'
import { fault } from '../base/fault.ts'
import { day, type Instant, isoJst, minute } from '../base/time.ts'
import { entriesNotActive } from '../registry/index.ts'
import type { Claims } from '../seal/index.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import { statusListUrl } from './credential.ts'
import { issuerOf } from './issuer.ts'
import { countLists, placesOf, placesPerList } from './status-place.ts'

/** What a list is about: 一時停止, which may end, and the end of a declaration, which does not. */
export type Purpose = 'suspension' | 'revocation'
const statusOf = { suspension: 'suspended', revocation: 'stopped' } as const

/** A reader that keeps a list keeps it this long; so late, at most, it hears of a stop. */
export const listKeptFor = 5 * minute
/** A list that somebody withholds from a reader counts no longer than this. */
export const listValidFor = day

/**
 * The bits of a list, gzipped and in multibase (Bitstring Status List 1.0, 3.2 and 3.3): place 0 is the leftmost bit, 1 says
 * that the purpose holds.
 */
export function encodeList(places: readonly number[]): string {
  const bits = new Uint8Array(placesPerList / 8)
  for (const place of places) {
    const at = place >> 3
    bits[at] = (bits[at] ?? 0) | (0x80 >> (place & 7))
  }
  return `u${gzipSync(bits).toString('base64url')}`
}

const names = /^(suspension|revocation)-([1-9]\d{0,5})$/

async function listOf(pool: Pool, name: string): Promise<{ purpose: Purpose; places: readonly number[] }> {
  const [, said, number] = names.exec(name) ?? []
  const purpose = said === 'suspension' || said === 'revocation' ? said : undefined
  const list = Number(number)
  if (!purpose) throw fault('NOT_FOUND')
  return withoutScope(pool, async (tx) => {
    if (list > (await countLists(tx))) throw fault('NOT_FOUND')
    const marked = (await entriesNotActive(tx)).filter((entry) => entry.status === statusOf[purpose])
    const numbers = marked.map((entry) => entry.number)
    return { purpose, places: await placesOf(tx, list, numbers) }
  })
}

/** The claims of a status list named like `suspension-1`. Fault: NOT_FOUND when there is no such list. */
export async function statusListClaims(
  pool: Pool,
  name: string,
  how: { readonly baseUrl: string; readonly now: Instant },
): Promise<Claims> {
  const { purpose, places } = await listOf(pool, name)
  const id = statusListUrl(how.baseUrl, name)
  const issuer = issuerOf(how.baseUrl)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: isoJst(how.now),
    validUntil: isoJst(how.now + listValidFor),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: encodeList(places),
      ttl: listKeptFor,
    },
    iss: issuer,
    sub: `${id}#list`,
    jti: id,
  }
}
