/** The door of notice: what the owner gets, and what the owner answers. */
export { type Answered, answerNotice } from './answer-notice.ts'
export { callBy } from './calendar.ts'
export { storeCanaryNotice } from './canary-notice.ts'
export { type ActionId, acts, type Lang } from './catalogue.ts'
export { type CheckAnswer, makeNumberCheck, type NumberCheck } from './check.ts'
export type { Held } from './field.ts'
export type { Texts } from './fill.ts'
export { footLines } from './foot.ts'
export { handDue } from './hand-notice.ts'
export { type LinkBearer, type Opened, openLink } from './link.ts'
export type { LintProblem } from './lint.ts'
export {
  type HomeNotices,
  homeNotices,
  listNotices,
  type NoticeRow,
  noticesOfAlert,
  noticesOfCase,
} from './list.ts'
export { readHouse } from './make-notice.ts'
export type { AnswerRecord, NoticeRecord, NoticeState } from './notice.ts'
export { formatNumber, passesCheck, randomNumber } from './number.ts'
export { hearForNotices } from './on.ts'
export { type Preview, previewNotice, storyOf } from './preview.ts'
export { type MailTrouble, mailTroubles, type SendCount, type SendOptions, sendMails } from './send-mail.ts'
export { type AnswerView, type Choice, type DeliveryView, type NoticeView, noticeView } from './show.ts'
export { findAnswers, lockNotice, markRead } from './store.ts'
export { noticeCounts } from './counts.ts'
