/** The door of proof packs: facts frozen, signed, shown by a link with an end. */
export { type Facts, type ProofKind, proofKinds } from './facts.ts'
export {
  listProofs,
  makeProof,
  type NewProof,
  openProof,
  type Proof,
  proofOf,
  revokeProof,
  type Shown,
} from './proof.ts'
export { factSections, factsHash, proofPdf } from './sheet.ts'
