/** The door of the self-check. */
export { type AnswerId, type PartId } from '../catalogue/index.ts'
export { type Asking, askingOf } from './ask.ts'
export { type Line, type Said } from './check.ts'
export {
  type CheckSummary,
  companyAnswers,
  lastCheck,
  openCheck,
  openToDos,
} from './door.ts'
export { finishCheck, type Picks } from './finish-check.ts'
export { type Invitation, inviteRespondent, renewLink, revokeLink } from './invite.ts'
export { answerAnew } from './later.ts'
export type { AnswerLink, MailState } from './link-store.ts'
export type { Result } from './result-store.ts'
export { answerByLink, nextOf, type OpenedSheet, openAnswerLink } from './respond.ts'
export { keepSame, partOf, type Saved, saveAnswer } from './save-answer.ts'
export { sayAnswer, sayToDo } from './say.ts'
export { resultPdf } from './sheet.ts'
export { AnswerButtons, marksOf, OrderNote, QuestionForm } from './question-form.tsx'
export { dropCheck, startCheck } from './start-check.ts'
export { type Ahead, firstFew, type ToDo, type Why } from './to-do.ts'
export {
  laterView,
  type LaterView,
  joiningOf,
  type Joining,
  type Overview,
  overviewOf,
  questionView,
  type QuestionView,
  resultView,
  type ResultView,
  type SheetQuestion,
  sheetQuestion,
  type SheetState,
} from './view.ts'
