import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, count, kill, plant, type TestHome, testHome } from '../fixtures/home.ts'
import { quiet } from '../log.ts'
import { connect, makePool } from '../pool.ts'
import { keepDatabase } from './keep.ts'
import { haveEnded, identityOf, isAlive, processesIn, signal } from './process.ts'
import { readPidFile, stopServer } from './server.ts'

const isRoot = process.getuid?.() === 0

let it: TestHome
let home: string
let data: string

beforeEach(() => {
  it = testHome()
  home = it.home
  data = it.data
})

afterEach(() => it.clear())

const postmasters = (): number => processesIn(data).filter((pid) => readPidFile(data)?.pid === pid).length

describe('the keeper', () => {
  test('makes the database, stops it, and finds it again at the same port', async () => {
    const first = await keepDatabase({ home, log: quiet })
    await plant(first.superuserUrl)
    await first.stop()
    expect(processesIn(data)).toEqual([])
    const second = await keepDatabase({ home, log: quiet })
    expect(second.superuserUrl).toBe(first.superuserUrl)
    expect(await count(second.superuserUrl)).toEqual([{ n: 1000 }])
    await second.stop()
  })

  test('keeps its secret, its log and its data from other accounts', async () => {
    const keeper = await keepDatabase({ home, log: quiet })
    await keeper.stop()
    const mode = (name: string): number => statSync(join(home, name)).mode & 0o777
    expect([mode('secret'), mode('postgres-18'), mode('postgres.log')]).toEqual([0o600, 0o700, 0o600])
    expect(existsSync(join(home, 'initdb-password.part'))).toBe(false)
    expect(statSync(data).uid).toBe(isRoot ? 65_534 : process.getuid?.())
  })

  test('makes a database that orders and finds Japanese, on this machine only, with fsync', async () => {
    const keeper = await keepDatabase({ home, log: quiet })
    const order = await ask<{ w: string }>(
      keeper.superuserUrl,
      `select w from unnest(array['い', 'ア', 'あ', '亜']) w order by w`,
    )
    expect(order.map((row) => row.w).join('')).toBe('あアい亜')
    const set = await ask(
      keeper.superuserUrl,
      `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
              current_setting('unix_socket_directories') as sockets, '不' ~ '^[[:alpha:]]$' as letter`,
    )
    expect(set).toEqual([{ listen: '127.0.0.1', fsync: 'on', sockets: '', letter: true }])
    await ask(keeper.superuserUrl, 'create extension pg_trgm')
    const alike = await ask<{ s: number }>(
      keeper.superuserUrl,
      `select similarity('不正アクセス検知', '不正アクセス') as s`,
    )
    expect(alike[0]?.s).toBeGreaterThan(0.4)
    await keeper.stop()
  })

  test('begins anew where the making of the database was interrupted', async () => {
    mkdirSync(`${data}.part`)
    writeFileSync(join(`${data}.part`, 'PG_VERSION'), '18\n')
    writeFileSync(join(home, 'initdb-password.part'), 'left over')
    const keeper = await keepDatabase({ home, log: quiet })
    expect(existsSync(`${data}.part`)).toBe(false)
    await keeper.stop()
  })

  test('takes another port when the one it kept is taken', async () => {
    const first = await keepDatabase({ home, log: quiet })
    await plant(first.superuserUrl)
    await first.stop()
    const other = createServer()
    await new Promise<void>((ready) => {
      other.listen(Number(new URL(first.superuserUrl).port), '127.0.0.1', ready)
    })
    const second = await keepDatabase({ home, log: quiet })
    expect(new URL(second.superuserUrl).port).not.toBe(new URL(first.superuserUrl).port)
    expect(await count(second.superuserUrl)).toEqual([{ n: 1000 }])
    await second.stop()
    other.close()
  })
})

describe('after kill -9', () => {
  test('of the program, the next one takes the database over', async () => {
    const { child, said } = await it.run()
    await plant(said.url)
    await kill(child.pid ?? 0)
    expect(isAlive(said.pid)).toBe(true)
    const before = performance.now()
    const keeper = await keepDatabase({ home, log: quiet })
    expect(performance.now() - before).toBeLessThan(5_000)
    expect([keeper.attached, keeper.pid()]).toEqual([true, said.pid])
    expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
    expect(postmasters()).toBe(1)
    await keeper.stop()
    expect(processesIn(data)).toEqual([])
  })

  test('of the program, a database that runs with other settings is stopped and started', async () => {
    const { child, said } = await it.run()
    await plant(said.url)
    await kill(child.pid ?? 0)
    const keeper = await keepDatabase({ home, log: quiet, fast: true })
    expect([keeper.attached, isAlive(said.pid)]).toEqual([false, false])
    expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
    await keeper.stop()
  })

  test('of the database, a living program starts it again and its pools work on', async () => {
    const keeper = await keepDatabase({ home, log: quiet })
    await plant(keeper.superuserUrl)
    const pool = makePool({ url: keeper.superuserUrl, log: quiet })
    await pool.query('select 1')
    const before = keeper.pid()
    await kill(before)
    await expect
      .poll(() => count(keeper.superuserUrl).catch(() => 'not yet'), { timeout: 5_000 })
      .toEqual([{ n: 1000 }])
    expect((await pool.query('select count(*) as n from kept')).rows).toEqual([{ n: 1000 }])
    expect(keeper.pid()).not.toBe(before)
    await pool.end()
    await keeper.stop()
    expect(processesIn(data)).toEqual([])
  })

  test('of a database that was taken over, it is started again too', async () => {
    const { child, said } = await it.run()
    await plant(said.url)
    await kill(child.pid ?? 0)
    const keeper = await keepDatabase({ home, log: quiet })
    await kill(keeper.pid())
    await expect
      .poll(() => count(keeper.superuserUrl).catch(() => 'not yet'), { timeout: 5_000 })
      .toEqual([{ n: 1000 }])
    await keeper.stop()
  })

  test('of everything, the next start is ready within five seconds and has every row', async () => {
    const { child, said } = await it.run()
    await plant(said.url)
    for (const pid of processesIn(data)) signal(pid, 'SIGKILL')
    await kill(child.pid ?? 0)
    const before = performance.now()
    const keeper = await keepDatabase({ home, log: quiet })
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
    await keeper.stop()
  })

  test.skipIf(process.platform !== 'linux')(
    'a process that still holds the memory is ended first',
    async () => {
      const { child, said } = await it.run()
      await plant(said.url)
      const client = await connect({ url: said.url, log: quiet })
      const backend =
        (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0
      signal(backend, 'SIGSTOP')
      signal(child.pid ?? 0, 'SIGKILL')
      await kill(said.pid)
      expect(processesIn(data)).toContain(backend)
      const keeper = await keepDatabase({ home, log: quiet })
      expect(isAlive(backend)).toBe(false)
      expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
      await keeper.stop()
    },
  )

  test('a pid file that names somebody else harms nobody', async () => {
    const { child, said } = await it.run()
    await plant(said.url)
    for (const pid of processesIn(data)) signal(pid, 'SIGKILL')
    await kill(child.pid ?? 0)
    const stranger = spawn('sleep', ['60'], isRoot ? { uid: 65_534, gid: 65_534 } : {})
    it.alsoEnd(stranger)
    const file = join(data, 'postmaster.pid')
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, [String(stranger.pid), ...lines.slice(1)].join('\n'))
    const keeper = await keepDatabase({ home, log: quiet })
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
    expect(keeper.attached).toBe(false)
    expect(await count(keeper.superuserUrl)).toEqual([{ n: 1000 }])
    await keeper.stop()
  })
})

describe('one home', () => {
  test('has one program; the second is told who the first is, a guest may join', async () => {
    const { child } = await it.run()
    await expect(keepDatabase({ home, log: quiet })).rejects.toMatchObject({
      code: 'HOME_IN_USE',
      details: { pid: child.pid },
    })
    const guest = await keepDatabase({ home, log: quiet, guest: true })
    expect(await ask(guest.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await guest.stop()
    expect(await ask(guest.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('is free again after a kill, also when another process has the number now', async () => {
    writeFileSync(join(home, 'lock'), JSON.stringify({ pid: process.pid, identity: 'an earlier boot 17' }))
    const keeper = await keepDatabase({ home, log: quiet })
    expect(JSON.parse(readFileSync(join(home, 'lock'), 'utf8'))).toEqual({
      pid: process.pid,
      identity: identityOf(process.pid),
    })
    await keeper.stop()
    expect(existsSync(join(home, 'lock'))).toBe(false)
  })

  test('of two starts at once exactly one wins', async () => {
    const both = await Promise.all([it.run(), it.run()])
    const codes = both.map(({ said }) => said.code ?? 'runs')
    expect(codes.toSorted()).toEqual(['HOME_IN_USE', 'runs'])
  })

  test('is left free, and its data as they are, when the start fails', async () => {
    mkdirSync(data)
    writeFileSync(join(data, 'base'), 'all there is')
    await expect(keepDatabase({ home, log: quiet })).rejects.toMatchObject({ code: 'DATABASE_START' })
    expect(readFileSync(join(data, 'base'), 'utf8')).toBe('all there is')
    expect(existsSync(join(home, 'lock'))).toBe(false)
  })
})

describe('Ctrl-C', () => {
  test('reaches the program and leaves the database to it', async () => {
    const { child, said } = await it.run()
    process.kill(-(child.pid ?? 0), 'SIGINT')
    await haveEnded([child.pid ?? 0], 5_000)
    expect(isAlive(said.pid)).toBe(true)
    await stopServer(said)
  })
})
