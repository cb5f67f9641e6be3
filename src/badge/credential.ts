import { z } from 'zod'
import { day, type Instant, isoJst, second, startOfJstDay } from '../base/time.ts'
import type { Entry, Registry } from '../registry/index.ts'
import type { Claims } from '../seal/index.ts'
import { issuerOf } from './issuer.ts'
import type { StatusPlace } from './status-place.ts'
import { words } from './words.ts'

/**
 * How long a credential is taken for fresh. The declaration itself has no end (the scheme knows none); this bounds how long
 * a copy outlives the register that could contradict it. Longer than a year, so that a copy made at the yearly review
 * lasts to the next.
 */
export const freshFor = 400 * day

/** Kind of the signed text: Verifiable Credentials 2.0 (Securing with JOSE and COSE, 3.1), or 1.1 (6.3.1). */
export const typOf = { '2.0': 'vc+jwt', '1.1': 'JWT' } as const
export type Model = keyof typeof typOf

/** Where the register shows an entry; the code in the picture leads there. */
export function entryUrl(baseUrl: string, number: string): string {
  return `${baseUrl}/registry/entries/${encodeURIComponent(number)}`
}

export function credentialUrl(baseUrl: string, number: string): string {
  return `${baseUrl}/badges/${encodeURIComponent(number)}/credential`
}

export function statusListUrl(baseUrl: string, name: string): string {
  return `${baseUrl}/status-lists/${name}`
}

/** What a badge says: public columns of the register, and that it is nobody's certification. */
function subjectOf(entry: Entry, registry: Registry, baseUrl: string): Record<string, unknown> {
  const url = entryUrl(baseUrl, entry.number)
  return {
    type: 'SelfDeclaration',
    register: { code: registry.code, name: registry.name },
    number: entry.number,
    name: entry.name,
    ...(entry.corporateNumber !== undefined && { corporateNumber: entry.corporateNumber }),
    level: entry.level,
    edition: entry.pledgeEdition,
    declaredOn: entry.declaredOn,
    entry: url,
    statement: {
      ja: words.ja.statement(entry.name, words.ja.level[entry.level]),
      en: words.en.statement(entry.name, words.en.level[entry.level]),
    },
  }
}

function statusOf(place: StatusPlace, baseUrl: string): Record<string, string>[] {
  return (['revocation', 'suspension'] as const).map((purpose) => {
    const list = statusListUrl(baseUrl, `${purpose}-${place.list}`)
    return {
      id: `${list}#${place.place}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(place.place),
      statusListCredential: list,
    }
  })
}

/** Credentials are dated to the day in Japan, so that one day's copies are the same but for their signature. */
export function issuedAt(now: Instant): Instant {
  return startOfJstDay(now)
}

/**
 * The claims of a badge. Model 2.0 puts the credential itself into the JWT; model 1.1, for readers that know no other,
 * wraps the same facts in `vc`. `iat` and the end are added by whoever signs.
 */
export function badgeClaims(
  of: { readonly entry: Entry; readonly registry: Registry; readonly place: StatusPlace },
  how: { readonly baseUrl: string; readonly now: Instant; readonly model: Model },
): Claims {
  const { baseUrl } = how
  const from = issuedAt(how.now)
  const issuer = issuerOf(baseUrl)
  const id = credentialUrl(baseUrl, of.entry.number)
  const subject = subjectOf(of.entry, of.registry, baseUrl)
  const sub = entryUrl(baseUrl, of.entry.number)
  // Our own words mean what this page of the issuer says; the contexts of the W3C leave them undefined.
  const ours = { '@vocab': `${baseUrl}/verify#` }
  const type = ['VerifiableCredential', 'SelfDeclarationBadge']
  const credentialStatus = statusOf(of.place, baseUrl)
  if (how.model === '1.1') {
    const context = ['https://www.w3.org/2018/credentials/v1', ours]
    const vc = { '@context': context, type, credentialSubject: subject, credentialStatus }
    return { iss: issuer, sub, jti: id, nbf: from / second, vc }
  }
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', ours],
    id,
    type,
    issuer: { id: issuer, name: of.registry.name },
    validFrom: isoJst(from),
    validUntil: isoJst(from + freshFor),
    credentialSubject: { id: sub, ...subject },
    credentialStatus,
    iss: issuer,
    sub,
    jti: id,
  }
}

const said = z.object({
  number: z.string().max(40),
  name: z.string().max(400),
  corporateNumber: z.string().max(20).optional(),
  level: z.enum(['SA1', 'SA2']),
  edition: z.enum(['jou5', 'jou6']),
  declaredOn: z.string().max(10),
})
const badgeType = z.array(z.string()).refine((types) => types.includes('SelfDeclarationBadge'))
const newShape = z.object({ type: badgeType, credentialSubject: said })
const oldShape = z.object({ vc: newShape })
const times = z.object({ iss: z.string(), iat: z.number(), exp: z.number().optional() })

/** What a badge says of an entry. */
export type Said = z.infer<typeof said>
export type ReadBadge = Said & {
  readonly issuer: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant | undefined
}

/** Reads the claims of a signed badge of either model; undefined when it is something else. */
export function readBadge(claims: Claims): ReadBadge | undefined {
  const time = times.safeParse(claims)
  const fresh = newShape.safeParse(claims)
  const old = oldShape.safeParse(claims)
  const subject = fresh.success ? fresh.data.credentialSubject : old.data?.vc.credentialSubject
  if (!time.success || !subject) return undefined
  const { iss, iat, exp } = time.data
  return {
    ...subject,
    issuer: iss,
    issuedAt: iat * second,
    expiresAt: exp === undefined ? undefined : exp * second,
  }
}
