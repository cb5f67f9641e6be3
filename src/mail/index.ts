/** The door of mail: ways out, without wording. */
export { isPermanent, type Mail, type Mailer } from './mailer.ts'
export { noMailer, terminalMailer } from './no-mailer.ts'
export { findPracticeMail, listPracticeMail, type PracticeMail, practiceMailer } from './practice-mailer.ts'
export { smtpMailer } from './smtp-mailer.ts'
