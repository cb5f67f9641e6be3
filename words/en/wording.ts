import type { Alike } from '../alike.ts'
import type { wording as ja } from '../ja/wording.ts'

export const wording: Alike<typeof ja> = {
  title: 'Check your wording',
  lead: 'See whether your web page or business card says the right thing about SECURITY ACTION. What you enter is kept nowhere.',
  text: 'Text to check',
  textHelp: 'Paste the text of a web page or a card. Up to 4,000 characters.',
  url: 'Address of a page (instead of a text)',
  urlHelp: 'Example: https://www.example.co.jp/. We go and look at that page.',
  submit: 'Check',
  neither: 'Enter a text or the address of a page.',
  none: 'Nothing to change was found',
  noneText: 'A program knows only certain ways of saying it. Compare with the right sentences below.',
  found: (count) => `${count} place(s) to change`,
  foundText:
    'The words below read as if somebody had examined the company. With SECURITY ACTION the company itself makes the declaration.',
  inText: 'In your text',
  onPage: (address) => `Page: ${address}`,
  rewrite: 'You can write',
  more: (count) => `There are ${count} more. Change these, then check again.`,
  notOpened: 'The page could not be opened',
  noText: 'No letters could be read on this page. Paste the text into the field above.',
  rightHead: 'Sentences to use as they are',
  rightText: 'Press long, or three times, to select; then copy.',
  right: {
    one: { label: 'With one star', sentence: 'We have self-declared SECURITY ACTION (one star).' },
    two: { label: 'With two stars', sentence: 'We have self-declared SECURITY ACTION (two stars).' },
  },
  ruleHead: 'To remember',
  rules: [
    'The stars are the company’s own declaration. IPA does not examine the company.',
    'Write “self-declared”. Do not write that the stars were obtained, certified or passed.',
    'You may write that you received a self-declaration ID.',
    'Keep it in a sentence apart from schemes with an examination, such as ISMS or the Privacy Mark.',
  ],
}
