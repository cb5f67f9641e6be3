import type { Alike } from '../alike.ts'
import type { front as ja } from '../ja/front.ts'

export const front: Alike<typeof ja> = {
  title: 'Watching over companies without an IT person',
  hero: ['People and machines watch over', 'companies without an IT person.'],
  lead: 'If something is odd, we tell you in everyday words. If anything is unclear, call us.',
  signIn: {
    head: 'For companies with a contract',
    button: 'Sign in',
    note: 'There are no passwords. You enter with a number sent by mail.',
    practice:
      'In the practice, the links to enter are printed on the screen (terminal) where Mimamori was started. Open them from there.',
    home: 'Open your page',
    as: (name) => `You are signed in as ${name}.`,
  },
  doorsHead: 'Four ways in',
  doors: {
    action: {
      no: 'First, by yourself',
      title: 'SECURITY ACTION',
      text: 'Check your company with 25 questions, write a basic policy, and declare one or two stars yourself.',
      go: 'Begin, or search the register',
    },
    programme: {
      no: 'Try it in your region',
      title: 'Demonstration',
      text: 'Take part, as a company, in a demonstration of the watch run by a prefecture or a chamber of commerce.',
      go: 'In preparation: what you can do now',
    },
    service: {
      no: 'Watched over every day',
      title: 'Otasuketai service',
      text: 'We read the records of your gateway and PCs day and night, and tell you about trouble in everyday words.',
      go: 'See what works now',
    },
    chain: {
      no: 'Connected with business partners',
      title: 'SC3',
      text: 'Answer what your business partners ask, only as far as you agreed.',
      go: 'In preparation: what you can do now',
    },
  },
  troubleHead: 'Start from your trouble',
  trouble: {
    strange: { main: 'A PC behaves strangely', sub: 'Do not switch it off; call at once' },
    genuine: { main: 'Is the notice I got genuine?', sub: 'Enter its number and we say whether we sent it' },
    star: { main: 'A business partner asks for a star', sub: 'Get ready for two stars in one go' },
    price: { main: 'What is in my contract, and what does it cost?', sub: 'Sign in and see “your package”' },
  },
  phoneHead: 'Ask by phone',
  phone: { number: 'Number', hours: 'Hours', code: 'What to say' },
  phoneCode: 'Say your company number (it begins with M-). You can talk to us without it, too.',
  howHead: 'How the watch works',
  how: [
    {
      head: 'We notice',
      text: 'We read the records of your gateway and PCs day and night. We also notice when none arrive.',
    },
    {
      head: 'We tell you',
      text: 'Which machine, what we did, and what we do not know yet, in everyday words.',
    },
    {
      head: 'To the end',
      text: 'Your answer moves the next step. What was done stays with time and name, until it is over.',
    },
  ],
  sample: {
    head: 'A sample of a notice',
    title: 'We cannot watch your gateway',
    text: 'Since 9:12 this morning we have no contact with your gateway (UTM). Often it is a power cut or a loose cable.',
    todo: 'Look whether its power lamp is on.',
    answers: ['It is on', 'It was off', 'Not sure, please call'],
  },
  note: 'Companies and machines in the sample notice are examples.',
  back: 'Back to the first page',
  preparing: 'In preparation',
  notYet: (title) => `The pages for ${title} cannot be used yet`,
  now: 'What you can do now',
  later: 'What comes later',
  action: {
    title: 'SECURITY ACTION',
    hero: 'Check yourself,| declare yourself',
    lead: 'A scheme in which a company declares by itself that it works on information security. Nobody audits it, and it is no certification by IPA.',
    begin: 'Begin for my company',
    beginNote:
      'After signing in you can get ready to declare two stars today. You can stop and go on at any time.',
    beginAsk: (provider) => `If you are not with us yet, phone ${provider}.`,
    starsHead: 'Two levels',
    stars: [
      {
        name: '★ One star',
        text: 'You declare that you will work on the basic items: updates, protection, passwords and so on. It may be declared before they are done.',
      },
      {
        name: '★★ Two stars',
        text: 'You declare after a self-check of 25 questions and after publishing a basic policy.',
      },
    ],
    starsNote: 'Three stars and more belong to another scheme (SCS), not to SECURITY ACTION.',
    stepsHead: 'The way to two stars',
    steps: [
      {
        head: 'Tick the basic items',
        text: 'Six items, read for your own devices, with what the watch knows beside them.',
      },
      {
        head: 'Answer 25 questions',
        text: 'One button each, about five minutes. You see the score and the next three things to do.',
      },
      {
        head: 'Write and publish the policy',
        text: 'A few answers make the text. Without a site of your own you can publish it here.',
      },
      {
        head: 'Declare',
        text: 'The company gets its number on the official site of IPA with its gBizID. We prepare what to copy.',
      },
    ],
    openHead: 'For everybody',
    open: {
      registry: { main: 'Search the register', sub: 'Check a self-declaration by name or number' },
      apply: { main: 'Get listed', sub: 'Also for companies without a contract' },
      check: { main: 'Check many suppliers', sub: 'Up to 10,000 numbers at once' },
      verify: { main: 'Check a badge', sub: 'Its signature, and whether it still holds' },
      statistics: { main: 'See the numbers', sub: 'By prefecture, trade and month' },
      wording: { main: 'Check the wording', sub: 'Whether your site or card says too much' },
    },
    registryNone: 'No register runs here yet. The list of IPA is on its own site.',
    link: 'Open the official site of IPA',
  },
  programme: {
    title: 'Demonstration',
    text: 'In a demonstration, a prefecture or a chamber of commerce invites companies, tries the watch with them, and lets everybody learn from the results.',
    now: 'No demonstration is open here now. You can ask about taking part by phone.',
    later: ['A list of open demonstrations', 'Application and consent', 'Publishing the results'],
  },
  chain: {
    title: 'SC3',
    text: 'SC3 (Supply Chain Cybersecurity Consortium) works to protect whole chains of trade. Here you will be able to answer what business partners ask, only as far as you agreed.',
    now: 'If a business partner asks about your measures and you are unsure, call us.',
    later: [
      'Answers to business partners, and your consent',
      'Sharing, reporting and publishing what happened',
    ],
  },
  service: {
    title: 'Otasuketai service',
    lead: 'A service for small companies that puts advice, watch, help on site and insurance together. This page says what works now and what does not yet.',
    worksHead: 'What works now',
    works: [
      'We receive and read the records of your gateway (UTM), servers and PCs',
      'What is odd becomes a notice in everyday words, by mail and on your page',
      'You answer with a button; the answer decides what happens next, and by when',
      'When we cannot watch, we say so; the page never stays green',
      'In an emergency, the promise that a person calls within 15 minutes stands at the top of our queue',
      'You see what is in your contract (desk, watch, help on site, insurance, price, term) and when each was last checked',
    ],
    laterHead: 'Not yet',
    later: [
      'Ordering help on site from the page',
      'Starting an insurance claim from the page',
      'The monthly report',
    ],
    laterNote: 'Help on site and insurance can be asked for by phone, as your contract says.',
    priceHead: 'Price',
    price:
      'The price is set by your contract with the provider. Companies with a contract see it beside the cap of the standard after signing in.',
    startHead: 'How to begin',
    start: (provider) => `Call ${provider}. After the contract, a person registers your company and devices.`,
    signIn: 'Sign in, if you have a contract',
  },
}
