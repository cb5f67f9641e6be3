import { type Instant, minute } from '../base/time.ts'
import { isLate } from './hearing.ts'
import { type Condition, conditionOf, type SensorClass, type Signals } from './rhythm.ts'

/** A sensor with the words under which the owner knows it. */
export type WatchedSensor = Signals & {
  readonly id: string
  /** What the owner calls it: the nickname of its device, else the name of the sensor. */
  readonly name: string
}

/** What the owner's home is computed from. */
export type WatchInput = {
  readonly sensors: readonly WatchedSensor[]
  /** Open いますぐ notices without an answer, or whose case is not held yet. */
  readonly urgent: number
  /** Open 今日中 and 今週中 notices. */
  readonly toSee: number
  /** When each running receiver's newest closed canary had been sent; null = none closed yet. */
  readonly canaries: readonly (Instant | null)[]
}

/**
 * The one state of the owner's home (ux.md §6); the first that is true wins.
 * `proof` is the oldest of the newest signs of life that "困りごとなし" stands on: required sensors and our own canaries.
 */
export type OwnerState =
  | { readonly kind: 'now'; readonly alsoUnwatched: readonly WatchedSensor[]; readonly ourFault: boolean }
  | {
      readonly kind: 'not-watching'
      readonly unwatched: readonly WatchedSensor[]
      readonly ourFault: boolean
    }
  | { readonly kind: 'see'; readonly count: number }
  | { readonly kind: 'calm'; readonly proof: Instant }
  | { readonly kind: 'preparing'; readonly preparing: readonly WatchedSensor[] }

/** Green stands on a proof younger than this (ux.md §6, state 4). */
export const proofLimit = 10 * minute

/** Computes the state; never `calm` on a stale proof. */
export function ownerState(input: WatchInput, now: Instant): OwnerState {
  const said = input.sensors.map((sensor) => ({ sensor, condition: conditionOf(sensor, now) }))
  const unwatched = unwatchedThings(said)
  // Without any canary nothing proves that lines reach us.
  const ourFault = input.canaries.length === 0 || input.canaries.some((sent) => isLate(sent, now))
  if (input.urgent > 0)
    return { kind: 'now', alsoUnwatched: unwatched, ourFault: ourFault && heardSome(said) }
  const preparing = said.filter((each) => each.condition === 'preparing').map((each) => each.sensor)
  const nothingYet = said.every((each) => each.condition === 'preparing')
  if (nothingYet) return { kind: 'preparing', preparing }
  if (unwatched.length > 0 || ourFault) return { kind: 'not-watching', unwatched, ourFault }
  if (input.toSee > 0) return { kind: 'see', count: input.toSee }
  if (said.some((each) => each.condition === 'preparing' && each.sensor.required)) {
    return { kind: 'preparing', preparing }
  }
  const stale = staleThings(said, now)
  if (stale.length > 0) return { kind: 'not-watching', unwatched: stale, ourFault: false }
  return { kind: 'calm', proof: oldestProof(input, said) }
}

type Said = { readonly sensor: WatchedSensor; readonly condition: Condition }

const isPc = (kind: SensorClass): boolean => kind === 'pc' || kind === 'laptop'

/** Required things that are not watched; PCs only once they are more than a third of the PCs (ux.md §6). */
function unwatchedThings(said: readonly Said[]): WatchedSensor[] {
  const silent = said.filter((each) => each.condition === 'unwatched')
  const things = silent.filter((each) => each.sensor.required && !isPc(each.sensor.class))
  const pcs = said.filter((each) => isPc(each.sensor.class))
  const silentPcs = silent.filter((each) => isPc(each.sensor.class))
  const tooMany = silentPcs.length * 3 > pcs.length
  return [...things, ...(tooMany ? silentPcs : [])].map((each) => each.sensor)
}

function heardSome(said: readonly Said[]): boolean {
  return said.some((each) => each.condition !== 'preparing')
}

/** The sensors that "no trouble" stands on: what is required; in a company with nothing but PCs, the newest of them. */
function proving(said: readonly Said[]): WatchedSensor[] {
  const things = said.map((each) => each.sensor).filter((each) => each.required && !isPc(each.class))
  if (things.length > 0) return things
  const newestFirst = said
    .map((each) => each.sensor)
    .sort((a, b) => (b.lastReceivedAt ?? 0) - (a.lastReceivedAt ?? 0))
  return newestFirst.slice(0, 1)
}

/** Suspect, but not yet beyond its limit: too old a proof for green all the same. */
function staleThings(said: readonly Said[], now: Instant): WatchedSensor[] {
  return proving(said).filter((each) => now - (each.lastReceivedAt ?? 0) > proofLimit)
}

function oldestProof(input: WatchInput, said: readonly Said[]): Instant {
  const beats = proving(said).map((each) => each.lastReceivedAt ?? 0)
  return Math.min(...beats, ...input.canaries.map((sent) => sent ?? 0))
}
