import { type Event, type FieldPath, type Found, type Leaves, leaves, look } from './look.ts'

/** One event while rules are held against it: each field is looked up once, on first use. */
export type View = {
  readonly event: Event
  /** What stands in the field with this number. */
  readonly find: (slot: number) => Found
  readonly leaves: () => Leaves
}

/** Numbers the fields that rules ask for, so that a look-up is an index and not a name. */
export type Slots = { readonly numbers: Map<string, number>; readonly paths: FieldPath[] }

/** A view over one event. */
export function viewOf(event: Event, slots: Slots): View {
  const found: (Found | undefined)[] = []
  let all: Leaves | undefined
  return {
    event,
    find: (slot) => {
      const known = found[slot]
      if (known !== undefined) return known
      const path = slots.paths[slot]
      if (path === undefined) throw new Error(`BUG: no field has the number ${slot}`)
      const fresh = look(event, path)
      found[slot] = fresh
      return fresh
    },
    leaves: () => {
      all ??= leaves(event)
      return all
    },
  }
}
