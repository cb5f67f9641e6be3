import type { Alike } from '../alike.ts'
import type { declarationsDesk as ja } from '../ja/declarations-desk.ts'

export const declarationsDesk: Alike<typeof ja> = {
  title: 'Declarations of companies',
  lead: 'Levels of the companies under contract and what to mind. Each company declares by itself; nobody may file for it.',
  none: 'No companies yet. They appear here once added.',
  company: 'Company',
  level: 'Level',
  levels: { SA1: '★ One star', SA2: '★★ Two stars' },
  undeclared: 'Not declared',
  number: 'Number',
  declaredOn: 'Declared on',
  listed: 'List of IPA',
  listings: { found: 'Listed', not_found: 'Not listed', differs: 'Differs' },
  notLooked: 'Not looked at yet',
  reminders: 'To mind',
  noReminders: 'Nothing',
  keep: 'Keep',
  look: 'Open the list of IPA',
  pagesHead: 'Policy pages that a person must open',
  pagesLead: 'Pages that no program can read, such as scans. If name, date and title are there, confirm it.',
  pagesNone: 'None at the moment.',
  open: 'Open the page',
  confirm: 'I have read it',
  act: 'What to do',
  done: { listing: 'What you found is kept.', page: 'The page is confirmed.' },
}
