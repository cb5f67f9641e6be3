import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepDatabase } from '../src/store/keeper/keep.ts'
import { type Log, quiet } from '../src/store/log.ts'
import { migrate } from '../src/store/migrate.ts'
import { connect } from '../src/store/pool.ts'
import { ensureOwner, ensureRoles } from '../src/store/roles.ts'
import { secretOf } from '../src/store/secret.ts'
import { template, type TestCluster, testVariable } from '../src/store/test-database.ts'

/**
 * Ends the cluster and removes its folder when this process is gone, however it went: the watchdog waits for the end of
 * a pipe that only we hold open.
 */
function watchdog(home: string): () => void {
  const script =
    'cat >/dev/null; kill -QUIT "$(head -n 1 "$1"/postgres-*/postmaster.pid)" 2>/dev/null; sleep 1; rm -rf "$1"'
  const child = spawn('/bin/sh', ['-c', script, 'watchdog', home], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.unref()
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return () => child.kill('SIGKILL')
}

async function makeTemplate(superuserUrl: string, secret: string, log: Log): Promise<TestCluster> {
  const ownerUrl = await ensureOwner({ superuserUrl, secret, log, database: template })
  try {
    const client = await connect({ url: ownerUrl, log })
    await ensureRoles(client, { ownerUrl, secret })
    await client.end()
    await migrate({ ownerUrl, log })
    return { superuserUrl, ownerUrl, secret }
  } catch (thrown) {
    return { superuserUrl, ownerUrl, secret, problem: String(thrown) }
  }
}

/**
 * One embedded cluster for the whole run, without safety against power loss, and in it a migrated template that each test
 * file clones.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Each project of the configuration calls this; the first call makes it.
  if (process.env[testVariable] !== undefined) return () => Promise.resolve()
  const home = mkdtempSync(join(tmpdir(), 'mimamori-test-'))
  const calledOff = watchdog(home)
  const keeper = await keepDatabase({ home, log: quiet, fast: true })
  const cluster = await makeTemplate(keeper.superuserUrl, secretOf(home), quiet)
  process.env[testVariable] = JSON.stringify(cluster)
  return async () => {
    await keeper.stop()
    calledOff()
    rmSync(home, { recursive: true, force: true })
    delete process.env[testVariable]
  }
}
