import type { Instant } from '../base/time.ts'
import type { Parsed } from '../source/index.ts'

/** What one stored line says of the machine that it is about. */
export type Sign = {
  readonly signal: 'endpoint_patch' | 'endpoint_protection' | 'backup_job' | 'web_filter'
  readonly state: 'ok' | 'bad'
  readonly at: Instant
  /** The machine's name in the line; empty where the line names none. */
  readonly host: string
}

/** Pieces of text of which a line that says anything must hold one; what the database looks for. */
export const telling = [
  'WindowsUpdateClient',
  'Microsoft-Windows-Windows Defender',
  'Microsoft-Windows-Backup',
] as const

/** The same for a FortiGate's web filter, of which there may be very many: only the newest of each is read. */
export const webFilterWorks = [
  'eventtype=ftgd_blk',
  'eventtype=ftgd_allow',
  'eventtype="ftgd_blk"',
  'eventtype="ftgd_allow"',
] as const
export const webFilterRefused = ['error="invalid license"'] as const

/**
 * Reads the sign out of a parsed line.
 *
 * - Windows Update, channel System, event 19 “Installation Successful”; definitions and apps, which arrive daily, do not
 *   count, nor does .NET.
 * - Microsoft Defender: 2000 definitions updated, 5000 protection on, 1150 healthy; 5001, 5010, 5012 protection off.
 * - Windows Server Backup: 4 finished.
 * - FortiGate web filter: a rated address (`ftgd_blk`, `ftgd_allow`); `ftgd_err` with “invalid license” (FortiOS
 *   administration guide, FortiGuard error logs).
 */
export function signOf(parsed: Parsed, receivedAt: Instant): Sign | undefined {
  const what = parsed.source === 'windows' ? windowsSign(parsed) : fortigateSign(parsed)
  if (what === undefined) return undefined
  // A clock that runs ahead proves nothing of tomorrow.
  return {
    ...what,
    at: Math.min(parsed.eventTime, receivedAt),
    host: (parsed.common.host ?? '').toLowerCase(),
  }
}

type What = Pick<Sign, 'signal' | 'state'>

const defenderOk: readonly unknown[] = [1150, 2000, 5000]
const defenderOff: readonly unknown[] = [5001, 5010, 5012]

function windowsSign({ fields }: Parsed): What | undefined {
  const { Provider_Name: provider, EventID: id } = fields
  if (provider === 'Microsoft-Windows-WindowsUpdateClient' && id === 19) {
    return isSecurityUpdate(titleOf(fields)) ? { signal: 'endpoint_patch', state: 'ok' } : undefined
  }
  if (provider === 'Microsoft-Windows-Windows Defender') {
    if (defenderOk.includes(id)) return { signal: 'endpoint_protection', state: 'ok' }
    if (defenderOff.includes(id)) return { signal: 'endpoint_protection', state: 'bad' }
  }
  if (provider === 'Microsoft-Windows-Backup' && id === 4) return { signal: 'backup_job', state: 'ok' }
  return undefined
}

/** The title of the update; some collectors keep only the message, whose last part it is. */
function titleOf(fields: Parsed['fields']): string {
  for (const name of ['updateTitle', 'UpdateTitle', 'Message'])
    if (typeof fields[name] === 'string') return fields[name]
  return ''
}

const security =
  /cumulative update|security update|monthly (?:quality )?rollup|累積更新プログラム|セキュリティ更新プログラム|セキュリティ更新|マンスリー ?ロールアップ/i
const other =
  /\.NET|defender|definition|security intelligence|セキュリティ ?インテリジェンス|定義|antimalware|マルウェア対策/i

/** Whether a title is of the monthly update that closes holes in Windows. */
export function isSecurityUpdate(title: string): boolean {
  return security.test(title) && !other.test(title)
}

function fortigateSign({ source, fields }: Parsed): What | undefined {
  if (source !== 'fortigate' || fields['subtype'] !== 'webfilter') return undefined
  const kind = fields['eventtype']
  if (kind === 'ftgd_blk' || kind === 'ftgd_allow') return { signal: 'web_filter', state: 'ok' }
  if (kind === 'ftgd_err' && fields['error'] === 'invalid license')
    return { signal: 'web_filter', state: 'bad' }
  return undefined
}
