/**
 * The map of the house: who may import whom. Data only; `scripts/check-architecture.ts` reads it, and so may you.
 *
 * Arrows point down the floors. On the same floor they point only where a line here says so, and the map has no
 * ring. A folder is entered from outside through its `index.ts`; what must travel upward is handed in by `main.ts`
 * or told as a message.
 */
export type Folder = {
  /** 0 words and pure engines, 1 the outside world, 2 the stream, 3 the slices, 4 what people open, 5 what starts it. */
  readonly floor: 0 | 1 | 2 | 3 | 4 | 5
  /** What it holds, in one line. */
  readonly holds: string
  /** The folders it may import, by name. Itself is always allowed. */
  readonly may: readonly string[]
  /** Imports nothing outside itself (no package, no `node:`), reads no clock and no randomness. */
  readonly pure?: true
  /** Data without a door: its files are imported one by one. */
  readonly open?: true
  /** Parts that must not import each other; each may be entered through an `index.ts` of its own. */
  readonly areas?: readonly string[]
}

export type HouseMap = Readonly<Record<string, Folder>>

const plumbing = [
  'base',
  'config',
  'store',
  'event',
  'job',
  'mail',
  'http',
  'catalogue',
  'document',
  'seal',
  'visit',
  'wording',
] as const
const stream = ['source', 'ingest', 'detect'] as const
const slices = [
  'access',
  'company',
  'device',
  'plan',
  'alert',
  'notice',
  'case',
  'lesson',
  'evidence',
  'self-check',
  'pledge',
  'policy',
  'publication',
  'registry',
  'badge',
  'declaration',
  'proof',
  'promoter',
] as const

export const house: HouseMap = {
  base: { floor: 0, holds: 'time in Japan, severities, faults, ids', may: [], pure: true, open: true },
  sigma: { floor: 0, holds: 'the rule engine: parse, compile, match', may: [], pure: true },
  words: { floor: 0, holds: 'every visible text, ja and en', may: ['base'], open: true },
  config: { floor: 0, holds: 'every setting, its default and why', may: ['base'] },
  know: { floor: 0, holds: 'this map', may: [] },

  store: { floor: 1, holds: 'PostgreSQL: keeper, pool, scope, migrate, backup', may: ['base', 'config'] },
  event: { floor: 1, holds: 'where events are kept and searched', may: ['base', 'config', 'store'] },
  job: { floor: 1, holds: 'timers and jobs', may: ['base', 'config', 'store'] },
  mail: { floor: 1, holds: 'ways out; no wording', may: ['base', 'config', 'store'] },
  http: { floor: 1, holds: 'server, session, page parts, assets', may: ['base', 'config', 'store', 'words'] },

  catalogue: {
    floor: 1,
    holds: 'the facts of the schemes: catalogue/*.yaml, checked at the start',
    may: ['base'],
  },
  document: { floor: 1, holds: 'PDF, DOCX and two-dimensional codes; no wording', may: ['base'] },
  seal: { floor: 1, holds: 'the keys of the installation: sign, verify, rotate', may: ['base', 'store'] },
  visit: { floor: 1, holds: 'looking at a public page, guarded', may: ['base'] },
  wording: { floor: 1, holds: 'claims that a self-declaration may not make', may: ['base', 'catalogue'] },

  source: { floor: 2, holds: 'one folder per log source: bytes to fields', may: ['base'] },
  ingest: { floor: 2, holds: 'listen, recognise the sender, hand over', may: [...plumbing, 'source'] },
  detect: { floor: 2, holds: 'rule book and event to detection', may: [...plumbing, 'source', 'sigma'] },

  access: { floor: 3, holds: 'sign-in, roles, scopes, audit trail', may: [...plumbing, 'words'] },
  company: { floor: 3, holds: 'the watched firm, its sites and people', may: [...plumbing, 'access'] },
  device: {
    floor: 3,
    holds: 'named things, sensors and their rhythm',
    may: [...plumbing, 'source', 'ingest', 'company', 'access'],
  },
  plan: { floor: 3, holds: 'what was bought, and the caps', may: [...plumbing, 'company', 'access'] },
  alert: {
    floor: 3,
    holds: 'one story per alert, its evidence',
    may: [...plumbing, ...stream, 'company', 'device', 'access'],
  },
  notice: {
    floor: 3,
    holds: 'what the owner gets, and answers',
    may: [...plumbing, 'words', 'company', 'device', 'access', 'plan', 'alert'],
  },
  case: {
    floor: 3,
    holds: 'what a person carries to its end',
    may: [...plumbing, 'words', 'company', 'device', 'access', 'plan', 'alert', 'notice'],
  },

  lesson: {
    floor: 3,
    holds: 'threat news, the staff lesson and who learned',
    may: [...plumbing, 'company', 'access'],
  },
  policy: {
    floor: 3,
    holds: 'the basic policy: wizard, versions, approval',
    may: [...plumbing, 'words', 'company', 'access'],
  },
  publication: {
    floor: 3,
    holds: 'where the policy is published, and whether it is still there',
    may: [...plumbing, 'company', 'access', 'policy'],
  },
  evidence: {
    floor: 3,
    holds: 'what the watch knows beside an answer',
    may: [
      ...plumbing,
      ...stream,
      'company',
      'device',
      'access',
      'alert',
      'notice',
      'case',
      'lesson',
      'policy',
    ],
  },
  'self-check': {
    floor: 3,
    holds: 'the 25 questions, their sheets, score and to-dos',
    may: [...plumbing, 'words', 'company', 'access', 'evidence'],
  },
  pledge: {
    floor: 3,
    holds: 'the basic items that a company promises to work on',
    may: [...plumbing, 'company', 'access', 'device', 'evidence', 'self-check'],
  },
  registry: {
    floor: 3,
    holds: 'the public register: numbers, entries, applications, search',
    may: [...plumbing, 'words', 'company', 'access'],
  },
  badge: { floor: 3, holds: 'the signed badge of a register entry', may: [...plumbing, 'words', 'registry'] },
  declaration: {
    floor: 3,
    holds: 'gates, states and reminders of the self-declaration',
    may: [
      ...plumbing,
      'words',
      'company',
      'access',
      'evidence',
      'self-check',
      'pledge',
      'policy',
      'publication',
      'registry',
    ],
  },
  promoter: {
    floor: 3,
    holds: 'promoters and what they offer to firms that declared',
    may: [...plumbing, 'company', 'access', 'declaration'],
  },
  proof: {
    floor: 3,
    holds: 'proof packs for a subsidy, an insurer, a buyer',
    may: [
      ...plumbing,
      'words',
      'company',
      'access',
      'device',
      'plan',
      'lesson',
      'registry',
      'self-check',
      'policy',
      'publication',
      'declaration',
      'notice',
    ],
  },

  practice: {
    floor: 4,
    holds: 'the practice installation: its devices and the sample day',
    may: [...plumbing, 'source', 'ingest', ...slices],
  },
  portal: {
    floor: 4,
    holds: 'pages by reader',
    may: [...plumbing, ...stream, ...slices, 'words', 'practice'],
    areas: ['front', 'owner', 'provider', 'public'],
  },

  watch: {
    floor: 5,
    holds: 'the watch as a whole: receivers, detector, clocks, and who hears which message',
    may: [...plumbing, ...stream, ...slices, 'practice'],
  },
  rounds: {
    floor: 5,
    holds: 'work that a clock starts for declarations: evidence, pages, reminders, applications',
    may: [...plumbing, ...slices],
  },
  routes: {
    floor: 5,
    holds: 'every page of the program, by reader',
    may: [...plumbing, ...slices, 'portal', 'watch'],
  },
  main: {
    floor: 5,
    holds: 'the life of the program: make, join, serve, stop in reverse',
    may: [...plumbing, ...stream, ...slices, 'words', 'practice', 'portal', 'rounds', 'watch', 'routes'],
  },
  cli: {
    floor: 5,
    holds: 'one file per command',
    may: [
      ...plumbing,
      ...stream,
      ...slices,
      'sigma',
      'words',
      'practice',
      'portal',
      'watch',
      'routes',
      'main',
    ],
  },
}
