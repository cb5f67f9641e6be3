import type { Alike } from '../alike.ts'
import type { publication as ja } from '../ja/publication.ts'

export const publication: Alike<typeof ja> = {
  title: 'The page with your policy',
  lead: 'Tell us the address of the page that shows your basic policy. Mimamori looks every day whether outsiders can really read it.',
  mark: {
    ok: 'Can be read',
    lacks: 'Something is missing',
    down: 'Cannot be opened',
    needs_person: 'A person looks',
    unchecked: 'Not looked at yet',
  },
  sentence: {
    ok: 'Outsiders can read your policy',
    lacks: 'The page opens, but something is missing',
    down: 'The page could not be opened',
    needs_person: 'The page opens; a person will read what is on it',
    unchecked: 'We have not looked yet',
  },
  needsPerson:
    'A program cannot read the letters of a photo or a scanned PDF. Somebody of the desk opens it and looks for the company name, the date and the title. Call us when it is urgent.',
  hostedOk: 'The page that Mimamori keeps for you is where your policy is published.',
  hostedClosed:
    'You chose the page that Mimamori keeps, but it is closed now. Open it on the page “Basic policy”.',
  kept: (days) =>
    `It could not be read well for ${days} day(s) in a row. After three days it counts as gone and we tell you.`,
  away: (days) => `It could not be opened for ${days} day(s) in a row.`,
  parts: 'What we found',
  part: {
    name: 'Company name',
    date: 'Date of adoption or revision',
    title: 'Title (Information Security Policy)',
  },
  found: 'found',
  missing: 'not found',
  fix: {
    name: (name) => `Write “${name}” on the page. ㈱ or (株) is understood too.`,
    date: 'Write a date next to a word such as “Adopted” or “Revised”: “Adopted April 1, 2026”.',
    title: 'Write the title “Information Security Policy” on the page.',
  },
  why: {
    address: 'This is no complete address, or only a number. Copy it from the address bar of your browser.',
    'not-https':
      'The page begins with http://, or leads to one that does. Make it open with https:// (whoever made your site can do it).',
    private: 'This address works only inside your office. Enter one that outsiders can open.',
    'no-host': 'There is no site of this name. Please check the spelling.',
    unreachable: 'The site did not answer. Please wait a little and try again.',
    certificate:
      'Something is wrong with the certificate of the site (what is behind the lock); browsers warn too. Tell whoever made your site.',
    redirects: 'The page leads on and on, so we never arrived. Enter the address where it ends.',
    timeout: 'It did not open within 10 seconds.',
    'too-large': 'The page is too large (over 2 MB). Use a page or a PDF with the policy only.',
    status: (status) =>
      status === 404
        ? 'The site answered, but there is no such page (404).'
        : status === 401 || status === 403
          ? `The site said that we may not see it (${status}). Make it a page that anybody can read.`
          : `The site gave an unusual answer (${status}).`,
    other: 'It could not be opened.',
  },
  address: 'Address of the page',
  movedTo: 'Leads to',
  lookedAt: 'Last looked at',
  since: 'Published on',
  check: 'Look now',
  checking: 'This can take about 10 seconds.',
  done: {
    named: 'The address is saved, and we looked.',
    checked: 'We looked just now.',
    hosted: 'Your policy is now published on the page that Mimamori keeps.',
  },
  claimsHead: 'Words to change',
  claimsText:
    'Some words on the page can be misread. With SECURITY ACTION the company itself makes the declaration; nobody examines it.',
  claim: (words) => `“${words}”`,
  rewrite: 'You can write: ',
  form: {
    head: 'Publish on your own site',
    change: 'Change the address',
    url: 'Address of the page with the policy',
    urlHelp: 'Example: https://www.example.co.jp/policy. A PDF is fine too.',
    publishedOn: 'Published on',
    dayWrong: 'Please check the date. Example: 2026-04-01',
    publishedOnHelp: 'Leave it empty if you do not know.',
    submit: 'Save and look',
  },
  hosted: {
    head: 'If you have no web site',
    open: (address) => `You can publish on the page that Mimamori keeps (${address}). Anybody can read it.`,
    choose: 'Publish on the page that Mimamori keeps',
    now: 'This is where your policy is published now.',
    none: 'Once the representative has confirmed the basic policy, Mimamori can keep a page that anybody can read.',
    toPolicy: 'To the basic policy',
  },
  history: 'Earlier looks',
  byClock: 'Mimamori',
  byDesk: 'Confirmed by the desk',
  wording: 'You can also check the wording of business cards and web pages',
}
