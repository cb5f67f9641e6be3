import type { declaration as ja } from '../ja/declaration.ts'
import type { Alike } from '../alike.ts'

export const declaration: Alike<typeof ja> = {
  mail: {
    title: 'Mimamori',
    subject: (first: string, count: number) =>
      count > 1 ? `[Declaration] ${count} things to look at` : `[Declaration] ${first}`,
    hello: (name: string) => `Dear ${name},`,
    lead: 'There is something to look at about your SECURITY ACTION self-declaration.',
    item: (line: string) => `- ${line}`,
    see: 'Sign in to this page to see where to put it right. This is not a warning of an attack.',
    foot: 'We send one mail for each thing. Your declaration itself has not changed.',
  },
}
