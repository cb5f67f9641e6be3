import type { Alike } from '../alike.ts'
import type { access as ja } from '../ja/access.ts'

export const access: Alike<typeof ja> = {
  code: {
    subject: (code) => `Your sign-in number: ${code} | Mimamori`,
    hello: (name) => `Hello ${name}`,
    text: 'This is your number for signing in to Mimamori. Enter it on the sign-in page.',
    valid: 'It works once, within 10 minutes.',
    notYou: 'If you did not ask for it, do nothing. Tell nobody the number. We never ask you for it.',
  },
  invitation: {
    subject: (organisation) => `You can now sign in to Mimamori | ${organisation}`,
    hello: (name) => `Hello ${name}`,
    text: (inviter, organisation) => `${inviter} added you to the watch of ${organisation}.`,
    how: 'There is no password. Enter this mail address on the page below and a number comes to you.',
    notYou: 'If you do not know about this, do nothing.',
  },
  from: 'Mimamori',
}
