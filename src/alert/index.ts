export {
  type AlertRow,
  type AlertState,
  type ClosingReason,
  closingReasons,
  type Decision,
  type Held,
} from './alert.ts'
export { closeAlert, decide, withdraw } from './decide.ts'
export {
  type AlertDetail,
  alertDetail,
  type DecisionView,
  type DetectionView,
  type EvidenceLine,
  findAlert,
  type RelatedAlert,
} from './detail.ts'
export type { Facts } from './facts.ts'
export { queue, type QueueRow, recentAlerts } from './queue.ts'
export { raiseFindings } from './raise.ts'
export { severityWords } from './severity.ts'
