/** The door of the declaration: its states, gates, numbers and reminders. */
export { type By, mayDeclare } from './by.ts'
export {
  type Declaration,
  type DeclarationEvent,
  type Level,
  type System,
  wasInForce,
} from './declaration.ts'
export { type Entered, enterNumber, type Refused } from './declare.ts'
export { checkListing, type Listing, listings } from './desk.ts'
export { currentPledgeEdition } from './edition.ts'
export { gateFacts, readStanding, type Standing } from './facts.ts'
export { type Gate, judgeGates, readyFor, type Why } from './gate.ts'
export { findGbizid, type Gbizid, gbizidKinds, keepGbizid } from './gbizid.ts'
export { chosenGoals, daysToTwoStars, keepGoals, type Round, roundsOf } from './goal.ts'
export { declarationInForce, declarationsOf, type InForce, inForceOf } from './in-force.ts'
export { acknowledge, confirmEdition, stopDeclaring, tellChange } from './keep.ts'
export { dropLogo, keepLogo, type Logo, logoBytes, logoOf, readLogo } from './logo.ts'
export { sentenceOf } from './mail.ts'
export { practiceNumber, readNumber } from './number.ts'
export { enterOwn, takesAtOnce } from './own.ts'
export { publicText, sayDate } from './public-text.ts'
export { remindDaily } from './remind-daily.ts'
export { changedFields, type Reminder } from './reminder.ts'
export { remindersIn, remindersOf } from './reminders-of.ts'
export { held, settle } from './settle.ts'
