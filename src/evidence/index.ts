/** The door of evidence beside an answer. */
export { type Counts } from './counts.ts'
export { evidenceOf } from './evidence-of.ts'
export { gatherDaily } from './gather.ts'
export { keepRecord, type Unerased, unerasedDevices } from './record.ts'
export { sayEvidence } from './say-evidence.ts'
export { type AnswerId, type Known, type SignalKind, type Use, type Verdict, verdictOf } from './verdict.ts'
