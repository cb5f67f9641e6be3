import { isTextKind } from '../../src/http/index.ts'
import type { Reply, Visitor } from '../program.ts'
import { visitorOf } from '../program.ts'
import { formsOf } from './forms.ts'
import type { Kind, Visiting, Walked, World } from './world.ts'

/** What one visit should come to: refused as if nothing were there, or answered with the visitor's own things. */
export type Due = 'refused' | 'own'

/** One visit and what is wrong with its answer. */
export type Visit = {
  readonly route: Walked
  readonly due: Due
  readonly status: number
  readonly faults: readonly string[]
}

export const nameOf = (route: Walked): string => `${route.method} ${route.path}`

const areaKind: Partial<Record<Walked['area'], Visiting['kind']>> = { owner: 'company', provider: 'provider' }

/** Whether the visitor is of the kind and role the route is for. */
export function mayEnter(route: Walked, who: Visiting): boolean {
  const kind = areaKind[route.area]
  if (kind === undefined) return true
  return who.kind === kind && (route.roles === undefined || route.roles.some((role) => role === who.role))
}

/** What is due to somebody from outside 山田製作所. */
export function dueToForeigner(route: Walked, who: Visiting): Due {
  const named = Object.values(route.ids ?? {}).some((kind) => !isTextKind(kind))
  return mayEnter(route, who) && !named ? 'own' : 'refused'
}

/** The address of a route with the things of 山田製作所 in it. Throws for a kind that the test has nothing of. */
export function addressOf(route: Walked, ids: Readonly<Partial<Record<Kind, string>>>): string {
  return route.path.replaceAll(/:(\w+)/g, (_all, param: string) => {
    const kind = route.ids?.[param]
    const id = kind === undefined ? undefined : ids[kind]
    if (id === undefined || id === '')
      throw new Error(`${nameOf(route)}: no ${kind ?? param} of 山田製作所 to try`)
    return id
  })
}

/** Visits every route as one person. Signing out comes last, since it ends the walk. */
export async function walk(
  world: World,
  who: Visiting,
  of: { readonly routes: readonly Walked[]; due(route: Walked): Due; readonly words: boolean },
): Promise<Visit[]> {
  const cookie = who.email === undefined ? undefined : await world.program.signIn(who.email)
  const visitor = visitorOf(world.program.baseUrl, cookie)
  const last = (route: Walked): number => (route.path === '/sign-out' ? 1 : 0)
  const visits: Visit[] = []
  for (const route of [...of.routes].sort((a, b) => last(a) - last(b))) {
    const address = addressOf(route, world.ids)
    const form = formOf(world, route)
    const reply = await send(visitor, { route, address, form })
    const due = of.due(route)
    const sent = `${address} ${Object.values(form).join(' ')}`
    const faults = [
      ...wrongAnswer(route, { due, reply, known: cookie !== undefined }),
      ...(of.words ? leaks(world, reply, sent) : []),
    ]
    visits.push({ route, due, status: reply.status, faults })
  }
  return visits
}

/** Sends what the route's button would send. */
export function send(
  visitor: Visitor,
  of: { readonly route: Walked; readonly address: string; readonly form: Readonly<Record<string, string>> },
): Promise<Reply> {
  return of.route.method === 'GET' ? visitor.get(of.address) : visitor.post(of.address, of.form)
}

/** Throws for a POST route whose form nobody wrote down. */
export function formOf(world: World, route: Walked): Readonly<Record<string, string>> {
  if (route.method === 'GET') return {}
  const form = formsOf(world)[route.path]
  if (form === undefined)
    throw new Error(`${nameOf(route)}: test/isolation/forms.ts does not say what it sends`)
  return form
}

function wrongAnswer(
  route: Walked,
  of: { readonly due: Due; readonly reply: Reply; readonly known: boolean },
): string[] {
  const { due, reply, known } = of
  const told = `${reply.status} ${reply.location}`
  if (reply.status >= 500 && route.path !== '/readyz') return [`failed with ${told}`]
  if (due === 'own') return []
  if (known) return reply.status === 404 ? [] : [`answered ${told}instead of 404`]
  if (route.method === 'POST') return reply.status === 401 ? [] : [`answered ${told}instead of 401`]
  const toSignIn = reply.status === 303 && reply.location.startsWith('/sign-in?to=')
  return toSignIn ? [] : [`answered ${told}instead of the way to sign in`]
}

/** What the answer tells of 山田製作所, besides what the visitor wrote in the question. */
function leaks(world: World, reply: Reply, sent: string): string[] {
  const text = `${reply.body}\n${reply.location}`
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .toLowerCase()
  return [...world.words, ...world.uuids]
    .filter((word) => text.includes(word.toLowerCase()) && !sent.includes(word))
    .map((word) => `tells ${word}`)
}

/** Visits that went wrong, readable. */
export function wrong(who: Visiting, visits: readonly Visit[]): string[] {
  return visits
    .filter((visit) => visit.faults.length > 0)
    .map((visit) => `${who.name}, ${nameOf(visit.route)}: ${visit.faults.slice(0, 5).join('; ')}`)
}
