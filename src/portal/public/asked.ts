import { type Ctx, isLocalPath, setCookie } from '../../http/index.ts'

/** Who asked for a number and where they wanted to go: kept in the browser between the two pages of signing in. */
export type Asked = { readonly email: string; readonly to: string }

const name = 'mm-asked'

export function keepAsked(asked: Asked, secure: boolean): string {
  return setCookie(name, JSON.stringify(asked), { seconds: 900, secure, path: '/sign-in' })
}

export function dropAsked(secure: boolean): string {
  return setCookie(name, '', { seconds: 0, secure, path: '/sign-in' })
}

/** A local path to go on to, else nothing. */
export function localOr(path: string | undefined, other: string): string {
  return path !== undefined && isLocalPath(path) ? path : other
}

/** What was asked, as far as it can be believed: it comes from the browser. */
export function readAsked(ctx: Ctx): Asked | undefined {
  try {
    const value: unknown = JSON.parse(ctx.cookie(name) ?? '')
    if (typeof value !== 'object' || value === null || !('email' in value) || !('to' in value))
      return undefined
    const { email, to } = value
    return typeof email === 'string' && typeof to === 'string' && email.length <= 254
      ? { email, to: localOr(to, '') }
      : undefined
  } catch {
    return undefined
  }
}
