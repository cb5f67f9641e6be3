import { describe, expect, test } from 'vitest'
import { isFault } from './base/fault.ts'
import { type Environment, type Probe, readConfig, settings } from './config.ts'

const ordinary: Probe = { checkout: '/home/sato/mimamori', isRoot: false, nobodyReaches: () => false }

const read = (env: Environment = {}, probe: Probe = ordinary) => readConfig(env, probe)

function problems(env: Environment): readonly string[] {
  try {
    read(env)
  } catch (thrown) {
    if (isFault(thrown) && thrown.code === 'SETTING') return thrown.details['problems'] as string[]
    throw thrown
  }
  return []
}

describe('without any setting', () => {
  test('practice runs on this machine alone', () => {
    const config = read()
    expect(config).toMatchObject({
      practice: true,
      host: '127.0.0.1',
      port: 8080,
      baseUrl: 'http://localhost:8080',
      syslog: { host: '127.0.0.1', udpPort: 5514, tcpPort: 5514 },
      trustProxy: false,
      home: '/home/sato/mimamori/data',
    })
    expect(config.databaseUrl).toBeUndefined()
    expect(config.smtpUrl).toBeUndefined()
  })

  test('an empty setting is as good as none', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ', MIMAMORI_PRACTICE: '' })).toEqual(read())
  })
})

describe('the home', () => {
  const root: Probe = { checkout: '/root/mimamori', isRoot: true, nobodyReaches: () => false }

  test('is where it was said', () => {
    expect(read({ MIMAMORI_HOME: '/srv/mimamori' }, root).home).toBe('/srv/mimamori')
  })

  test('of root leaves a closed home folder, one for each checkout', () => {
    const first = read({}, root).home
    expect(first).toMatch(/^\/var\/lib\/mimamori\/mimamori-[0-9a-f]{8}$/)
    expect(read({}, root).home).toBe(first)
    expect(read({}, { ...root, checkout: '/root/other/mimamori' }).home).not.toBe(first)
  })

  test('of root stays in a checkout that anybody can reach', () => {
    expect(read({}, { ...root, checkout: '/srv/mimamori', nobodyReaches: () => true }).home).toBe(
      '/srv/mimamori/data',
    )
  })
})

describe('a real installation', () => {
  test('listens to the network for its devices', () => {
    const config = read({
      MIMAMORI_PRACTICE: '0',
      BASE_URL: 'https://mimamori.example.jp/',
      TRUST_PROXY: '1',
    })
    expect(config).toMatchObject({
      practice: false,
      baseUrl: 'https://mimamori.example.jp',
      trustProxy: 1,
      syslog: { host: '0.0.0.0' },
    })
  })

  test('says yes and no in the usual words', () => {
    for (const off of ['0', 'no', 'False', 'OFF'])
      expect(read({ MIMAMORI_PRACTICE: off }).practice).toBe(false)
    for (const on of ['1', 'yes', 'True', 'on']) expect(read({ MIMAMORI_PRACTICE: on }).practice).toBe(true)
  })

  test('names its proxies by address', () => {
    expect(read({ TRUST_PROXY: '10.0.0.1, 192.168.0.0/16, ::1' }).trustProxy).toEqual([
      '10.0.0.1',
      '192.168.0.0/16',
      '::1',
    ])
  })
})

describe('a wrong setting', () => {
  test('is told with its name and what to write, all of them at once', () => {
    const told = problems({
      PORT: '80a',
      MIMAMORI_PRACTICE: 'maybe',
      LINE_LIMIT_BYTES: '5',
      TRUST_PROXY: 'true',
    })
    expect(told).toHaveLength(4)
    expect(told.map((sentence) => sentence.split(/[=:]/)[0])).toEqual([
      'MIMAMORI_PRACTICE',
      'PORT',
      'TRUST_PROXY',
      'LINE_LIMIT_BYTES',
    ])
    expect(told.every((sentence) => sentence.includes('write'))).toBe(true)
  })

  test('is a base address without encryption beyond this machine', () => {
    expect(problems({ BASE_URL: 'http://mimamori.example.jp' })).toHaveLength(1)
    for (const own of ['http://127.0.0.1:80', 'http://[::1]:8080', 'http://localhost']) {
      expect(problems({ BASE_URL: own })).toEqual([])
    }
    expect(problems({ BASE_URL: 'https://mimamori.example.jp/portal' })).toHaveLength(1)
    expect(problems({ BASE_URL: 'mimamori.example.jp' })).toHaveLength(1)
  })

  test('never shows a password', () => {
    const told = problems({ DATABASE_URL: 'mysql://owner:himitsu@db/mimamori', SMTP_URL: 'himitsu@mail' })
    expect(told).toHaveLength(2)
    expect(told.join(' ')).not.toContain('himitsu')
  })

  test('is a database address without a database', () => {
    expect(problems({ DATABASE_URL: 'postgres://owner@db' })).toHaveLength(1)
    expect(problems({ DATABASE_URL: 'postgres://owner@db/mimamori' })).toEqual([])
  })

  test('is a sender that is no address', () => {
    expect(problems({ MAIL_FROM: 'mimamori' })).toHaveLength(1)
    expect(problems({ MAIL_FROM: '見守り <mimamori@example.jp>' })).toEqual([])
    expect(problems({ MAIL_FROM: 'a <a@b>\nBcc: c@d' })).toHaveLength(1)
  })
})

test('every setting says why it is as it is', () => {
  for (const setting of settings) expect(setting.why.length, setting.name).toBeGreaterThan(10)
})
