import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { dial, makeReceiving, type Opened, type Receiving, sendTcp, sendUdp } from '../../test/receiving.ts'
import { plantSensor } from '../event/planted.ts'

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

describe('limits', () => {
  test('a line that is too long is cut at a whole character, marked and counted', async () => {
    await start()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await it.agreeAddress(it.planted.sato, opened.receivers.udpPort)
    await sendTcp(opened.receivers.tcpPort, `<13>${'見'.repeat(1_000)}\n<13>next\n`)
    await sendUdp(opened.receivers.udpPort, [`<13>${'x'.repeat(2_000)}`])
    const rows = await it.untilKept(3)
    const cut = rows.filter((row) => row.truncated).map((row) => row.raw)
    expect(cut.toSorted()).toEqual([`<13>${'x'.repeat(996)}`, `<13>${'見'.repeat(332)}`])
    expect(rows.some((row) => row.raw === '<13>next' && !row.truncated)).toBe(true)
    expect((await it.incidents(opened)).map((incident) => incident.kind)).toEqual(['truncated', 'truncated'])
  })

  test('a TCP sender over its rate is slowed and loses nothing; a UDP sender loses, and it is counted', async () => {
    const slow = { company: it.planted.yamada.company, sensor: '' }
    slow.sensor = await plantSensor(it.database.superuser, { ...slow, name: '遅い装置', linesPerSecond: 100 })
    await start({}, { linesPerSecond: 1_000, lineBurst: 1_000 })
    await it.agreeAddress(slow, opened.receivers.udpPort)
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await sendUdp(
      opened.receivers.udpPort,
      Array.from({ length: 300 }, (_, i) => `<13>udp ${i}`),
    )
    await sendTcp(
      opened.receivers.tcpPort,
      Array.from({ length: 2_500 }, (_, i) => `<13>tcp ${i}\n`).join(''),
    )
    await vi.waitFor(
      async () => {
        const rows = await it.kept()
        expect(rows.filter((row) => row.transport === 'syslog-tcp')).toHaveLength(2_500)
        const kept = rows.length - 2_500
        expect(kept).toBeGreaterThanOrEqual(100)
        expect(await it.incidents(opened)).toEqual([{ sensor: slow.sensor, kind: 'rate', count: 300 - kept }])
      },
      { timeout: 15_000, interval: 50 },
    )
  })

  test('connections are limited for each peer, and one more is turned away and counted', async () => {
    await start({ tcp: { perPeer: 20 } })
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    const sockets = await Promise.all(Array.from({ length: 300 }, () => dial(opened.receivers.tcpPort)))
    await vi.waitFor(async () => {
      const counted = (await it.receiverIncidents(opened))[0]?.count ?? 0
      expect(counted).toBe(280)
    })
    expect(opened.receivers.state().tcp.connections).toBe(20)
    for (const socket of sockets) socket.destroy()
    await vi.waitFor(() => expect(opened.receivers.state().tcp.connections).toBe(0))
    await sendTcp(opened.receivers.tcpPort, '<13>after\n')
    await it.untilKept(1)
  })

  test('a connection without a first byte, and an idle one, are closed; what it began is kept', async () => {
    await start({ tcp: { firstByte: 50, idle: 150 } })
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    const mute = await dial(opened.receivers.tcpPort)
    const slow = await dial(opened.receivers.tcpPort)
    slow.write('<13>half a li')
    await Promise.all([once(mute, 'close'), once(slow, 'close')])
    expect((await it.untilKept(1))[0]).toMatchObject({ raw: '<13>half a li', truncated: true })
  })

  test('a sender that sends no syslog at all is closed after three framing errors, and it is counted', async () => {
    await start()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    const socket = await dial(opened.receivers.tcpPort)
    socket.resume()
    const closed = once(socket, 'close')
    socket.write('5 <1>abgarbage\n'.repeat(10))
    await closed
    expect(
      await vi.waitFor(async () => {
        const found = await it.incidents(opened)
        expect(found.map((incident) => incident.kind)).toContain('framing')
        return found
      }),
    ).toContainEqual({ sensor: it.planted.yamada.sensor, kind: 'framing', count: 3 })
  })

  test('binary noise does no harm', async () => {
    await start()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    await it.agreeAddress(it.planted.yamada, opened.receivers.udpPort)
    const noise = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7_919 + (i >> 3)) % 256))
    await sendTcp(opened.receivers.tcpPort, noise)
    await sendUdp(opened.receivers.udpPort, [
      noise.subarray(0, 900),
      Buffer.alloc(0),
      Buffer.from([0xff, 0xfe, 0]),
    ])
    await sendTcp(opened.receivers.tcpPort, '<13>after\n')
    await vi.waitFor(async () => expect((await it.kept()).map((row) => row.raw)).toContain('<13>after'))
  })
})

describe('when the database is slow', () => {
  test('a TCP sender is not read, memory stays bounded, and all comes through afterwards', async () => {
    await start({ tcp: { laneBytes: 64 * 1024 } })
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    const blocker = await it.database.superuser.connect()
    await blocker.query('begin; lock table event_batch in exclusive mode')
    const socket = await dial(opened.receivers.tcpPort)
    const count = 60_000
    const text = Array.from({ length: count }, (_, i) => `<13>${i} ${'x'.repeat(90)}\n`).join('')
    const written = new Promise((done) => {
      socket.write(text, done)
    })
    await vi.waitFor(() => expect(opened.receivers.state().tcp.slowed).toBe(1))
    expect(opened.receivers.state().tcp.waiting).toBeLessThan(1024 * 1024)
    expect(opened.appender.waiting().bytes).toBeLessThan(1024 * 1024)
    await blocker.query('commit')
    blocker.release()
    await written
    socket.end()
    await vi.waitFor(
      async () => {
        const { rows } = await it.database.superuser.query('select count(*) as n from event')
        expect(rows[0].n).toBe(count)
      },
      { timeout: 19_000, interval: 100 },
    )
  }, 30_000)
})
