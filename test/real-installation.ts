import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { browse, type Browsing, type Page, wordsOf } from './browse.ts'
import { killDatabase } from './kept.ts'
import { freePort, type Launched, launchProgram } from './program.ts'

/** An installation of our own on ports that stay, so that senders find it again after a kill. */
export type Installation = {
  readonly home: string
  readonly tcpPort: number
  readonly udpPort: number
  readonly baseUrl: string
  /** The administrator's browser, signed in by the first run. */
  readonly admin: Browsing
  /** Milliseconds from the start to the answer that every part is ready. */
  readonly starts: { readonly after: string; readonly ms: number }[]
  program(): Launched
  /** SIGKILL of the program, or of its database, too; then started again until every part is ready. */
  killAndStart(what: 'program' | 'everything'): Promise<void>
  /** Asks the program to end, which drains, and gives its exit code; then started again. */
  stopAndStart(signal: 'SIGTERM' | 'SIGINT'): Promise<number | null>
  remove(): Promise<void>
}

/** Waits until `look` gives something; throws with what it saw last when that takes too long. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  patience = 30_000,
): Promise<T> {
  const deadline = Date.now() + patience
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > deadline) throw new Error(`${what}: not within ${patience / 1_000} s`)
    await pause(50)
  }
}

/** Starts an empty installation and makes the provider and its first administrator on the first-run page. */
export async function makeInstallation(): Promise<Installation> {
  const [web, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()]
  // The test runner has a BASE_URL of its own.
  const env = { BASE_URL: '', PORT: `${web}`, SYSLOG_TCP_PORT: `${tcpPort}`, SYSLOG_UDP_PORT: `${udpPort}` }
  let program = await launchProgram({ practice: false, env })
  const { home, baseUrl } = program
  const admin = browse(baseUrl)
  const starts: { after: string; ms: number }[] = []
  const again = async (after: string): Promise<void> => {
    const began = performance.now()
    program = await launchProgram({ practice: false, env, home })
    await untilReady(program)
    starts.push({ after, ms: Math.round(performance.now() - began) })
  }
  const remove = async (): Promise<void> => {
    await program.kill()
    await killDatabase(home)
    await program.remove()
  }
  try {
    await setUp(admin, program)
  } catch (thrown) {
    await remove()
    throw thrown
  }
  return {
    home,
    tcpPort,
    udpPort,
    baseUrl,
    admin,
    starts,
    program: () => program,
    async killAndStart(what) {
      await program.kill()
      if (what === 'everything') await killDatabase(home)
      await again(`kill -9 of ${what}`)
    },
    async stopAndStart(signal) {
      const { child } = program
      child.kill(signal)
      await once(child, 'exit')
      await again(signal)
      return child.exitCode
    },
    remove,
  }
}

async function setUp(admin: Browsing, program: Launched): Promise<void> {
  await admin.fill('/first-run', '/first-run', {
    code: program.setUpCode,
    providerName: '東都ITサポート',
    adminName: '林 美咲',
    adminEmail: 'hayashi@provider.example',
    deskPhone: '03-1234-5678',
    deskHours: '平日9時から18時',
  })
  await untilReady(program)
}

async function untilReady(program: Launched): Promise<void> {
  let said = ''
  const look = async (): Promise<boolean> => {
    const answer = await fetch(`${program.baseUrl}/readyz`).catch(() => undefined)
    said = (await answer?.text()) ?? 'nobody answers'
    return answer?.status === 200
  }
  try {
    await until('every part is ready', look)
  } catch (thrown) {
    throw new Error(`${said}\n${program.output()}`, { cause: thrown })
  }
}

/** The last part of the address that one lands on, e.g. the id of what was just made. */
function landedOn(page: Page): string {
  return /\/([0-9a-f-]{36})(?:[/?#]|$)/.exec(page.path)?.[1] ?? ''
}

/** Takes a company under contract, with a person and a device, through the pages. */
export async function makeCompany(
  admin: Browsing,
  it: { readonly name: string; readonly owner: string; readonly email: string; readonly device: string },
): Promise<string> {
  const company = landedOn(await admin.fill('/companies/new', '/companies', { name: it.name }))
  const at = `/companies/${company}`
  await admin.fill(`${at}/people/new`, `${at}/people`, { name: it.owner, email: it.email })
  await admin.fill(`${at}/sites/new`, `${at}/sites`, { name: '本社' })
  await admin.fill(`${at}/devices/new`, `${at}/devices`, { nickname: it.device, class: 'server' })
  return company
}

/** Adds a sensor to a company and gives its id. */
export async function makeSensor(admin: Browsing, company: string, name: string): Promise<string> {
  const at = `/companies/${company}`
  return landedOn(
    await admin.fill(`${at}/sensors/new`, `${at}/sensors`, { name, source: 'auto', class: 'server' }),
  )
}

/** Issues a token on the sensor's page, where it is shown once. */
export async function issueToken(admin: Browsing, sensor: string): Promise<string> {
  const page = await admin.fill(`/sensors/${sensor}`, `/sensors/${sensor}/tokens`)
  const token = /Authorization: Bearer ([^\s'&]+)/.exec(page.html)?.[1]
  if (token === undefined) throw new Error('the page shows no token')
  return token
}

/** Agrees with a sensor that it sends from this machine to `port`. */
export async function agreeAddress(admin: Browsing, sensor: string, port: number): Promise<void> {
  const at = `/sensors/${sensor}`
  await admin.fill(at, `${at}/addresses`, { address: '127.0.0.1', port: `${port}` })
}

/** How many lines the sensor's page says are missing. */
export async function missingOn(admin: Browsing, sensor: string): Promise<number> {
  const words = wordsOf((await admin.open(`/sensors/${sensor}`)).html)
  return Number((/抜けた行：([\d,]+)/.exec(words)?.[1] ?? '0').replaceAll(',', ''))
}
