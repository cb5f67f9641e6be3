/** Names of the log sources this edition understands; one folder each. */
export type SourceName = 'fortigate' | 'windows' | 'sshd' | 'syslog'

/** What the receiver knows of a line besides its bytes. */
export type Hints = {
  /** Our clock when the line arrived, epoch milliseconds. */
  readonly receivedAt: number
  /** Offset of the device's clock from UTC in minutes where the line names none; Japan is 540. */
  readonly zoneMinutes: number
}

/** Labels that route an event to rules, in the words of Sigma's `logsource`. */
export type Labels = {
  readonly product?: string
  /** An event may belong to several, e.g. Sysmon 13 = registry_set and registry_event. */
  readonly categories: readonly string[]
  readonly services: readonly string[]
}

/**
 * The small common set, beside the source's own names for Sigma. Absent where the line does not say it.
 * Times are epoch milliseconds, sizes are bytes, `severity` is the product's own grade 1 to 5 (5 worst) and is
 * never shown to an owner.
 */
export type Common = {
  readonly src_ip?: string
  readonly src_port?: number
  readonly dst_ip?: string
  readonly dst_port?: number
  readonly proto?: string
  readonly action?: string
  readonly severity?: number
  readonly rule_id?: string
  readonly rule_name?: string
  readonly user?: string
  /** The machine the line is about, as the line names it (host name or device name). */
  readonly host?: string
  readonly url?: string
  readonly file?: string
  readonly hash?: string
  readonly bytes_in?: number
  readonly bytes_out?: number
  readonly category?: string
}

export type ParseStatus = 'ok' | 'partial' | 'failed'

/** One line after its source has read it. */
export type Parsed = {
  readonly source: SourceName
  readonly status: ParseStatus
  /** Why a line is partial or failed, in plain English; shown to the provider. */
  readonly reason?: string
  /** Epoch milliseconds; `receivedAt` where the line holds no time. */
  readonly eventTime: number
  readonly timeSource: 'event' | 'header' | 'received'
  readonly labels: Labels
  readonly common: Common
  /** The source's own names, as Sigma's taxonomy has them for its log source. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** One log source: how it is recognised and read. Both functions are pure, bounded in time and never throw. */
export type Source = {
  readonly name: SourceName
  /** Whether a line looks like this source's. Cheap; called for every line of an unfixed sensor. */
  readonly recognises: (line: string) => boolean
  readonly read: (line: string, hints: Hints) => Parsed
}
