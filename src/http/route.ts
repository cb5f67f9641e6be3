import type { VNode } from 'preact'
import type { Instant } from '../base/time.ts'
import type { Pool, Tx } from '../store/index.ts'
import type { Actor, House, Lang, Role } from './actor.ts'
import type { Listen } from './live.ts'
import type { UploadedFile } from './multipart.ts'

/** For whom a route is: anybody, people of a company, people of the provider, programs. */
export type Area = 'public' | 'owner' | 'provider' | 'machine'

/** What a `:param` names: an id (uuid), or a text (`isTextKind`). */
export type IdKind =
  | 'company'
  | 'alert'
  | 'case'
  | 'notice'
  | 'device'
  | 'sensor'
  | 'task'
  | 'site'
  | 'person'
  | 'token'
  | 'address'
  | 'silence'
  | 'held'
  | 'decision'
  | 'mail'
  | 'sheet'
  | 'link'
  | 'to-do'
  | 'policy'
  | 'declaration'
  | 'application'
  | 'promoter'
  | 'offer'
  | 'proof'
  | 'self-check'
  | 'training'
  | 'staff'
  | TextKind

/** What a `:param` names that is no uuid: secrets of links, keys of catalogues, public numbers. */
const textKinds = [
  'secret',
  'name',
  'answer-link',
  'lesson-link',
  'proof-link',
  'application-link',
  'question',
  'item',
  'lesson',
  'news',
  'entry',
  'published',
  'status-list',
] as const
type TextKind = (typeof textKinds)[number]

/** Whether a `:param` of this kind is a text that only the page itself can judge. */
export const isTextKind = (kind: IdKind): kind is TextKind => textKinds.some((one) => one === kind)

type Texts = Readonly<Record<string, string | undefined>>

/** Everything a page may know about the request. */
export type Ctx = {
  readonly now: Instant
  readonly lang: Lang
  /** Whether the reader asked for large text. */
  readonly large: boolean
  /** The local address with its query, for ways back. */
  readonly path: string
  readonly params: Texts
  readonly query: Texts
  /** Of repeated names the last; `formAll` gives all. */
  readonly form: Texts
  formAll(name: string): readonly string[]
  /** The bytes of the request, where the route reads its own body (`reads`); else undefined. */
  readonly body: Uint8Array<ArrayBuffer> | undefined
  /** The one file of a form, on a route that declares `upload`. */
  readonly file: UploadedFile | undefined
  readonly actor: Actor | undefined
  /** Undefined only before the first run. */
  readonly house: House | undefined
  readonly ip: string
  readonly userAgent: string
  cookie(name: string): string | undefined
  readonly headers: Headers
  /** The pool of the web's role, for use cases that begin their own transaction. */
  readonly db: Pool
  /** One transaction in the actor's whole scope. Fault: SIGN_IN_NEEDED. */
  within<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction that sees this company only. Fault: NOT_FOUND when it is outside the actor's scope. */
  inCompany<T>(company: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** The address of an asset under its hashed name, e.g. `mm.css` or an island's name. */
  asset(name: string): string
  readonly live: { listen: Listen }
}

/** Of a route for signed-in people: the actor is there. */
export type SignedCtx = Ctx & { readonly actor: Actor }

export type Push = (event: { readonly name: string; readonly data: unknown; readonly id?: string }) => void

/**
 * For every site and nobody in particular: pages elsewhere may embed and read it, and anybody may keep it for `seconds`.
 * `tag` names this state of it, so that asking again costs nothing while it stays.
 */
export type Open = { readonly seconds: number; readonly tag: string }

/** A long file, made while it is sent; a throw on the way cuts it off. */
export type Chunks = { readonly of: AsyncIterable<string>; readonly type: string; readonly name?: string }

type Carried = { readonly cookies?: readonly string[] }
export type Answer = Carried &
  (
    | { readonly page: VNode; readonly status?: number }
    /** A local path; always 303. */
    | { readonly redirect: string }
    | { readonly json: unknown; readonly status?: number }
    /** Server-sent events until the reader goes; returns what is to be undone then. */
    | { readonly stream: (push: Push, signal: AbortSignal) => undefined | (() => void) }
    | {
        readonly file: {
          readonly body: string | Uint8Array<ArrayBuffer>
          readonly type: string
          readonly name?: string
          readonly open?: Open
        }
      }
    | { readonly chunks: Chunks }
  )

type Common = {
  readonly method: 'GET' | 'POST'
  /** Fastify's writing, e.g. `/devices/:device`. */
  readonly path: string
  /** Narrows the area to these roles; absent = every role of the area. */
  readonly roles?: readonly Role[]
  /** What each `:param` of the path names; the isolation test fills in another company's. */
  readonly ids?: Readonly<Record<string, IdKind>>
  /** Takes one file with the form (`multipart/form-data`); a larger body is refused before it is read. */
  readonly upload?: { readonly bytes: number }
  /** Reads its own body (`ctx.body`), of whatever type, of at most so many bytes. For programs that send JSON. */
  readonly reads?: { readonly bytes: number }
}

export type RouteSpec = Common & { readonly area: Area; handle(ctx: Ctx): Promise<Answer> }
type SignedSpec = Common & {
  readonly area: 'owner' | 'provider'
  handle(ctx: SignedCtx): Promise<Answer>
}
type OpenSpec = Common & { readonly area: 'public' | 'machine'; handle(ctx: Ctx): Promise<Answer> }

function isSigned(ctx: Ctx): ctx is SignedCtx {
  return ctx.actor !== undefined
}

/**
 * Declares one route; every route of the program is declared here or as a machine route, so that a test can walk them all.
 * A `:param` that `ids` does not name is a mistake and throws at the start.
 */
export function route(spec: SignedSpec | OpenSpec): RouteSpec {
  const named = Object.keys(spec.ids ?? {}).sort()
  const used = [...spec.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '').sort()
  if (named.join() !== used.join()) throw new Error(`BUG: ${spec.path} names ${named.join()} in ids`)
  if (spec.area === 'public' || spec.area === 'machine') return { ...spec, handle: spec.handle }
  const { handle, ...rest } = spec
  return {
    ...rest,
    handle: async (ctx) => {
      if (!isSigned(ctx)) throw new Error(`BUG: ${spec.path} was asked without an actor`)
      return handle(ctx)
    },
  }
}
