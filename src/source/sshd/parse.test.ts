import { describe, expect, test } from 'vitest'
import { golden, nextNoon, sampleLines } from '../golden.ts'
import { read, recognise } from '../read.ts'

/** Reads a message inside an ordinary frame; `expected` are fields. */
function reads(message: string, expected: object): void {
  const parsed = read(`Nov 23 14:32:05 yamada-nas sshd[4321]: ${message}`, 'sshd', nextNoon)
  expect(parsed.status).toBe('ok')
  expect(parsed.fields).toMatchObject({ message, count: 1, ...expected })
}

const guest = { src_ip: '203.0.113.9', src_port: 51_022 }
const from = 'from 203.0.113.9 port 51022'

test('山田製作所のNAS: every sample line becomes what the golden file says', async () => {
  const lines = sampleLines('sshd', 'nas.log')
  expect(lines.map(recognise)).toEqual(lines.map(() => 'sshd'))
  await expect(golden(lines, 'auto')).toMatchFileSnapshot('./samples/nas.golden.ndjson')
})

describe('sign-ins', () => {
  test('that failed', () => {
    reads(`Failed password for root ${from} ssh2`, {
      ...guest,
      event: 'failed',
      action: 'failed',
      method: 'password',
      user: 'root',
    })
    reads(`Failed password for invalid user 佐藤 ${from} ssh2`, {
      ...guest,
      user: '佐藤',
      invalid_user: true,
    })
    reads(`Failed publickey for sato ${from} ssh2: RSA SHA256:abc`, {
      ...guest,
      method: 'publickey',
      user: 'sato',
    })
    reads(`Failed keyboard-interactive/pam for invalid user x ${from} ssh2`, {
      ...guest,
      method: 'keyboard-interactive/pam',
    })
    reads(`Invalid user oracle ${from}`, {
      ...guest,
      event: 'invalid-user',
      action: 'failed',
      user: 'oracle',
    })
    reads(`error: PAM: Authentication failure for root ${from}`, { ...guest, action: 'failed', user: 'root' })
  })
  test('that worked', () => {
    reads(`Accepted password for suzuki ${from} ssh2`, {
      ...guest,
      action: 'accepted',
      method: 'password',
      user: 'suzuki',
    })
    reads(`Accepted publickey for sato ${from} ssh2: ED25519-CERT ID x from 192.0.2.1 port 1 ssh2`, {
      ...guest,
      user: 'sato',
    })
  })
  test('with too many tries', () => {
    reads(`error: maximum authentication attempts exceeded for root ${from} ssh2 [preauth]`, {
      ...guest,
      event: 'max-attempts',
      user: 'root',
    })
    reads(`error: maximum authentication attempts exceeded for invalid user pi ${from} ssh2 [preauth]`, {
      ...guest,
      user: 'pi',
      invalid_user: true,
    })
  })
  test('PAM says again what sshd says, so it does not count as another failure', () => {
    const parsed = read(
      'Nov 23 14:32:05 nas sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9  user=root',
      'sshd',
      nextNoon,
    )
    expect(parsed.fields).toMatchObject({ event: 'pam-failure', user: 'root', src_ip: '203.0.113.9' })
    expect(parsed.fields).not.toHaveProperty('action')
  })
})

describe('connections', () => {
  test('that end', () => {
    reads('Connection closed by 203.0.113.9 port 51022 [preauth]', { ...guest, event: 'closed' })
    reads('Connection closed by authenticating user root 203.0.113.9 port 51022 [preauth]', {
      ...guest,
      user: 'root',
    })
    reads('Connection reset by invalid user a b 203.0.113.9 port 51022 [preauth]', {
      ...guest,
      user: 'a b',
      invalid_user: true,
    })
    reads('Connection closed by 203.0.113.9 [preauth]', { event: 'closed', src_ip: '203.0.113.9' })
    reads('Disconnected from authenticating user root 203.0.113.9 port 51022 [preauth]', {
      ...guest,
      event: 'disconnected',
      user: 'root',
    })
    reads('Disconnected from user sato 203.0.113.9 port 51022', { ...guest, user: 'sato' })
    reads('Received disconnect from 203.0.113.9 port 51022:11: Bye Bye from 192.0.2.1 port 1 [preauth]', {
      ...guest,
      event: 'disconnected',
    })
    reads('Received disconnect from 203.0.113.9: 11: Bye Bye [preauth]', { src_ip: '203.0.113.9' })
    reads(
      'Disconnecting invalid user pi 203.0.113.9 port 51022: Too many authentication failures [preauth]',
      { ...guest, user: 'pi' },
    )
  })
  test('that were probes', () => {
    reads('Did not receive identification string from 203.0.113.9 port 51022', { ...guest, event: 'probe' })
    reads('banner exchange: Connection from 203.0.113.9 port 51022: invalid format', {
      ...guest,
      event: 'probe',
    })
    reads('Unable to negotiate with 203.0.113.9 port 51022: no matching cipher found. [preauth]', {
      ...guest,
      event: 'probe',
    })
    reads("Bad protocol version identification 'GET / from x' from 203.0.113.9 port 51022", {
      ...guest,
      event: 'probe',
    })
    reads('fatal: Timeout before authentication for 203.0.113.9 port 51022', { ...guest, event: 'timeout' })
    reads('refused connect from bad.example (203.0.113.9)', { src_ip: '203.0.113.9', event: 'refused' })
  })
  test('sessions', () => {
    reads('pam_unix(sshd:session): session opened for user sato(uid=1000) by (uid=0)', {
      event: 'session-opened',
      user: 'sato',
    })
    reads('pam_unix(sshd:session): session closed for user sato', { event: 'session-closed', user: 'sato' })
    reads('Close session: user ansible from 192.168.10.2 port 34928 id 0', {
      event: 'session-closed',
      user: 'ansible',
      src_ip: '192.168.10.2',
    })
  })
})

describe('an attacker who chooses the user name', () => {
  const lie = 'root from 192.0.2.1 port 22 ssh2'
  test('cannot put another address before his own', () => {
    reads(`Failed password for invalid user ${lie} ${from} ssh2`, { ...guest, user: lie })
    reads(`Invalid user ${lie} ${from}`, { ...guest, user: lie })
    reads(`Connection closed by invalid user x 192.0.2.1 port 22 203.0.113.9 port 51022 [preauth]`, guest)
    reads(
      `error: maximum authentication attempts exceeded for invalid user ${lie} ${from} ssh2 [preauth]`,
      guest,
    )
  })
})

describe('frames', () => {
  test('equal lines folded by the sender stay one event with a count', () => {
    const { fields } = read(
      'Nov 23 14:32:05 nas sshd[1]: message repeated 5 times: [ Failed password for root from 203.0.113.9 port 51022 ssh2]',
      'auto',
      nextNoon,
    )
    expect(fields).toMatchObject({
      ...guest,
      count: 5,
      user: 'root',
      message: `Failed password for root ${from} ssh2`,
    })
  })
  test('an absurd count is bounded', () => {
    expect(
      read('Nov 23 14:32:05 nas sshd[1]: message repeated 999999999 times: [ x]', 'sshd', nextNoon).fields[
        'count'
      ],
    ).toBe(1_000_000)
  })
  test('sshd-session of OpenSSH 9.8, RFC 5424, a bare tag and a doubled host are sshd too', () => {
    for (const frame of [
      'Nov 23 14:32:05 nas sshd-session[1]: ',
      '<86>1 2026-11-23T14:32:05+09:00 nas sshd 1 - - ',
      'sshd[1]: ',
      'Nov 23 14:32:05 udm udm sshd[1]: ',
      '<86>sshd[1]: ',
    ])
      expect(read(`${frame}Failed password for root ${from} ssh2`, 'auto', nextNoon)).toMatchObject({
        source: 'sshd',
        status: 'ok',
        common: { ...guest, action: 'failed' },
      })
  })
  test('a program that only speaks of sshd is not sshd', () => {
    expect(recognise('Nov 23 14:32:05 nas lfd[1]: (sshd) Failed SSH login from 203.0.113.9')).toBe('syslog')
    expect(read('Nov 23 14:32:05 nas smbd[1]: hello', 'sshd', nextNoon)).toMatchObject({
      status: 'failed',
      reason: 'not a line of sshd',
    })
  })
  test('the labels let Sigma’s rules for sshd, auth and syslog look at it', () => {
    expect(read(`sshd[1]: Invalid user a ${from}`, 'auto', nextNoon).labels).toEqual({
      product: 'linux',
      categories: [],
      services: ['sshd', 'auth', 'syslog'],
    })
  })
  test('a sentence nobody has seen keeps its message', () => {
    reads('error: buffer_get_ret: trying to get more bytes 1907 than in buffer 308 [preauth]', {})
  })
})
