/** What one guarded GET of a public page brought. */
export type Visited =
  | {
      readonly ok: true
      readonly status: number
      /** After redirects. */
      readonly url: string
      /** Media type without parameters, lower case. */
      readonly type: string
      readonly bytes: Uint8Array
      /** Decoded text of HTML, plain text or PDF; undefined where there is none (a scan, an image). */
      readonly text: string | undefined
    }
  | {
      readonly ok: false
      readonly why:
        | 'address'
        | 'not-https'
        | 'private'
        | 'no-host'
        | 'unreachable'
        | 'certificate'
        | 'redirects'
        | 'timeout'
        | 'too-large'
      /** The address at which it ended. */
      readonly url: string
    }

/** Looks at a page whose address a user chose: HTTPS, no cookies, bounded, never an inside address. */
export type Visit = (url: string) => Promise<Visited>
