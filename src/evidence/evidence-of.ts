import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { Counts } from './counts.ts'
import { deviceLedger, deviceRetired, endpointCoverage } from './measure/list.ts'
import { lookAt, type Measure } from './measure/look.ts'
import { backupJob, endpointPatch, endpointProtection, webFilter } from './measure/machine.ts'
import {
  accountTakenOver,
  advisoryRead,
  contactTest,
  exposedService,
  restoreTest,
  trainingDone,
} from './measure/story.ts'

/**
 * One measure for each signal that an installation can really measure today. Not here, because nothing that reaches us
 * shows it: gateway_firmware (lines of a FortiGate do not name the running version, nor do we know which is newest),
 * signin_mfa, open_share, stale_account, mail_threat, misdelivery_case, wifi_security, disk_encryption, usb_storage,
 * screen_lock, nda_signed, unknown_device, partner_contract, cloud_ledger, incident_plan, rules_ack.
 */
const measures: readonly Measure[] = [
  endpointPatch,
  endpointProtection,
  endpointCoverage,
  accountTakenOver,
  exposedService,
  advisoryRead,
  trainingDone,
  webFilter,
  backupJob,
  restoreTest,
  deviceLedger,
  deviceRetired,
  contactTest,
]

/** Every signal that can be measured for a company now; of all others nothing is said. */
export async function evidenceOf(
  tx: Tx,
  company: string,
  now: Instant,
): Promise<ReadonlyMap<string, Counts>> {
  const look = await lookAt(tx, company, now)
  const known = new Map<string, Counts>()
  for (const measure of measures) {
    const counts = await measure(look)
    if (counts !== undefined) known.set(counts.signal, counts)
  }
  return known
}
