/** The door of the basic policy: wizard, versions, approval, outputs. */
export {
  type Approval,
  approvePolicy,
  claimsIn,
  keyedText,
  type NotApproved,
  type PolicyClaim,
} from './approve.ts'
export {
  type Composed,
  compose,
  hashOf,
  missingSubjects,
  type PolicyText,
  preambleKey,
  standardText,
  textOf,
  valuesOf,
  wordingKey,
} from './compose.ts'
export { type CurrentPolicy, currentPolicy, policyReading, policyText, publishedPath } from './current.ts'
export type { PolicyChange, TextChange } from './diff.ts'
export {
  askedQuestions,
  chosenArticles,
  type Draft,
  type DraftValues,
  openQuestions,
  type PolicyLang,
  type PolicyQuestion,
  type PolicyTask,
  policyTasks,
} from './draft.ts'
export type { Piece } from './fill.ts'
export { policyHtml } from './output/html.tsx'
export {
  policyDocx,
  policyPdf,
  policyPlainText,
  policyPoster,
  type PolicySheet,
  staffMail,
} from './output/outputs.ts'
export { findPage, type PublishedPolicy, publishedPolicy } from './page-store.ts'
export { countReaders, switchPolicyPage } from './publish.ts'
export { changesSince, confirmPolicy, reviewPolicy, takeReview } from './review.ts'
export { sayDay } from './say-day.ts'
export { findVersion, listVersions, newestVersion, type PolicyVersion } from './store.ts'
export {
  answerPolicyQuestion,
  changePolicyLang,
  type Doing,
  draftOf,
  type PolicyAnswer,
  wordPolicyArticle,
} from './write-policy.ts'
