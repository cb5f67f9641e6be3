import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The secret of an installation, made on the first start. Everything that needs a password between the program and its
 * database derives it from this, so there is one thing to guard and nothing to write down.
 */
export function secretOf(home: string): string {
  const file = join(home, 'secret')
  const aside = `${file}.${process.pid}`
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
  }
  try {
    writeFileSync(aside, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    chmodSync(aside, 0o600)
    // Linked, not renamed: of two first starts at once, both read the secret of the one that came first.
    linkSync(aside, file)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
  } finally {
    rmSync(aside, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

/** The password of a database role, derived from the secret and the role's name. */
export function passwordOf(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url')
}

/**
 * A password as PostgreSQL stores it (SCRAM-SHA-256, RFC 5803), so that `create role` carries no password that a log or
 * a line without TLS could show.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const rounds = 4096
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
