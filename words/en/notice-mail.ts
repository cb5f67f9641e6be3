import type { Severity } from '../../src/base/severity.ts'
import type { Alike } from '../alike.ts'
import type { noticeMail as ja } from '../ja/notice-mail.ts'

const asked: Readonly<Record<Severity, string>> = {
  now: 'you need to act',
  today: 'something to do today',
  week: 'something to do this week',
  info: 'nothing to do',
}

export const noticeMail: Alike<typeof ja> = {
  severity: { now: 'Now', today: 'Today', week: 'This week', info: 'For information' },
  asked,
  practice: 'Practice sample',
  practiceText: 'This is a practice sample. It is not a real attack.',
  again: 'Update',
  againText: 'We know more than in our earlier notice. Please read this one.',
  to: (name) => `Dear ${name},`,
  subject: (mark, act, company) => `${mark}${act} | ${company}`,
  actAndTitle: (act, title) => `${act}: ${title}`,
  mark: (text) => `[${text}] `,
  what: 'What happened',
  todo: 'Please do this',
  doNot: 'Please do not',
  head: (text) => `■ ${text}`,
  asking: (severity, who) => `■ ${severity}: ${who}`,
  phone: (phone, hours) => `■ Phone ${phone} (${hours})`,
  code: (code) => `Say the code ${code}.`,
  page: (until) => `■ Page to answer (opens until ${until})`,
  pageNote: 'The link only opens a page. Nothing changes until you press a button.',
  details: (text) => `${text}: at the end of the page to answer.`,
  genuine: '■ To make sure this is genuine',
  genuineHow: (page) =>
    `Phone the number in your contract and say the notice number, or type the number on this page.\n${page}`,
  genuineNever: 'This mail asks for no password and no money, and has no attachment.',
  weekSubject: (count) => `${count} thing${count === 1 ? '' : 's'} to do`,
  weekText: (count) => `There ${count === 1 ? 'is 1 thing' : `are ${count} things`} to do this week.`,
  floodSubject: (count, title) => `${count} notices: ${title}`,
  floodText: (count) =>
    `Many notices came within a short time, so this one mail holds ${count} of them, most urgent first.`,
  item: (severity, title) => `[${severity}] ${title}`,
  until: (date, time) => `${time} on ${date}`,
}
