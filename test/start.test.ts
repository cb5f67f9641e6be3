import { once } from 'node:events'
import { mkdtempSync, existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { barrier } from '../src/store/keeper/account.ts'
import { copyCheckout } from './checkout-copy.ts'
import { checkout, mimamori, startMimamori, type Started } from './command.ts'
import { ask, databaseProcesses, killDatabase, postmasters } from './kept.ts'
import { freePort, type Launched, launchProgram } from './program.ts'
import {
  type Installation,
  issueToken,
  makeCompany,
  makeInstallation,
  makeSensor,
} from './real-installation.ts'
import { dial } from './receiving.ts'

const linux = process.platform === 'linux'
const isRoot = process.getuid?.() === 0
const anyPorts = { PORT: '0', SYSLOG_TCP_PORT: '0', SYSLOG_UDP_PORT: '0', MIMAMORI_PRACTICE: '0' }

describe('a wrong setting', () => {
  test('stops the start with a sentence that names it, all at once, and makes nothing', async () => {
    const home = join(tmpdir(), `mimamori-never-${process.pid}`)
    const env = { ...anyPorts, MIMAMORI_HOME: home, PORT: 'web', BASE_URL: 'http://mimamori.example.jp' }
    const ended = await mimamori(['start'], { env })
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toMatch(/^mimamori start: A setting is wrong\.\n {2}PORT=web: write a whole number/)
    expect(ended.err).toContain('\n  BASE_URL: write https://')
    expect(ended.err).not.toContain('{')
    expect(existsSync(home)).toBe(false)
  })

  test('is told from wrong use', async () => {
    const ended = await mimamori(['start', '--port', '80'])
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toContain('Usage: mimamori start')
  })
})

describe.skipIf(!linux)(`a start on a home that was used before ${linux ? '' : '(for Linux only)'}`, () => {
  const env = { BASE_URL: '' }
  let program: Launched
  let home: string

  beforeAll(async () => {
    program = await launchProgram({ practice: false, env })
    home = program.home
  })

  afterAll(async () => {
    await program.kill()
    await killDatabase(home)
    await program.remove()
  })

  const again = async (): Promise<void> => {
    program = await launchProgram({ practice: false, env, home })
  }

  test('is refused while the first one runs, and names its process', async () => {
    const second = await mimamori(['start'], { env: { ...anyPorts, MIMAMORI_HOME: home } })
    expect(second.code).toBe(1)
    expect(second.err).toContain('Another Mimamori runs on this home folder')
    expect(second.err).toContain(`pid: ${program.child.pid}`)
    expect((await fetch(`${program.baseUrl}/healthz`)).status).toBe(200)
    expect(postmasters(home)).toHaveLength(1)
  })

  test('takes over the database that a killed program left, and there is one', async () => {
    const left = postmasters(home)
    await program.kill()
    expect(postmasters(home)).toEqual(left)
    await again()
    expect(postmasters(home)).toEqual(left)
  })

  test('starts a new database where everything was killed, and there is one', async () => {
    const before = postmasters(home)
    await program.kill()
    expect(await killDatabase(home)).toBeGreaterThan(1)
    await again()
    expect(postmasters(home)).toHaveLength(1)
    expect(postmasters(home)).not.toEqual(before)
  })

  test('starts a new database where only its first process was killed', async () => {
    await program.kill('everything')
    await again()
    expect(postmasters(home)).toHaveLength(1)
  })

  test('leaves nothing running when a port cannot be had, and names the setting', async () => {
    await program.stop()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? `${address.port}` : ''
    const ended = await mimamori(['start'], { env: { ...anyPorts, MIMAMORI_HOME: home, PORT: port } })
    other.close()
    expect([ended.code, ended.out]).toEqual([1, ''])
    expect(ended.err).toContain(`PORT=${port}: another program listens there`)
    expect(databaseProcesses(home)).toEqual([])
    await again()
  })
})

describe.skipIf(!linux)(`a first start that is killed ${linux ? '' : '(for Linux only)'}`, () => {
  test('at any moment is no hindrance to the next', async () => {
    const home = mkdtempSync(join(tmpdir(), 'mimamori-killed-'))
    const env = { ...anyPorts, MIMAMORI_HOME: home }
    try {
      for (const moment of [350, 700, 1_100, 1_500]) {
        const started = startMimamori(['start'], { env })
        await pause(moment)
        started.child.kill('SIGKILL')
        await started.ended
        if (moment > 1_000) await killDatabase(home)
      }
      const last = startMimamori(['start'], { env })
      await said(last, /set-up code: \S+/)
      expect(postmasters(home)).toHaveLength(1)
      last.child.kill('SIGTERM')
      expect((await last.ended).code).toBe(0)
      expect(databaseProcesses(home)).toEqual([])
    } finally {
      await killDatabase(home)
      rmSync(home, { recursive: true, force: true })
    }
  }, 60_000)
})

describe('Ctrl-C', () => {
  let it: Installation
  let token: string

  beforeAll(async () => {
    it = await makeInstallation()
    const company = await makeCompany(it.admin, {
      name: '山田製作所',
      owner: '山田 太郎',
      email: 'yamada@yamada.example',
      device: '工場サーバー',
    })
    token = await issueToken(it.admin, await makeSensor(it.admin, company, '工場サーバー'))
  }, 60_000)

  afterAll(() => it?.remove())

  test('ends the program only after what lies in open connections is stored', async () => {
    const count = 3_000
    // A browser that keeps its connection, one that never asks anything, one that never comes to an end.
    await it.admin.open('/companies')
    const web = Number(new URL(it.baseUrl).port)
    const [silent, slow] = [await dial(web), await dial(web)]
    slow.write('POST /ingest/v1/auto HTTP/1.1\r\nHost: localhost\r\nContent-Le')
    const socket = await dial(it.tcpPort)
    const line = (at: number): string =>
      `<13>1 - pc fw - - [mimamori@32473 t="${token}"] before the end ${at}\n`
    await new Promise((written) =>
      socket.write(Array.from({ length: count }, (_, at) => line(at)).join(''), written),
    )
    const began = performance.now()
    expect(await it.stopAndStart('SIGINT')).toBe(0)
    expect(performance.now() - began).toBeLessThan(20_000)
    for (const lost of [silent, slow]) lost.destroy()
    const stored = await ask<{ n: number }>(
      it.home,
      "select count(distinct raw) as n from event where raw like '%before the end%'",
    )
    socket.destroy()
    expect(stored[0]?.n).toBe(count)
  }, 60_000)
})

/** `daemon`, as an ordinary user: PostgreSQL wants one whom /etc/passwd knows. */
const stranger = 1
const closedTo = linux && isRoot ? barrier(checkout, { uid: stranger, gid: stranger }) : undefined
const hinder = linux ? closedTo && `${closedTo} is closed to ordinary users` : 'for Linux only'

describe.skipIf(hinder !== undefined)(
  `a checkout in a home folder of mode 700 ${hinder ? `(${hinder})` : ''}`,
  () => {
    let home: string | undefined
    let started: Started | undefined

    afterEach(async () => {
      started?.child.kill('SIGKILL')
      await started?.ended
      if (home !== undefined) rmSync(home, { recursive: true, force: true })
    })

    /** Starts with nothing set but ports, tells where the data lie, stops. */
    async function startAndStop(from: string, uid?: number): Promise<string> {
      const env = { ...anyPorts, MIMAMORI_PRACTICE: '1', PORT: `${await freePort()}` }
      started = startMimamori(['start'], { env, from, ...(uid === undefined ? {} : { uid }) })
      await said(started, /Ctrl-C to stop/)
      const data = /data: (\S+)/.exec(started.said())?.[1] ?? ''
      expect(postmasters(data)).toHaveLength(1)
      started.child.kill('SIGTERM')
      expect((await started.ended).code).toBe(0)
      return data
    }

    test('serves an ordinary user, with the data in it', async () => {
      home = mkdtempSync(join(tmpdir(), 'mimamori-tanaka-'))
      const from = copyCheckout(home, isRoot ? { uid: stranger } : {})
      const options = { from, env: anyPorts, ...(isRoot ? { uid: stranger } : {}) }
      expect(await startAndStop(from, options.uid)).toBe(join(from, 'data'))
      const looked = await mimamori(['doctor', '--json'], options)
      expect(JSON.parse(looked.out)).toMatchObject({ ok: true })
    }, 60_000)

    test.skipIf(!isRoot)(
      'serves root, with the data where the account of the database can reach them',
      async () => {
        home = mkdtempSync(join(tmpdir(), 'mimamori-root-'))
        const data = await startAndStop(copyCheckout(home))
        expect(data).toMatch(/^\/var\/lib\/mimamori\/mimamori-[0-9a-f]{8}$/)
        rmSync(data, { recursive: true, force: true })
      },
      60_000,
    )
  },
)

async function said(started: Started, what: RegExp): Promise<void> {
  const deadline = Date.now() + 40_000
  while (!what.test(started.said())) {
    if (started.child.exitCode !== null || Date.now() > deadline)
      throw new Error(`it said: ${started.said()}`)
    await pause(30)
  }
}
