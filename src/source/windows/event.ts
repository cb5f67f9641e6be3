/** A Windows event after its shape is taken off: what Event/System says, and the named data. */
export type WindowsEvent = {
  readonly system: System
  /** EventData or UserData, names as the source has them. */
  readonly data: Readonly<Record<string, unknown>>
  /** What else the collector wrote. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly message?: unknown
  /** What is not as it should be, in plain English. */
  readonly odd: readonly string[]
}

export type System = {
  readonly channel?: unknown
  readonly provider?: unknown
  readonly providerGuid?: unknown
  readonly eventId?: unknown
  readonly computer?: unknown
  readonly recordId?: unknown
  /** As the collector wrote it; several in the order in which they are believed. */
  readonly times: readonly unknown[]
  readonly level?: unknown
  readonly task?: unknown
  readonly opcode?: unknown
  readonly keywords?: unknown
  readonly version?: unknown
  readonly processId?: unknown
  readonly threadId?: unknown
  readonly userId?: unknown
}
