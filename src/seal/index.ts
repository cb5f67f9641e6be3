/** The door of the seal: what this installation signs, and how anybody checks it. */
export type { Claims, Seal, SealKeeper, Verified } from './seal.ts'
export { makeSeal } from './make-seal.ts'
