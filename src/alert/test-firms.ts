import { type Instant, second } from '../base/time.ts'
import { type Detector, installRules, loadRuleBook, makeDetector, type RuleBook } from '../detect/index.ts'
import { type Appender, makeAppender } from '../event/index.ts'
import { newId, quiet } from '../store/index.ts'
import type { TestDatabase } from '../store/test-database.ts'
import { raiseFindings } from './raise.ts'

/** A firm for tests with an UTM, a computer and a NAS, watched by one provider. */
export type Firm = {
  readonly company: string
  readonly provider: string
  readonly utm: string
  readonly windows: string
  readonly keiri: string
  readonly nas: string
}

/** 23 November 2026, 10:00 in Japan. */
export const morning = Date.UTC(2026, 10, 23, 1)

export async function plantProvider(
  db: TestDatabase,
  name: string,
): Promise<{ provider: string; analyst: string }> {
  const provider = newId()
  const analyst = newId()
  await db.superuser.query("insert into organisation (id, kind, name) values ($1, 'provider', $2)", [
    provider,
    name,
  ])
  await db.superuser.query(
    "insert into person (id, organisation_id, role, name, email) values ($1, $2, 'analyst', '高橋 由紀', $3)",
    [analyst, provider, `${analyst}@minato.example`],
  )
  return { provider, analyst }
}

/** Every firm has the same machines under the same names and addresses, so that only the company tells them apart. */
export async function plantFirm(
  db: TestDatabase,
  of: { readonly provider: string; readonly name: string; readonly code: string },
): Promise<Firm> {
  const [company, utm, windows, keiri, nas, gate] = [newId(), newId(), newId(), newId(), newId(), newId()]
  const run = (text: string, values: unknown[]): Promise<unknown> => db.superuser.query(text, values)
  await run("insert into organisation (id, kind, name) values ($1, 'company', $2)", [company, of.name])
  await run('insert into company (id, code) values ($1, $2)', [company, of.code])
  await run("insert into relation (id, kind, from_id, to_id) values ($1, 'contract', $2, $3)", [
    newId(),
    of.provider,
    company,
  ])
  const devices: readonly [string, string, string, string[]][] = [
    [keiri, '経理-02', 'pc', ['keiri-02', '192.168.27.52']],
    [nas, 'NAS-01', 'nas', ['nas-01', '192.168.27.10']],
    [gate, '会社の入口', 'utm', ['fgt-yamada', '192.168.27.1']],
  ]
  for (const [id, nickname, kind, names] of devices) {
    const values = [id, company, nickname, kind, names]
    await run(
      'insert into device (id, company_id, nickname, class, known_as) values ($1, $2, $3, $4, $5)',
      values,
    )
  }
  const sensors: readonly [string, string, string, string, string][] = [
    [utm, gate, '会社の入口（UTM）', 'fortigate', 'utm'],
    [windows, keiri, '経理-02の記録', 'windows', 'pc'],
  ]
  for (const [id, device, name, source, kind] of sensors) {
    const values = [id, company, device, name, source, kind]
    await run(
      'insert into sensor (id, company_id, device_id, name, source, class) values ($1, $2, $3, $4, $5, $6)',
      values,
    )
  }
  return { company, provider: of.provider, utm, windows, keiri, nas }
}

export const book: RuleBook = loadRuleBook(installRules(), morning)

export function detectorOn(db: TestDatabase, now: () => Instant, more: object = {}): Detector {
  const pause = (): Promise<void> => Promise.resolve()
  return makeDetector({
    pool: db.store.detect,
    book,
    raise: raiseFindings,
    onCanary: () => Promise.resolve(),
    log: quiet,
    now,
    pause,
    ...more,
  })
}

export function appenderOn(db: TestDatabase): Appender {
  return makeAppender(db.store.ingest, { log: quiet })
}

/** Keeps lines of one sensor as one batch. */
export function sent(
  appender: Appender,
  from: { readonly company: string; readonly sensor: string },
  { lines, at }: { readonly lines: readonly string[]; readonly at: Instant },
): Promise<unknown> {
  return appender.append({
    company: from.company,
    sensor: from.sensor,
    transport: 'syslog-tcp',
    peer: '127.0.0.1',
    receivedAt: at,
    lines: lines.map((raw) => ({ raw, truncated: false })),
  })
}

function head(at: Instant): string {
  return `<189>devname="FGT-YAMADA" devid="FGT40F" eventtime=${at}000000 tz="+0900"`
}

/** The gateway drops, or only sees, a call to a control server. */
export function botnet(at: Instant, of: { action?: string; from?: string } = {}): string {
  return `${head(at)} logid="0422016400" type="utm" subtype="ips" eventtype="botnet" level="alert" severity="critical" srcip=${of.from ?? '192.168.27.52'} srcport=50001 dstip=203.0.113.66 dstport=443 action="${of.action ?? 'dropped'}" proto=6 attack="Test.Botnet" direction="outgoing"`
}

export function virus(at: Instant, of: { action: string; from: string }): string {
  return `${head(at)} logid="0211008192" type="utm" subtype="virus" eventtype="infected" level="warning" action="${of.action}" srcip=${of.from} dstip=198.51.100.80 dstport=80 filename="seikyu.zip" virus="EICAR_TEST_FILE"`
}

export function vpnRefused(at: Instant, from = '198.51.100.23'): string {
  return `${head(at)} logid="0101039426" type="event" subtype="vpn" level="alert" action="ssl-login-fail" remip=${from} user="admin" reason="sslvpn_login_permission_denied"`
}

export function vpnEntered(at: Instant, from = '198.51.100.23'): string {
  return `${head(at)} logid="0101039424" type="event" subtype="vpn" level="information" action="tunnel-up" tunneltype="ssl-web" remip=${from} user="suzuki"`
}

export function traffic(at: Instant): string {
  return `${head(at)} logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=192.168.27.52 dstip=203.0.113.10 dstport=443 action="close" sentbyte=1800 rcvdbyte=24000`
}

/** Refused tries, then one that gets in, with everyday lines between: each line a batch of its own. */
export function breakIn(from: Instant): { at: Instant; line: string }[] {
  const tries = Array.from({ length: 10 }, (_, i) => from + i * 20 * second)
  const lines = tries.flatMap((at) => [
    { at, line: vpnRefused(at) },
    { at: at + second, line: traffic(at + second) },
  ])
  const last = from + 220 * second
  return [...lines, { at: last, line: vpnEntered(last) }, { at: last + second, line: botnet(last + second) }]
}
