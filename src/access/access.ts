import { createHmac } from 'node:crypto'
import type { Actor, House } from '../http/index.ts'
import type { Log, Pool } from '../store/index.ts'
import { readPerson } from './actor.ts'
import { codeMail, type SendMail } from './mail.ts'
import { makeSignIn, type SignIn } from './sign-in.ts'
import { makeSetUpCode } from './set-up-code.ts'

export type AccessOptions = {
  /** The web's role. */
  readonly app: Pool
  /** The sign-in role, in its own schema. */
  readonly signIn: Pool
  /** The secret of the installation; the cookies are signed with a key derived from it. */
  readonly secret: string
  readonly baseUrl: string
  readonly sendMail: SendMail
  readonly log: Log
}

/** Who may come in, made once by main and handed to the pages. */
export type Access = {
  readonly app: Pool
  readonly signInPool: Pool
  readonly signIn: SignIn
  readonly baseUrl: string
  readonly sendMail: SendMail
  readonly log: Log
  /** Typed on the first-run page; printed by the program at the start, kept in memory only. */
  readonly setUpCode: string
  /** Remembered for a moment, so that a page does not ask the database who asks. */
  readonly remembered: Map<string, { readonly actor: Actor | undefined; readonly at: number }>
  readonly houseMemory: { house: House | undefined; at: number }
  /** Runs work that the answer does not wait for; what fails is logged. */
  later(work: () => Promise<void>, what: string): void
  /** Waits for what was begun with `later`. */
  settled(): Promise<void>
}

/** Puts sign-in together. Throws when cookies would travel unprotected: plain http is for this machine only (config). */
export function makeAccess(options: AccessOptions): Access {
  const waiting = new Set<Promise<void>>()
  const later = (work: () => Promise<void>, what: string): void => {
    const run = work()
      .catch((thrown: unknown) => options.log.error({ error: String(thrown) }, `${what} failed`))
      .finally(() => waiting.delete(run))
    waiting.add(run)
  }
  const sendCode = async (email: string, code: string): Promise<void> => {
    const person = await personOfAddress(options, email)
    if (person) await options.sendMail(codeMail(person, code))
  }
  return {
    app: options.app,
    signInPool: options.signIn,
    baseUrl: options.baseUrl,
    sendMail: options.sendMail,
    log: options.log,
    setUpCode: makeSetUpCode(),
    signIn: makeSignIn({
      pool: options.signIn,
      secret: createHmac('sha256', options.secret).update('sign-in cookies').digest('base64url'),
      baseUrl: options.baseUrl,
      sendCode,
    }),
    remembered: new Map(),
    houseMemory: { house: undefined, at: Number.NEGATIVE_INFINITY },
    later,
    settled: async () => {
      while (waiting.size > 0) await Promise.all(waiting)
    },
  }
}

/** Who reads mail at an address; undefined when nobody here does any more. */
async function personOfAddress(options: Pick<AccessOptions, 'app' | 'signIn'>, email: string) {
  const { rows } = await options.signIn.query<{ id: string }>('select id from "user" where email = $1', [
    email,
  ])
  const id = rows[0]?.id
  return id === undefined ? undefined : readPerson(options.app, id)
}
