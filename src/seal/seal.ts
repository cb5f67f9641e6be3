import type { Instant } from '../base/time.ts'

export type Claims = Readonly<Record<string, unknown>>

/**
 * What a check of a signed text found; `why` is the first thing that is wrong. `unknown-key` also says that a key of ours
 * is no longer believed; `expired` also that the text is not valid yet.
 */
export type Verified =
  | { readonly ok: true; readonly claims: Claims; readonly kid: string }
  | {
      readonly ok: false
      readonly why: 'malformed' | 'unknown-key' | 'bad-signature' | 'expired' | 'other-kind'
    }

/** The signing keys of this installation. */
export type Seal = {
  /**
   * Signs claims as a JWT (ES256, RFC 7515 and 7518) with the key in use; `iat` becomes `now`. Without `expiresAt` it has
   * no end.
   */
  sign(
    claims: Claims,
    how: { readonly typ: string; readonly now: Instant; readonly expiresAt?: Instant },
  ): Promise<string>
  /** Checks a text signed here: algorithm, kind (`typ`), key, signature, and its time at `now`. Never throws for a bad text. */
  verify(token: string, how: { readonly typ: string; readonly now: Instant }): Promise<Verified>
  /** All public keys (RFC 7517), the newest first, retired ones too: what they signed stays checkable. */
  publicKeys(): Promise<{ readonly keys: readonly Record<string, unknown>[] }>
  /** Makes a new key; from now on it signs. Gives its id. */
  rotate(now: Instant): Promise<string>
}

/** Who may also say that a key is no longer to be believed. */
export type SealKeeper = Seal & {
  /**
   * A key that somebody else may hold: what it signed is refused from now on, its public half is shown no more, and
   * when it was in use a new one takes its place. Gives whether there was such a key.
   */
  distrust(kid: string, now: Instant): Promise<boolean>
}
