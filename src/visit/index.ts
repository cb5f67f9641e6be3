/** The door of visits: looking at a public page from outside. */
export { makeVisit } from './make-visit.ts'
export { readPageAddress } from './target.ts'
export type { Visit, Visited } from './visit.ts'
