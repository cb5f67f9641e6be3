import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { dial, makeReceiving, type Opened, type Receiving, sendTcp, sendUdp } from '../../test/receiving.ts'
import { within } from '../store/index.ts'
import { adoptHeld, heldSenders } from './adopt.ts'

let it: Receiving
let opened: Opened

beforeAll(async () => {
  it = await makeReceiving()
})
afterAll(() => it.database.drop())
afterEach(() => opened.close())

async function start(...options: Parameters<Receiving['open']>): Promise<void> {
  opened = await it.open(...options)
}

const head = '<188>1 2026-11-23T18:19:18+09:00 utm1 fw - - '

describe('a sender at an agreed address and port', () => {
  test('has its lines kept under its sensor, by TCP and by UDP', async () => {
    await start()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await it.agreeAddress(it.planted.sato, opened.receivers.udpPort)
    await sendTcp(opened.receivers.tcpPort, '<13>one\n<13>two\n13 <13>three\n日')
    await it.untilKept(3)
    await sendUdp(opened.receivers.udpPort, ['<13>four\n', '<13>five\0', '\n'])
    const rows = await it.untilKept(5)
    expect(rows.slice(0, 3)).toEqual(
      ['<13>one', '<13>two', '<13>three\n日'].map((raw) => ({
        sensor: it.planted.yamada.sensor,
        transport: 'syslog-tcp',
        peer: '127.0.0.1',
        raw,
        truncated: false,
      })),
    )
    expect(rows.slice(3).map((row) => [row.sensor, row.transport, row.raw])).toEqual([
      [it.planted.sato.sensor, 'syslog-udp', '<13>four'],
      [it.planted.sato.sensor, 'syslog-udp', '<13>five'],
    ])
  })

  test('keeps it when the line shows the token of another one, which is counted', async () => {
    await start()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await it.giveToken(it.planted.sato, 'token-of-sato')
    await sendTcp(opened.receivers.tcpPort, `${head}[mimamori@32473 t="token-of-sato"] x\n${head}- y\n`)
    const rows = await it.untilKept(2)
    expect(rows.map((row) => [row.sensor, row.raw])).toEqual([
      [it.planted.yamada.sensor, `${head}- x`],
      [it.planted.yamada.sensor, `${head}- y`],
    ])
    expect(await it.incidents(opened)).toEqual([
      { sensor: it.planted.yamada.sensor, kind: 'token-mismatch', count: 1 },
    ])
  })
})

describe('a sender that shows a token', () => {
  test('has each line kept under the sensor of its token, without the token', async () => {
    await start()
    await it.giveToken(it.planted.yamada, 'token-of-yamada')
    await it.giveToken(it.planted.sato, 'token-of-sato')
    await sendTcp(
      opened.receivers.tcpPort,
      ['yamada', 'sato', 'yamada']
        .map((name, i) => `${head}[mimamori@32473 t="token-of-${name}"] ${i}\n`)
        .join(''),
    )
    const rows = await it.untilKept(3)
    expect(rows.map((row) => `${row.sensor} ${row.raw}`).toSorted()).toEqual(
      [
        `${it.planted.yamada.sensor} ${head}- 0`,
        `${it.planted.sato.sensor} ${head}- 1`,
        `${it.planted.yamada.sensor} ${head}- 2`,
      ].toSorted(),
    )
  })

  test('that was revoked is nobody', async () => {
    await start()
    await it.giveToken(it.planted.yamada, 'old')
    await it.database.superuser.query('update sensor_token set revoked_at = now()')
    await sendTcp(opened.receivers.tcpPort, `${head}[mimamori@32473 t="old"] x\n`)
    await untilHeld(1)
    expect(await it.kept()).toEqual([])
  })
})

async function untilHeld(count: number): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await it.database.superuser.query('select count(*) as n from held_line')
    expect(rows[0].n).toBe(count)
  })
}

describe('a sender that nobody knows', () => {
  test('is held apart for the provider, who adopts it with its times', async () => {
    await start()
    await sendTcp(opened.receivers.tcpPort, '<13>one\n<13>two\n')
    await untilHeld(2)
    expect(await it.kept()).toEqual([])
    const scope = [it.planted.provider, it.planted.yamada.company]
    const held = await within(it.database.store.app, { organisations: scope }, heldSenders)
    expect(held).toMatchObject([
      {
        peer: '127.0.0.1',
        port: opened.receivers.tcpPort,
        transport: 'syslog-tcp',
        lines: 2,
        sample: expect.any(String),
      },
    ])
    const company = { organisations: [it.planted.yamada.company] }
    expect(await within(it.database.store.app, company, heldSenders)).toEqual([])

    const person = randomUUID()
    await it.database.superuser.query(
      `insert into person (id, organisation_id, role, name, email) values ($1, $2, 'admin', '高橋', $3)`,
      [person, it.planted.provider, `${person}@example.jp`],
    )
    const adoption = {
      scope,
      peer: '127.0.0.1',
      port: opened.receivers.tcpPort,
      ...it.planted.yamada,
      person,
      now: Date.now(),
    }
    expect(await adoptHeld({ app: it.database.store.app, appender: opened.appender }, adoption)).toEqual({
      adopted: 2,
    })
    expect(await adoptHeld({ app: it.database.store.app, appender: opened.appender }, adoption)).toEqual({
      adopted: 0,
    })
    const rows = await it.kept()
    expect(rows.map((row) => `${row.sensor} ${row.transport} ${row.raw}`).toSorted()).toEqual([
      `${it.planted.yamada.sensor} syslog-tcp <13>one`,
      `${it.planted.yamada.sensor} syslog-tcp <13>two`,
    ])
    expect(await within(it.database.store.app, { organisations: scope }, heldSenders)).toEqual([])
  })

  test('is held to 1,000 lines a day, the rest is counted', async () => {
    await start()
    await sendTcp(
      opened.receivers.tcpPort,
      Array.from({ length: 1_200 }, (_, i) => `<13>line ${i}\n`).join(''),
    )
    await untilHeld(1_000)
    await vi.waitFor(async () => {
      expect(await it.receiverIncidents(opened)).toEqual([{ receiver: 'tcp', kind: 'held-full', count: 200 }])
    })
  })
})

describe('the orderly end', () => {
  test('keeps all that was sent before it, by TCP and UDP', async () => {
    await start({ tcp: { quiet: 100 } })
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await it.agreeAddress(it.planted.yamada, opened.receivers.udpPort)
    const socket = await dial(opened.receivers.tcpPort)
    socket.resume()
    const lines = Array.from({ length: 5_000 }, (_, i) => `<13>tcp ${i}\n`).join('')
    await new Promise((done) => {
      socket.write(lines, done)
    })
    await sendUdp(
      opened.receivers.udpPort,
      Array.from({ length: 50 }, (_, i) => `<13>udp ${i}`),
    )
    const ended = once(socket, 'end')
    await opened.receivers.close()
    await ended
    await opened.ingest.close()
    await opened.appender.close()
    expect(await it.kept()).toHaveLength(5_050)
    const late = connect({ host: '127.0.0.1', port: opened.receivers.tcpPort })
    await expect(once(late, 'connect')).rejects.toThrow(/ECONNREFUSED/)
  })
})
