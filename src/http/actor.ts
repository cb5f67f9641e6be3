export type Lang = 'ja' | 'en'
export type Role = 'owner' | 'member' | 'admin' | 'analyst'

/** Who asks: a person acting for one organisation in one role, and the organisations that this lets them see. */
export type Actor = {
  readonly person: string
  readonly organisation: string
  readonly organisationName: string
  readonly kind: 'company' | 'provider'
  readonly role: Role
  readonly name: string
  readonly language: Lang
  /** The own organisation and, for a provider, the companies under contract. */
  readonly scope: readonly string[]
  /** The code a company says on the telephone, e.g. M-0427. */
  readonly code: string | undefined
}

/** Whose installation this is. */
export type House = {
  /** Told on every page. */
  readonly practice: boolean
  readonly provider: { readonly id: string; readonly name: string }
  readonly deskPhone: string
  readonly deskHours: string
}

/** Where a person begins after signing in. */
export function homeOf(actor: Pick<Actor, 'kind'>): string {
  return actor.kind === 'company' ? '/home' : '/queue'
}
