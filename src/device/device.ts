import type { Instant } from '../base/time.ts'
import type { Condition, SensorClass } from './rhythm.ts'

export const deviceClasses = ['utm', 'router', 'server', 'nas', 'pc', 'laptop', 'printer', 'other'] as const
export type DeviceClass = (typeof deviceClasses)[number]

/** A named thing of a company: nickname, place and person are how an owner knows it. */
export type Device = {
  readonly id: string
  readonly company: string
  readonly site: string | null
  readonly nickname: string
  readonly class: DeviceClass
  readonly place: string | null
  readonly person: string | null
  /** Names and addresses under which log lines speak of it, lower case. */
  readonly knownAs: readonly string[]
  readonly retiredAt: Instant | null
}

/** A credential under which lines arrive, with what has been heard under it. */
export type Sensor = {
  readonly id: string
  readonly company: string
  readonly device: string | null
  readonly deviceNickname: string | null
  readonly deviceClass: DeviceClass | null
  readonly name: string
  readonly source: 'auto' | 'fortigate' | 'windows' | 'sshd' | 'syslog'
  readonly class: SensorClass
  readonly required: boolean
  readonly cadenceSeconds: number | null
  readonly cadenceSource: 'learned' | 'set' | null
  readonly createdAt: Instant
  readonly firstReceivedAt: Instant | null
  readonly lastReceivedAt: Instant | null
  readonly lastEventAt: Instant | null
  readonly lines: number
  readonly partial: number
  readonly unreadable: number
  readonly late: number
  readonly skewMs: number | null
  readonly skewSince: Instant | null
}

/** A sensor and what may truthfully be said of it now. */
export type HeardSensor = Sensor & { readonly condition: Condition }

/** How lines of a sensor prove where they come from, without any secret. */
export type Credential =
  | { readonly kind: 'token'; readonly id: string; readonly hint: string; readonly createdAt: Instant }
  | {
      readonly kind: 'address'
      readonly id: string
      readonly address: string
      readonly port: number
      readonly createdAt: Instant
    }
