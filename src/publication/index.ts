/** The door of where the policy is published. */
export { checkPageNow, namePage } from './check-page.ts'
export { checkPublications } from './check-publications.ts'
export { confirmPage, type PageForPerson, pagesForPerson } from './need-person.ts'
export { type Lacking, type Look, type Publication, type PublicationStatus } from './publication.ts'
export { publicationOf } from './show.ts'
export { findNamed, type KeptLook, listLooks } from './store.ts'
