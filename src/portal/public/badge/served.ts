import { createHash } from 'node:crypto'
import { type Badges, didDocument, listKeptFor } from '../../../badge/index.ts'
import { minute, second } from '../../../base/time.ts'
import { type Answer, type Ctx, type RouteSpec, route } from '../../../http/index.ts'
import type { BadgeDeps } from './deps.ts'
import type { BadgesOf } from './verify.tsx'

/** A picture on somebody's page is at most this old, so a stop shows there within minutes. */
const pictureKeptFor = (5 * minute) / second
/** Keys are asked for more rarely; a new one is used only for what is fetched after it. */
const keysKeptFor = (5 * minute) / second

function openJson(value: unknown, type = 'application/json'): Answer {
  const body = JSON.stringify(value, undefined, 2)
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { file: { body, type: `${type}; charset=utf-8`, open: { seconds: keysKeptFor, tag } } }
}

async function credentialAnswer(ctx: Ctx, badges: Badges): Promise<Answer> {
  const as = ctx.query['as']
  const model = as === 'jwt-1.1' ? '1.1' : '2.0'
  const number = ctx.params['entry'] ?? ''
  const token = await badges.credential(number, { now: ctx.now, model })
  // 410: it was there and is no more, so that a program need not guess.
  if (token === undefined) return { json: { error: 'NOT_ACTIVE' }, status: 410 }
  if (as === 'json') return openJson({ credential: claimsOf(token), jwt: token })
  const type = model === '1.1' ? 'application/jwt' : 'application/vc+jwt'
  const tag = createHash('sha256').update(token).digest('base64url').slice(0, 22)
  return { file: { body: token, type, open: { seconds: pictureKeptFor, tag } } }
}

/** The claims of a token of our own, for people to read. */
function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** What other sites and programs fetch: picture, credential, status lists, keys. */
export function servedRoutes({ access, seal }: BadgeDeps, badgesOf: BadgesOf): readonly RouteSpec[] {
  const get = (
    path: string,
    handle: (ctx: Ctx) => Promise<Answer>,
    ids: NonNullable<RouteSpec['ids']> = {},
  ): RouteSpec => route({ method: 'GET', path, area: 'public', ids, handle })
  return [
    get(
      '/badges/:entry',
      async (ctx) => {
        const number = (ctx.params['entry'] ?? '').replace(/\.svg$/i, '')
        const lang = ctx.query['lang'] === 'en' ? 'en' : 'ja'
        const { body, tag } = await badgesOf(ctx).picture(number, { now: ctx.now, lang })
        const type = 'image/svg+xml; charset=utf-8'
        return { file: { body, type, open: { seconds: pictureKeptFor, tag } } }
      },
      { entry: 'entry' },
    ),
    get('/badges/:entry/credential', (ctx) => credentialAnswer(ctx, badgesOf(ctx)), { entry: 'entry' }),
    get(
      '/status-lists/:list',
      async (ctx) => {
        const { body, tag } = await badgesOf(ctx).statusList(ctx.params['list'] ?? '', ctx.now)
        const open = { seconds: listKeptFor / second, tag }
        return { file: { body, type: 'application/vc+jwt', open } }
      },
      { list: 'status-list' },
    ),
    get('/.well-known/jwks.json', async () => openJson(await seal.publicKeys())),
    get('/.well-known/did.json', async () => openJson(await didDocument(seal, access.baseUrl))),
  ]
}
