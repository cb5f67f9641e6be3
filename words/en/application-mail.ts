import type { applicationMail as ja } from '../ja/application-mail.ts'
import type { Alike } from '../alike.ts'

/** The mails about an application to the register. The act comes first in a subject, then whose mail it is. */
export const applicationMail: Alike<typeof ja> = {
  hello: (person: string) => `Dear ${person},`,
  from: (registry: string, contact: string) => `${registry}\nContact: ${contact}`,
  subject: (act: string, registry: string) => `${act} | ${registry}`,
  confirm: {
    act: 'Confirm your application',
    text: (name: string) =>
      `We received an application for “${name}”. Open the link below within 48 hours and press the button. Until then, the application is not complete.`,
    notYou: 'If you know nothing of this, do nothing. The application disappears after 7 days.',
  },
  held: {
    act: 'Application received',
    text: (name: string, when: string) =>
      `We received the application for “${name}”. A person will look at it and answer by mail by ${when}. You need to do nothing until then.`,
    state: 'This page shows how it stands:',
  },
  entered: {
    act: (number: string) => `Your number is ${number}`,
    text: (name: string, number: string) =>
      `“${name}” is in the register. The number is ${number}. Please keep it.`,
    entry: 'The entry, for everybody to see:',
    badge: 'A badge for your web site or business card:',
    change: 'To change details, step up or stop:',
    notCertified:
      'This is your own declaration. Please do not write that you are “certified” or “accredited”.',
  },
  changed: {
    act: 'Your entry was changed',
    text: (name: string, number: string) => `The entry of “${name}” (number ${number}) was changed.`,
    notYou: 'If this was not you, contact us at once.',
  },
  asked: {
    act: 'We have a question',
    text: (name: string) => `We have a question about the application for “${name}”.`,
    how: 'Answer or correct the application on this page:',
  },
  refused: {
    act: 'Your application was not entered',
    text: (name: string) =>
      `We looked at the application for “${name}” and could not enter it in the register. The reason is:`,
    how: 'If you disagree, or want to correct it and apply again, contact us.',
  },
  reopened: {
    act: 'We are looking at your application again',
    text: (name: string) =>
      `We are looking at the application for “${name}” once more. We will tell you the result by mail. You need to do nothing until then.`,
  },
  change: {
    act: 'Link to change your entry',
    text: (name: string, number: string) =>
      `With this link you can change the entry of “${name}” (number ${number}), step up or stop. It works for 48 hours.`,
    notYou: 'If you did not ask for it, do nothing. Nothing changes.',
  },
  moved: {
    act: 'The contact address is about to change',
    text: (name: string, number: string) =>
      `Somebody asked to move the contact for “${name}” (number ${number}) to another mail address. It moves once the new address is confirmed.`,
    notYou: 'If you know nothing of this, contact us at once.',
  },
  status: {
    suspended: {
      act: 'Your entry is suspended',
      text: (name: string, number: string) =>
        `The entry of “${name}” (number ${number}) is suspended. The reason is:`,
    },
    active: {
      act: 'Your entry is valid again',
      text: (name: string, number: string) =>
        `The entry of “${name}” (number ${number}) is valid again. The reason is:`,
    },
    stopped: {
      act: 'Your entry has ended',
      text: (name: string, number: string) =>
        `The entry of “${name}” (number ${number}) has ended. Its page stays. The reason is:`,
    },
    own: 'The declaration was stopped from the mail address of the application.',
  },
}
