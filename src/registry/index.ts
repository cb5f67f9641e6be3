/** The door of the register: numbers, entries, search, many at once. */
export type {
  ChangedBy,
  Entry,
  EntryEvent,
  EntryEventKind,
  EntryStatus,
  Level,
  NewEntry,
  PledgeEdition,
  Registry,
} from './entry.ts'
export { enterMany } from './enter-many.ts'
export {
  type CheckedLine,
  checkMany,
  type Line,
  linesOf,
  mostChecked,
  type ReadLine,
  type ReadLines,
} from './check-many.ts'
export { allEntries, listEntries } from './list.ts'
export { entriesNotActive } from './lookup.ts'
export { makeSearch, mostPages, perPage, type Search, type SearchResult } from './search.ts'
export type { BoxReading, SearchQuery } from './search-query.ts'
export { csvLine, entryCells, entryFields, showEntry, showEvent, showHead } from './show.ts'
export { readRegistry, registryOf, saveRegistry } from './settings.ts'
export { isEntryNumber, readNumber, type ReadNumber } from './number.ts'
export {
  type Change,
  changeEntryDetails,
  changeEntryLevel,
  changeEntryStatus,
  type EntryDetails,
  enterEntry,
  findEntry,
} from './store.ts'
export {
  type ApplicationKind,
  type ApplicationState,
  type Asking,
  bands,
  type Filled,
  isDone,
  isFreshCheck,
  nextStep,
  reviewWithin,
  type Step,
  stepsOf,
} from './application.ts'
export { answerQuestion, withdrawApplication } from './application-answer.ts'
export { duplicateOf } from './application-around.ts'
export { askingOf } from './application-asking.ts'
export {
  askForChange,
  beginChange,
  type Changing,
  openChange,
  stopByApplicant,
} from './application-change.ts'
export { applicationsDaily } from './application-daily.ts'
export {
  eventsForApplicant,
  fillForm,
  openCorrection,
  openForm,
  openState,
  startApplication,
} from './application-fill.ts'
export { confirmForm, openConfirmation, sendForm } from './application-send.ts'
export { type ApplicationParts } from './application-settle.ts'
export { type Application, type ApplicationEvent, eventsOf, standingOf } from './application-store.ts'
export { applicantPaths } from './application-tell.ts'
export {
  acceptApplication,
  applicationForReview,
  askApplicant,
  mayReview,
  mayRunRegistry,
  refuseApplication,
  reopenApplication,
  reopenWithin,
} from './review-decide.ts'
export { deskRows, entriesForDesk, mayBecome, setEntryStatus } from './review-entry.ts'
export { type Oddity, type Reason } from './review-oddity.ts'
export { recentlySettled, reviewQueue, type Waiting } from './review-queue.ts'
export { countsBy, dimensions, makeStatistics, type Statistics, type Tally, totalOf } from './statistics.ts'
