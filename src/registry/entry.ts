import type { Instant } from '../base/time.ts'

/** ★ or ★★ of SECURITY ACTION. */
export type Level = 'SA1' | 'SA2'
export type EntryStatus = 'active' | 'suspended' | 'stopped'

/** Editions of the basic items: five of 2016 or six of 2026. */
export type PledgeEdition = 'jou5' | 'jou6'

/** The register that this installation runs; at most one. */
export type Registry = {
  /** The organisation that runs it. */
  readonly id: string
  /** Two to five capital letters; every number of the register begins with it. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly levels: readonly Level[]
  /** Whether a person looks at each application before it gets a number. */
  readonly review: boolean
  readonly terms: string
  /** Name of the licence under which the data may be used, e.g. CC BY 4.0. */
  readonly dataLicence: string
  readonly dataLicenceUrl: string | undefined
  /** Phone, mail or address of whoever answers for the register. */
  readonly contact: string
  /** Absent until it takes applications. */
  readonly openedAt: Instant | undefined
}

/** One line of the register: public columns and nothing else. Absent values are undefined. */
export type Entry = {
  readonly number: string
  readonly name: string
  readonly nameKana: string | undefined
  /** 13 digits; sole proprietors have none. */
  readonly corporateNumber: string | undefined
  readonly soleProprietor: boolean
  /** Code of JIS X 0401, `01` to `47`. */
  readonly prefecture: string
  /** City, ward, town or village. */
  readonly town: string | undefined
  /** Major class A to T of the Japan Standard Industrial Classification. */
  readonly industry: string | undefined
  readonly level: Level
  readonly pledgeEdition: PledgeEdition
  /** `YYYY-MM-DD` in Japan. */
  readonly declaredOn: string
  readonly selfCheckOn: string | undefined
  readonly policyUrl: string | undefined
  readonly status: EntryStatus
  readonly statusSince: Instant
  /** The number that this entry took the place of, and the one that took its place. */
  readonly replaces: string | undefined
  readonly replacedBy: string | undefined
  readonly updatedAt: Instant
}

/** What a new entry says; the register adds its number and state. */
export type NewEntry = Omit<Entry, 'number' | 'status' | 'statusSince' | 'replacedBy' | 'updatedAt'>

/** Which side made a change. Persons are named in the trail, never in public. */
export type ChangedBy = 'company' | 'registry' | 'system'

export type EntryEventKind =
  | 'entered'
  | 'level_changed'
  | 'details_changed'
  | 'suspended'
  | 'resumed'
  | 'stopped'
  | 'replaced'

/** One row of an entry's public history. */
export type EntryEvent = {
  readonly kind: EntryEventKind
  readonly at: Instant
  readonly by: ChangedBy
  /** The level from then on. */
  readonly level: Level
  /** Public words of the register, e.g. why it was suspended. */
  readonly reason: string | undefined
}
