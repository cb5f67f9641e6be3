import type { Instant } from '../base/time.ts'

/** A watched firm, as its provider and its owner see it. */
export type Company = {
  readonly id: string
  readonly name: string
  /** Spoken on the telephone, e.g. M-0427. */
  readonly code: string
  readonly corporateNumber: string | null
  readonly soleProprietor: boolean
  readonly prefecture: string | null
  readonly trade: string | null
  readonly employees: number | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
}

export type Site = {
  readonly id: string
  readonly company: string
  readonly name: string
  readonly address: string | null
}

export type Person = {
  readonly id: string
  readonly organisation: string
  readonly role: 'owner' | 'member' | 'admin' | 'analyst'
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly language: 'ja' | 'en'
  /** Order in the call chain; null = not called and not mailed. */
  readonly contactOrder: number | null
}
