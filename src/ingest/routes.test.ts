import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { once } from 'node:events'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Appender, makeAppender } from '../event/index.ts'
import { type Planted, plant } from '../event/planted.ts'
import { quiet } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { type Ingest, makeIngest } from './ingest.ts'
import { ingestRoutes, type RouteOptions } from './routes.ts'
import { tokenHash, tokenHint } from './token.ts'

const limits = {
  lineBytes: 1_000,
  bodyBytes: 4_000_000,
  wireBytes: 1_000_000,
  jsonDepth: 32,
  jsonKeys: 50,
  linesPerSecond: 1_000,
  lineBurst: 50_000,
}
const token = 'token-of-yamada'

let database: TestDatabase
let planted: Planted
let appender: Appender
let ingest: Ingest
let app: FastifyInstance
let now = Date.now()

beforeAll(async () => {
  database = await testDatabase()
  planted = await plant(database.superuser)
  const tokens = [
    [planted.yamada, token],
    [planted.sato, 'token-of-sato'],
  ] as const
  for (const [owner, text] of tokens) {
    await database.superuser.query(
      'insert into sensor_token (id, company_id, sensor_id, hash, hint) values ($1, $2, $3, $4, $5)',
      [randomUUID(), owner.company, owner.sensor, tokenHash(text), tokenHint(text)],
    )
  }
})
afterAll(() => database.drop())

beforeEach(async () => {
  await database.superuser.query('truncate event, event_batch, batch_key, ingest_incident')
  await open()
})
afterEach(async () => {
  await app.close()
  await ingest.close()
  await appender.close()
})

async function open(options: RouteOptions = {}, given?: Appender): Promise<void> {
  now = Date.now()
  appender = given ?? makeAppender(database.store.ingest, { log: quiet })
  ingest = makeIngest({ pool: database.store.ingest, appender, limits, log: quiet, now: () => now })
  app = Fastify()
  ingestRoutes(app, ingest, options)
  app.post('/other', (request) => ({ got: request.body }))
  await app.ready()
}

type Sent = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> }

async function send(
  payload: string | Buffer,
  headers: Record<string, string> = {},
  source = 'auto',
): Promise<Sent> {
  const answer = await app.inject({
    method: 'POST',
    url: `/ingest/v1/${source}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    payload,
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

const stored = async (): Promise<string[]> =>
  (await database.superuser.query<{ raw: string }>('select raw from event order by batch_no, line')).rows.map(
    (row) => row.raw,
  )

describe('lines over HTTP', () => {
  test('are kept exactly as they are written, from each kind of body', async () => {
    expect(await send(' [{"a" : 1.0},\n {"b":"日本"}]')).toMatchObject({
      status: 200,
      body: { accepted: 2, duplicate: 0, failed: [] },
    })
    await send('{\n  "c": 1\n}')
    await send('{"d":1}\n{"d":2}\n', { 'content-type': 'application/x-ndjson' })
    await send('{"e":1}{"e":2}')
    await send('<13>f\r\n\r\n<13>g', { 'content-type': 'text/plain; charset=utf-8' })
    await send('<13>h\n', { 'content-type': 'application/x-www-form-urlencoded' })
    await send('["<13>i", "<13>j \\"quoted\\""]')
    expect(await stored()).toEqual([
      '{"a" : 1.0}',
      '{"b":"日本"}',
      '{\n  "c": 1\n}',
      '{"d":1}',
      '{"d":2}',
      '{"e":1}',
      '{"e":2}',
      '<13>f',
      '<13>g',
      '<13>h',
      '<13>i',
      '<13>j "quoted"',
    ])
    const { rows } = await database.superuser.query(
      'select distinct company_id as company, sensor_id as sensor, transport, peer from event_batch',
    )
    expect(rows).toEqual([{ ...planted.yamada, transport: 'http', peer: '127.0.0.1' }])
  })

  test('may be compressed by gzip and zstd', async () => {
    const body = Array.from({ length: 100 }, (_, i) => `{"n":${i}}`).join('\n')
    expect(await send(gzipSync(body), { 'content-encoding': 'gzip' })).toMatchObject({
      body: { accepted: 100 },
    })
    expect(await send(zstdCompressSync(`${body}\n`), { 'content-encoding': 'zstd' })).toMatchObject({
      body: { accepted: 100 },
    })
    expect(await stored()).toHaveLength(200)
  })

  test('that are wrong are kept, too, and told with their place', async () => {
    const long = `{"a":"${'x'.repeat(2_000)}"}`
    const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 1])))
    const { status, body } = await send(`{"ok":1}\n${long}\n${deep}\n${wide}\n5\n{"a":\n`)
    expect(status).toBe(200)
    expect(body).toEqual({
      accepted: 6,
      duplicate: 0,
      failed: [
        { line: 2, reason: 'longer than 1000 bytes: cut' },
        { line: 3, reason: 'nested deeper than 32' },
        { line: 4, reason: 'more than 50 keys' },
        { line: 5, reason: 'not an object' },
        { line: 6, reason: 'not JSON' },
      ],
    })
    expect(await stored()).toHaveLength(6)
    await ingest.incidents.flush()
    const { rows } = await database.superuser.query('select kind, count from ingest_incident order by kind')
    expect(rows).toEqual([
      { kind: 'too-deep', count: 2 },
      { kind: 'truncated', count: 1 },
    ])
  })

  test('of an empty body are none', async () => {
    for (const body of ['', '[]', '\n']) {
      expect(await send(body)).toMatchObject({ status: 200, body: { accepted: 0, duplicate: 0, failed: [] } })
    }
  })
})

describe('the same body again', () => {
  test('is a duplicate, compressed or not; true repeats inside it are rows', async () => {
    const body = '{"a":1}\n{"a":1}\n'
    expect(await send(body)).toMatchObject({ body: { accepted: 2, duplicate: 0 } })
    expect(await send(gzipSync(body), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 200,
      body: { accepted: 0, duplicate: 2 },
    })
    expect(await send(body, { authorization: 'Bearer token-of-sato' })).toMatchObject({
      body: { accepted: 2 },
    })
    expect(await stored()).toHaveLength(4)
  })

  test('counts by the Idempotency-Key where the sender gives one', async () => {
    expect(await send('{"a":1}', { 'idempotency-key': '1' })).toMatchObject({ body: { accepted: 1 } })
    expect(await send('{"a":1}', { 'idempotency-key': '2' })).toMatchObject({ body: { accepted: 1 } })
    expect(await send('{"a":2}', { 'idempotency-key': '1' })).toMatchObject({ body: { duplicate: 1 } })
    expect((await send('{"a":1}', { 'idempotency-key': 'x'.repeat(300) })).status).toBe(400)
  })
})

describe('a request is refused', () => {
  const refused = (code: string, status: number) => ({
    status,
    body: { error: { code, message_ja: expect.any(String), message_en: expect.any(String) } },
  })

  test('without a token, with a wrong one, or with nonsense', async () => {
    for (const authorization of [
      '',
      'Bearer wrong',
      'Basic !!!',
      "Bearer ' or 1=1",
      `Bearer ${'x'.repeat(5_000)}`,
    ]) {
      expect(await send('{"a":1}', { authorization })).toMatchObject(refused('INGEST_TOKEN', 401))
    }
    expect(await stored()).toEqual([])
  })

  test('under a source that nobody knows', async () => {
    expect(await send('{"a":1}', {}, 'nobody')).toMatchObject(refused('NOT_FOUND', 404))
    expect((await send('{"a":1}', {}, 'fortigate')).status).toBe(200)
  })

  test('of a type or compression that cannot be read', async () => {
    expect(await send('x', { 'content-type': 'image/png' })).toMatchObject(refused('INGEST_ENCODING', 415))
    expect(await send('x', { 'content-encoding': 'br' })).toMatchObject(refused('INGEST_ENCODING', 415))
  })

  test('when its compressed body is broken or cut off: then nothing of it is kept', async () => {
    const whole = gzipSync(Array.from({ length: 1_000 }, (_, i) => `{"n":${i}}`).join('\n'))
    for (const body of [whole.subarray(0, -20), Buffer.from('no gzip at all'), Buffer.alloc(0)]) {
      expect(await send(body, { 'content-encoding': 'gzip' })).toMatchObject(refused('INGEST_BODY', 400))
    }
    expect(await stored()).toEqual([])
  })

  test('when it is too large on the wire, inflated, or in lines', async () => {
    const tooLarge = refused('INGEST_TOO_LARGE', 413)
    expect(await send('x'.repeat(1_000_001))).toMatchObject(tooLarge)
    const random = Array.from({ length: 500_000 }, (_, i) => `{"n":${(i * 7_919) % 1_000_003}}`).join('\n')
    expect(await send(gzipSync(random), { 'content-encoding': 'gzip' })).toMatchObject(tooLarge)
    expect(await send('1\n'.repeat(100_001))).toMatchObject(tooLarge)
    expect(await stored()).toEqual([])
  })

  test('over its rate, with the seconds to wait', async () => {
    const body = Array.from({ length: 53_000 }, (_, i) => `{"n":${i}}`).join('\n')
    expect((await send(body)).status).toBe(200)
    const answer = await send('{"a":1}')
    expect(answer).toMatchObject(refused('INGEST_RATE', 429))
    expect(answer.headers['retry-after']).toBe('4')
    now += 4_000
    expect((await send('{"a":1}')).status).toBe(200)
  })

  test('when the database does not answer in time or refuses, with the seconds to wait', async () => {
    await app.close()
    const never: Appender = { ...appender, append: () => new Promise(() => undefined) }
    await open({ commitWithin: 10 }, never)
    const answer = await send('{"a":1}')
    expect(answer).toMatchObject(refused('INGEST_BUSY', 503))
    expect(answer.headers['retry-after']).toBe('5')
  })

  test('when too many bodies are in flight', async () => {
    await app.close()
    await open({ inFlightBytes: 1_000 })
    expect(await send('x'.repeat(2_000))).toMatchObject(refused('INGEST_BUSY', 503))
    expect((await send('{"a":1}')).status).toBe(200)
  })
})

test('other routes keep their body parsing', async () => {
  const answer = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } })
  expect(answer.json()).toEqual({ got: { a: 1 } })
})

const mebibyte = Buffer.alloc(1024 * 1024)
/** Members of gzip and frames of zstd may follow each other. */
const repeated = (part: Buffer): Buffer => Buffer.concat(Array.from({ length: 1_024 }, () => part))

describe('a hostile sender', () => {
  test.each([
    ['zstd', 51_200, repeated(zstdCompressSync(mebibyte))],
    ['gzip', 900_000, repeated(gzipSync(mebibyte, { level: 9 })).subarray(0, 900_000)],
  ])('gains nothing by a %s body of %i bytes that inflates to a gigabyte', async (encoding, size, bomb) => {
    expect(bomb).toHaveLength(size)
    const before = process.memoryUsage().rss
    let most = before
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 1)
    const answer = await send(bomb, { 'content-encoding': encoding })
    clearInterval(timer)
    expect(answer.status).toBe(413)
    expect(Math.max(most, process.memoryUsage().rss) - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('that drips its body is asked once and let go', async () => {
    await app.close()
    await open({ idle: 50, total: 300 })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = connect({ port: address.port, host: '127.0.0.1' })
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    const closed = once(socket, 'close')
    socket.write(
      `POST /ingest/v1/auto HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
    )
    await closed
    expect(heard).toMatch(/^HTTP\/1.1 408 /)
    expect(heard).toContain('INGEST_SLOW')
    expect(await stored()).toEqual([])
  })

  test('that goes away in the middle leaves nothing behind', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = connect({ port: address.port, host: '127.0.0.1' })
    await once(socket, 'connect')
    socket.write(
      `POST /ingest/v1/auto HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a":1}\n`,
    )
    socket.destroy()
    await vi.waitFor(
      () =>
        new Promise<void>((ok, no) =>
          app.server.getConnections((_, n) => (n === 0 ? ok() : no(new Error('open')))),
        ),
    )
    expect(await stored()).toEqual([])
    expect((await send('{"a":1}')).status).toBe(200)
  })
})
