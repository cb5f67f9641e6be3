/** The door of case: what a person carries to its end. */
export {
  type ClosingReason,
  type EntryKind,
  type Stage,
  type StageName,
  type TaskKind,
  type TaskOutcome,
} from './case.ts'
export { doneTask } from './do-task.ts'
export type { CloseAlert } from './hear-notice.ts'
export { hearForCases } from './on.ts'
export {
  type CaseRow,
  type CaseView,
  caseDetail,
  caseList,
  type EntryView,
  type OwnerIncident,
  ownerIncident,
  ownerIncidents,
} from './show.ts'
export { listTasks, type TaskRow } from './task-list.ts'
export { addNote, closeCase, openCase, setStage } from './work-case.ts'
