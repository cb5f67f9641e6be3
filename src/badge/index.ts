/** The door of the badge: signed badges of register entries, their picture, and the check of both. */
export {
  type Checked,
  type ComparedField,
  type SameCheck,
  type SignatureCheck,
  type StandingCheck,
} from './check.ts'
export { entryUrl, type ReadBadge } from './credential.ts'
export { didDocument } from './issuer.ts'
export { type BadgeParts, type Badges, makeBadges, type Served } from './make-badges.ts'
export { badgeSize, badgeSnippet } from './picture.ts'
export { listKeptFor } from './status-list.ts'
export { sayDate } from './words.ts'
