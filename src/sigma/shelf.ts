import type { CorrelationRule } from './correlation.ts'
import type { Group } from './group.ts'

export type ShelfLimits = {
  readonly groupsPerCompany: number
  readonly entriesPerCompany: number
  readonly groupsInAll: number
}

/** What is held, and what was not counted in and why. Dropping can only count too little, never too much. */
export type Counts = {
  readonly groups: number
  readonly entries: number
  /** Groups forgotten because a company, or all together, held too many. */
  readonly evicted: number
  /** Hits behind their group's newest by more than the lateness. */
  readonly lateDropped: number
  /** Hits without a field the correlation groups by or counts. */
  readonly groupMissing: number
  /** Hits dropped from a group that held too many. */
  readonly shrunk: number
  /** Hits of an event that had been counted already. */
  readonly repeated: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The groups of one company, least recently touched first. */
export type Shelf = { readonly groups: Map<string, Group>; entries: number }

type Wanted = { readonly rule: CorrelationRule; readonly key: string; readonly make: () => Group }

export type Shelves = {
  readonly byCompany: Map<string, Shelf>
  readonly counted: Mutable<Omit<Counts, 'groups' | 'entries' | 'evicted'>>
  /** The group of a hit, made when new, and now the most recently touched of its company. */
  readonly take: (company: string, wanted: Wanted) => Group
  /** Notes how a group grew, and makes room when a limit is passed. */
  readonly settle: (company: string, change: { readonly group: Group; readonly grown: number }) => void
  readonly sweep: (now: number, lateness: number) => number
  readonly clear: () => void
  readonly counts: () => Counts
}

/** How a group is named inside its company. */
function groupName(ruleId: string, key: string): string {
  return `${ruleId}\n${key}`
}

function evictOldest(shelf: Shelf, spare: Group): boolean {
  for (const [name, group] of shelf.groups) {
    if (group === spare) continue
    shelf.groups.delete(name)
    shelf.entries -= group.entries.length
    return true
  }
  return false
}

function sizeOf(byCompany: ReadonlyMap<string, Shelf>): { groups: number; entries: number } {
  const size = { groups: 0, entries: 0 }
  for (const shelf of byCompany.values()) {
    size.groups += shelf.groups.size
    size.entries += shelf.entries
  }
  return size
}

function largest(byCompany: ReadonlyMap<string, Shelf>): Shelf | undefined {
  let found: Shelf | undefined
  for (const shelf of byCompany.values()) {
    if (found === undefined || shelf.groups.size > found.groups.size) found = shelf
  }
  return found
}

function sweepShelf(shelf: Shelf, now: number, lateness: number): number {
  let swept = 0
  for (const [name, group] of shelf.groups) {
    const newest = group.entries.at(-1)?.at ?? Number.NEGATIVE_INFINITY
    if (newest > now - group.rule.timespan - lateness) continue
    shelf.groups.delete(name)
    shelf.entries -= group.entries.length
    swept++
  }
  return swept
}

type Room = {
  readonly byCompany: Map<string, Shelf>
  readonly limits: ShelfLimits
  evicted: number
  inAll: number
}

function evict(room: Room, shelf: Shelf, spare: Group): boolean {
  if (!evictOldest(shelf, spare)) return false
  room.inAll--
  room.evicted++
  return true
}

function makeRoom(room: Room, shelf: Shelf, group: Group): void {
  const { limits, byCompany } = room
  const over = (): boolean =>
    shelf.groups.size > limits.groupsPerCompany || shelf.entries > limits.entriesPerCompany
  while (over() && evict(room, shelf, group)) continue
  if (room.inAll <= limits.groupsInAll) return
  // The company that holds most gives way, a little more than needed so that the search is rare.
  const giver = largest(byCompany)
  for (let left = 1 + Math.floor(limits.groupsInAll / 100); giver !== undefined && left > 0; left--) {
    if (!evict(room, giver, group)) return
  }
}

function shelfOf(room: Room, company: string): Shelf {
  const known = room.byCompany.get(company)
  if (known !== undefined) return known
  const shelf: Shelf = { groups: new Map(), entries: 0 }
  room.byCompany.set(company, shelf)
  return shelf
}

function takeGroup(room: Room, company: string, { rule, key, make }: Wanted): Group {
  const { groups } = shelfOf(room, company)
  const name = groupName(rule.id, key)
  const known = groups.get(name)
  const group = known ?? make()
  if (known === undefined) room.inAll++
  else groups.delete(name)
  groups.set(name, group)
  return group
}

/** Makes the place where groups are kept: company first, each company within its own limits. */
export function makeShelves(limits: ShelfLimits): Shelves {
  const room: Room = { byCompany: new Map(), limits, evicted: 0, inAll: 0 }
  const { byCompany } = room
  const counted = { lateDropped: 0, groupMissing: 0, shrunk: 0, repeated: 0 }
  return {
    byCompany,
    counted,
    take: (company, wanted) => takeGroup(room, company, wanted),
    settle: (company, { group, grown }) => {
      const shelf = shelfOf(room, company)
      shelf.entries += grown
      makeRoom(room, shelf, group)
    },
    sweep: (now, lateness) => {
      let swept = 0
      for (const [company, shelf] of byCompany) {
        swept += sweepShelf(shelf, now, lateness)
        if (shelf.groups.size === 0) byCompany.delete(company)
      }
      room.inAll -= swept
      return swept
    },
    clear: () => {
      byCompany.clear()
      room.inAll = 0
    },
    counts: () => ({ ...sizeOf(byCompany), evicted: room.evicted, ...counted }),
  }
}
