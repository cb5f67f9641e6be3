export { type Adoption, adoptHeld, type HeldSender, heldSenders } from './adopt.ts'
export { type Gap, type Sequence, type Sequences, sequenceOf } from './gap.ts'
export {
  type KeptLine,
  listSequences,
  noteSequences,
  type SensorGap,
  type SensorSequence,
} from './gap-store.ts'
export { type Ingest, type IngestOptions, makeIngest } from './ingest.ts'
export { type ReceiverOptions, type Receivers, type ReceiverState, startReceivers } from './receivers.ts'
export { rsyslogRecipe, type RsyslogTarget } from './recipe.ts'
export { type IngestAnswer, ingestRoutes, type RouteOptions } from './routes.ts'
export { tokenHash, tokenHint } from './token.ts'
export { receiverIncidents } from './receiver-incidents.ts'
