/** The door of the check of wording: claims that a self-declaration may not make. */
export { checkWording, type WordingHit } from './check-wording.ts'
