import { hostname } from 'node:os'
import { type Instant, minute, second } from '../base/time.ts'
import { type Doors, insertToken, makeSender, type Sender } from '../device/index.ts'
import { type Log, type Pool, within } from '../store/index.ts'
import { type PracticeCompany, type PracticeSensor, practiceCompanies, yamada } from './cast.ts'
import { type DayLine, dayAtYamada } from './day.ts'
import { nasText, nxlogLine, sshdText, tokenFrame, trafficLine, winlogbeatLine } from './lines.ts'

/** The practice that is being played: devices with a natural rhythm, and the sample day. */
export type Practice = {
  /** Plays "a day at 山田製作所" from now on; a running one is ended first. */
  startDay(now: Instant): void
  stop(): void
}

type Player = {
  readonly sensor: PracticeSensor
  readonly token: string
}

/**
 * Plays the practice devices through the real receivers. Tokens are issued anew at each start and kept in memory only.
 * @param clock our clock; handed in so that nothing here reads one by itself
 */
export async function playPractice(parts: {
  readonly app: Pool
  readonly provider: string
  readonly doors: Doors
  readonly log: Log
  readonly clock: () => Instant
  /** Whether this is the first start, on which the device that falls silent says its only words. */
  readonly first: boolean
}): Promise<Practice> {
  const players = await readyPlayers(parts.app, parts)
  const sender = makeSender(parts.doors)
  const timers = new Set<NodeJS.Timeout>()
  const startedAt = parts.clock()
  for (const player of players.values()) {
    const silent = player.sensor.fallsSilent === true
    if (silent && !parts.first) continue
    const beat = (): void => {
      if (silent && parts.clock() - startedAt > minute) return
      sayLines(sender, player, [naturalLine(player, parts.clock())]).catch((error: unknown) => {
        parts.log.warn(
          { error: String(error), sensor: player.sensor.key },
          'a practice device could not send',
        )
      })
      timers.add(setTimeout(beat, beatOf(player.sensor)).unref())
    }
    timers.add(setTimeout(beat, 500).unref())
  }
  let day: NodeJS.Timeout[] = []
  return {
    startDay(now) {
      for (const timer of day) clearTimeout(timer)
      day = playDay(dayAtYamada(now), { sender, players, now, log: parts.log })
    },
    stop() {
      for (const timer of [...timers, ...day]) clearTimeout(timer)
      sender.close()
    },
  }
}

/** A rhythm like the device's own: a bit early, a bit late, never beyond what is expected of it. */
function beatOf(sensor: PracticeSensor): number {
  return Math.round(Math.min(sensor.cadenceSeconds, 60) * second * (0.3 + Math.random() * 0.4))
}

async function readyPlayers(
  app: Pool,
  of: { readonly provider: string; readonly doors: Doors },
): Promise<Map<string, Player>> {
  const players = new Map<string, Player>()
  const companies = await within(app, { organisations: [of.provider] }, (tx) =>
    tx.rows<{ id: string }>('select to_id as id from relation where from_id = $1', [of.provider]),
  )
  for (const { id } of companies) {
    await within(app, { organisations: [id] }, async (tx) => {
      const found = await tx.one<{ code: string }>('select code from company where id = $1', [id])
      const company = practiceCompanies.find((each: PracticeCompany) => each.code === found?.code)
      if (!company) return
      await tx.run(
        'update sensor_token set revoked_at = now() where company_id = $1 and created_by is null and revoked_at is null',
        [id],
      )
      for (const sensor of company.sensors) {
        const row = await tx.one<{ id: string }>(
          `select s.id from sensor s join device d on d.id = s.device_id
           where s.company_id = $1 and d.nickname = $2 and s.retired_at is null`,
          [id, sensor.device.nickname],
        )
        if (!row) continue
        const port = sensor.way.kind === 'syslog-udp' ? of.doors.udpPort : of.doors.tcpPort
        await tx.run(
          'update sensor_address set port = $2 where sensor_id = $1 and created_by is null and revoked_at is null',
          [row.id, port],
        )
        const needsToken = sensor.way.kind === 'http' || sensor.way.kind === 'syslog-token'
        const token = needsToken ? await insertToken(tx, { company: id, sensor: row.id, by: null }) : ''
        players.set(sensor.key, { sensor, token })
      }
    })
  }
  return players
}

async function sayLines(sender: Sender, player: Player, lines: readonly string[]): Promise<void> {
  const { way, source } = player.sensor
  if (way.kind === 'http') return sender.http(player.token, source, lines)
  if (way.kind === 'syslog-udp') return sender.udp(way.from, lines)
  return sender.tcp(way.kind === 'syslog-tcp' ? way.from : undefined, lines)
}

function naturalLine(player: Player, at: Instant): string {
  const { sensor, token } = player
  const host = (sensor.device.knownAs[0] ?? hostname()).toUpperCase()
  const address = sensor.device.knownAs[1] ?? '192.168.1.1'
  const signIn = {
    host,
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4634,
    data: { TargetUserName: 'user', LogonType: '3' },
  }
  switch (sensor.voice) {
    case 'fortigate': {
      const inside = address.replace(/\.1$/, `.${50 + Math.floor(Math.random() * 20)}`)
      const sent = 900 + Math.floor(Math.random() * 4_000)
      return trafficLine(at, { host, from: inside, to: '203.0.113.10', sent, received: sent * 8 })
    }
    case 'winlogbeat':
      return winlogbeatLine(at, signIn)
    case 'nxlog':
      return nxlogLine(at, signIn)
    case 'sshd':
      return tokenFrame(at, { token, host: host.toLowerCase(), app: 'sshd', text: sshdText(at) })
    case 'nas':
      return tokenFrame(at, { token, host: host.toLowerCase(), app: 'storaged', text: nasText(at) })
  }
}

/** Sends the past at once, a device at a time, and the rest at its own time. */
function playDay(
  lines: readonly DayLine[],
  by: {
    readonly sender: Sender
    readonly players: Map<string, Player>
    readonly now: Instant
    readonly log: Log
  },
): NodeJS.Timeout[] {
  const groups = Map.groupBy(lines, (line) => `${line.sensor} ${line.sendAt}`)
  return [...groups.values()].map((group) => {
    const first = group[0]
    const player = first && by.players.get(first.sensor)
    const send = (): void => {
      if (!player) return
      const texts = group.map((line) => line.line)
      sayLines(by.sender, player, texts).catch((error: unknown) => {
        by.log.warn(
          { error: String(error), sensor: player.sensor.key },
          'a line of the sample day could not be sent',
        )
      })
    }
    return setTimeout(send, Math.max(0, (first?.sendAt ?? by.now) - by.now)).unref()
  })
}

/** The company of the sample day, for the page that starts it again. */
export const sampleDayCompany = yamada.code
