import { betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { emailOTP } from 'better-auth/plugins'
import { z } from 'zod'
import type { Pool } from '../store/index.ts'

/** Our private header for the sender's address: set by us from the request, never taken from outside. */
const addressHeader = 'x-mimamori-address'

const seconds = { minute: 60, hour: 3_600, day: 86_400 } as const

/** How long a number for signing in works. */
const codeMinutes = 10

/**
 * A session ends 30 days after its last use. An owner must come in at three in the morning, on a phone, without waiting
 * for a mail; people of a provider, who see many companies, are cut off earlier (`providerSession` in session.ts).
 */
const sessionDays = 30

export type SignInOptions = {
  /** The pool of the sign-in role, in the schema `sign_in`. */
  readonly pool: Pool
  /** Signs the cookies; a new one ends every session. */
  readonly secret: string
  readonly baseUrl: string
  /** Sends the number to an address that belongs to somebody. */
  readonly sendCode: (email: string, code: string) => Promise<void>
}

/** Where a request comes from, for the row of the session. */
export type From = { readonly headers: Headers; readonly ip: string; readonly userAgent: string }

/** A session begun: whose, and the finished `Set-Cookie` values. */
export type Begun = { readonly person: string; readonly cookies: readonly string[] }

function headersFrom(from: From): Headers {
  const cookie = from.headers.get('cookie')
  return new Headers({
    [addressHeader]: from.ip,
    'user-agent': from.userAgent.slice(0, 200),
    ...(cookie !== null && { cookie }),
  })
}

/** Begins a session for a person whom we know by other means; has no path, so nothing outside can reach it. */
const entering = () => ({
  id: 'entering' as const,
  endpoints: {
    enterAs: createAuthEndpoint(
      { method: 'POST', body: z.object({ person: z.string() }), requireHeaders: true },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.person)
        if (!user) throw new APIError('NOT_FOUND')
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return { person: user.id }
      },
    ),
  },
})

/** The options of the sign-in library; its tables stand in sql/0005 and a test compares. */
export function authOptions(options: SignInOptions) {
  const https = options.baseUrl.startsWith('https:')
  return {
    appName: 'Mimamori',
    baseURL: options.baseUrl,
    secret: options.secret,
    database: options.pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    session: { expiresIn: sessionDays * seconds.day, updateAge: seconds.day },
    advanced: {
      cookiePrefix: 'mm',
      useSecureCookies: https,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, secure: https },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: 'uuid' as const },
    },
    plugins: [
      emailOTP({
        disableSignUp: true,
        storeOTP: 'hashed',
        otpLength: 6,
        expiresIn: codeMinutes * seconds.minute,
        allowedAttempts: 3,
        sendVerificationOTP: async ({ email, otp, type }) => {
          if (type === 'sign-in') await options.sendCode(email, otp)
        },
      }),
      entering(),
    ],
  }
}

export type SignIn = {
  /** Sends a number when the address belongs to somebody; says nothing about it either way. */
  requestCode(email: string): Promise<void>
  /** Undefined when the number is wrong, too old, used, or was tried too often. */
  useCode(email: string, code: string, from: From): Promise<Begun | undefined>
  enterAs(person: string, from: From): Promise<Begun | undefined>
  /** Whose session the cookies carry, since when, and cookies to renew. */
  read(headers: Headers): Promise<(Begun & { readonly since: number }) | undefined>
  /** Ends the session; gives the cookies that take it away. */
  signOut(headers: Headers): Promise<readonly string[]>
}

/** Sign-in by a number sent by mail, through the library's own functions; no page of it is reachable. */
export function makeSignIn(options: SignInOptions): SignIn {
  const auth = betterAuth(authOptions(options))
  return {
    async requestCode(email) {
      await auth.api.sendVerificationOTP({ body: { email, type: 'sign-in' } })
    },
    useCode: (email, code, from) =>
      unlessRefused(async () => {
        const { response, headers } = await auth.api.signInEmailOTP({
          body: { email, otp: code },
          headers: headersFrom(from),
          returnHeaders: true,
        })
        return { person: response.user.id, cookies: headers.getSetCookie() }
      }),
    enterAs: (person, from) =>
      unlessRefused(async () => {
        const { response, headers } = await auth.api.enterAs({
          body: { person },
          headers: headersFrom(from),
          returnHeaders: true,
        })
        return { person: response.person, cookies: headers.getSetCookie() }
      }),
    async read(headers) {
      const { response, headers: answer } = await auth.api.getSession({ headers, returnHeaders: true })
      if (!response) return undefined
      return {
        person: response.user.id,
        since: response.session.createdAt.getTime(),
        cookies: answer.getSetCookie(),
      }
    },
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.getSetCookie()
    },
  }
}

/** What the library refuses is an answer, not an error; anything else is thrown on. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof APIError) return undefined
    throw thrown
  }
}
