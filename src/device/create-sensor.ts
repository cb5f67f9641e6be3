import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { type Actor, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { moment, newId, newSecret, type Pool, type Tx, within } from '../store/index.ts'
import { type Device, type DeviceClass, deviceClasses, type Sensor } from './device.ts'
import type { SensorClass } from './rhythm.ts'
import { findDevice, findSensor, retireDevice, saveDevice, updateDevice } from './store.ts'

/** What is asked for a new sensor. */
export type SensorInput = {
  readonly company: string
  readonly device?: string | undefined
  readonly name: string
  readonly source: Sensor['source']
  readonly class: SensorClass
  readonly required: boolean
  /** Seconds; absent = to be learned. */
  readonly cadenceSeconds?: number | undefined
}

const scopeOf = (actor: Actor) => ({ organisations: actor.scope, person: actor.person })

/** The provider's people keep sensors; only its administrators hand out credentials. */
function mustKeepSensors(actor: Actor): void {
  if (actor.kind !== 'provider' || actor.role !== 'admin') throw fault('NOT_FOUND')
}

/** Joins a sensor to a company. @returns its id. Faults: BAD_INPUT with the field, NOT_FOUND. */
export async function createSensor(pool: Pool, actor: Actor, input: SensorInput): Promise<string> {
  mustKeepSensors(actor)
  if (!actor.scope.includes(input.company)) throw fault('NOT_FOUND')
  const name = input.name.trim()
  if (name === '' || name.length > 60) throw fault('BAD_INPUT', { field: 'name' })
  const id = newId()
  await within(pool, scopeOf(actor), async (tx) => {
    if (input.device !== undefined) await mustBeDeviceOf(tx, input.company, input.device)
    await insertSensor(tx, { ...input, id, name, by: actor.person })
    await record(tx, actor, { organisation: input.company, act: 'sensor.created', subject: id })
  })
  return id
}

/** Writes a sensor row; `by` null = made by the program. */
export async function insertSensor(
  tx: Tx,
  sensor: SensorInput & { readonly id: string; readonly by: string | null; readonly canary?: string },
): Promise<void> {
  await tx.run(
    `insert into sensor (id, company_id, device_id, name, source, class, required, cadence_seconds, cadence_source, created_by, canary)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      sensor.id,
      sensor.company,
      sensor.device ?? null,
      sensor.name,
      sensor.source,
      sensor.class,
      sensor.required,
      sensor.cadenceSeconds ?? null,
      sensor.cadenceSeconds === undefined ? null : 'set',
      sensor.by,
      sensor.canary ?? null,
    ],
  )
}

async function mustBeDeviceOf(tx: Tx, company: string, device: string): Promise<void> {
  const found = await findDevice(tx, device)
  if (found?.company !== company) throw fault('BAD_INPUT', { field: 'device' })
}

/** The digest under which a token is kept: 192 random bits need no salt or stretching. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Makes a new token for a sensor; it is returned once and never shown again. Faults: NOT_FOUND. */
export async function issueToken(
  pool: Pool,
  actor: Actor,
  { sensor, now }: { readonly sensor: string; readonly now: Instant },
): Promise<string> {
  mustKeepSensors(actor)
  return within(pool, scopeOf(actor), async (tx) => {
    const found = await findSensor(tx, sensor, now)
    if (!found) throw fault('NOT_FOUND')
    const token = await insertToken(tx, { company: found.company, sensor, by: actor.person })
    await record(tx, actor, { organisation: found.company, act: 'sensor.token-issued', subject: sensor })
    return token
  })
}

/** Writes a new token and returns it in clear. */
export async function insertToken(
  tx: Tx,
  of: { readonly company: string; readonly sensor: string; readonly by: string | null },
): Promise<string> {
  const token = `mm_${newSecret()}`
  await tx.run(
    'insert into sensor_token (id, company_id, sensor_id, hash, hint, created_by) values ($1, $2, $3, $4, $5, $6)',
    [newId(), of.company, of.sensor, tokenHash(token), token.slice(0, 7), of.by],
  )
  return token
}

/**
 * Agrees an address and one of our receiving ports with a sensor: lines from there are its lines.
 * Faults: BAD_INPUT with the field (also when another sensor of the installation has it), NOT_FOUND.
 */
export async function agreeAddress(
  pool: Pool,
  actor: Actor,
  agreed: { readonly sensor: string; readonly address: string; readonly port: number; readonly now: Instant },
): Promise<void> {
  mustKeepSensors(actor)
  const address = agreed.address.normalize('NFKC').trim()
  if (isIP(address) === 0) throw fault('BAD_INPUT', { field: 'address' })
  if (!Number.isInteger(agreed.port) || agreed.port < 1 || agreed.port > 65_535)
    throw fault('BAD_INPUT', { field: 'port' })
  try {
    await within(pool, scopeOf(actor), async (tx) => {
      const found = await findSensor(tx, agreed.sensor, agreed.now)
      if (!found) throw fault('NOT_FOUND')
      await insertAddress(tx, {
        company: found.company,
        sensor: agreed.sensor,
        address,
        port: agreed.port,
        by: actor.person,
      })
      await record(tx, actor, {
        organisation: found.company,
        act: 'sensor.address-agreed',
        subject: agreed.sensor,
      })
    })
  } catch (thrown) {
    if (isUniqueViolation(thrown)) throw fault('BAD_INPUT', { field: 'address', reason: 'taken' })
    throw thrown
  }
}

function isUniqueViolation(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === '23505'
}

/** Writes an agreed address. */
export async function insertAddress(
  tx: Tx,
  agreed: {
    readonly company: string
    readonly sensor: string
    readonly address: string
    readonly port: number
    readonly by: string | null
  },
): Promise<void> {
  await tx.run(
    'insert into sensor_address (id, company_id, sensor_id, address, port, created_by) values ($1, $2, $3, $4, $5, $6)',
    [newId(), agreed.company, agreed.sensor, agreed.address, agreed.port, agreed.by],
  )
}

/** Takes a token or an agreed address out of force. Faults: NOT_FOUND. */
export async function revokeCredential(
  pool: Pool,
  actor: Actor,
  credential: { readonly sensor: string; readonly id: string; readonly now: Instant },
): Promise<void> {
  mustKeepSensors(actor)
  await within(pool, scopeOf(actor), async (tx) => {
    const found = await findSensor(tx, credential.sensor, credential.now)
    if (!found) throw fault('NOT_FOUND')
    const values = [credential.id, credential.sensor, moment(credential.now)]
    let ended = 0
    for (const table of ['sensor_token', 'sensor_address']) {
      ended += await tx.run(
        `update ${table} set revoked_at = coalesce(revoked_at, $3) where id = $1 and sensor_id = $2`,
        values,
      )
    }
    if (ended === 0) throw fault('NOT_FOUND')
    await record(tx, actor, {
      organisation: found.company,
      act: 'sensor.credential-revoked',
      subject: credential.sensor,
    })
  })
}

/** What is asked for a device; `knownAs` are names and addresses in log lines. */
export type DeviceInput = {
  readonly nickname: string
  readonly class: string
  readonly site?: string | undefined
  readonly place?: string | undefined
  readonly person?: string | undefined
  readonly knownAs?: readonly string[] | undefined
}

/** Adds a device to a company. Provider's people, or the company's owner. Faults: BAD_INPUT, NOT_FOUND. */
export async function createDevice(
  pool: Pool,
  actor: Actor,
  input: DeviceInput & { readonly company: string },
): Promise<string> {
  const { company } = input
  if (!actor.scope.includes(company) || actor.role === 'member') throw fault('NOT_FOUND')
  const checked = checkDevice(input)
  const id = newId()
  await within(pool, scopeOf(actor), async (tx) => {
    await saveDevice(tx, { ...checked, id, company })
    await record(tx, actor, { organisation: company, act: 'device.created', subject: id })
  })
  return id
}

/** Changes nickname, place, person … of a device. Faults: BAD_INPUT, NOT_FOUND. */
export async function changeDevice(
  pool: Pool,
  actor: Actor,
  input: DeviceInput & { readonly id: string },
): Promise<void> {
  const { id } = input
  if (actor.role === 'member') throw fault('NOT_FOUND')
  const checked = checkDevice(input)
  await within(pool, scopeOf(actor), async (tx) => {
    const current = await findDevice(tx, id)
    if (!current) throw fault('NOT_FOUND')
    const knownAs = input.knownAs === undefined ? current.knownAs : checked.knownAs
    await updateDevice(tx, { ...current, ...checked, site: checked.site ?? current.site, knownAs })
    await record(tx, actor, { organisation: current.company, act: 'device.changed', subject: id })
  })
}

/** Takes a device out of use, with its sensors. A signed-in owner or the provider's administrator. Faults: NOT_FOUND. */
export async function endDevice(
  pool: Pool,
  actor: Actor,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<void> {
  if (actor.role !== 'owner' && actor.role !== 'admin') throw fault('NOT_FOUND')
  await within(pool, scopeOf(actor), async (tx) => {
    const current = await findDevice(tx, id)
    if (!current) throw fault('NOT_FOUND')
    await retireDevice(tx, id, { person: actor.person, at: now })
    await tx.run('update sensor set retired_at = $2 where device_id = $1 and retired_at is null', [
      id,
      moment(now),
    ])
    await record(tx, actor, { organisation: current.company, act: 'device.retired', subject: id })
  })
}

function checkDevice(input: DeviceInput): Omit<Device, 'id' | 'company' | 'retiredAt'> {
  const nickname = input.nickname.trim()
  if (nickname === '' || [...nickname].length > 8) throw fault('BAD_INPUT', { field: 'nickname' })
  const wanted = deviceClasses.find((each): each is DeviceClass => each === input.class)
  if (!wanted) throw fault('BAD_INPUT', { field: 'class' })
  return {
    nickname,
    class: wanted,
    site: input.site || null,
    place: input.place?.trim() || null,
    person: input.person?.trim() || null,
    knownAs: (input.knownAs ?? []).map((name) => name.trim().toLowerCase()).filter((name) => name !== ''),
  }
}
