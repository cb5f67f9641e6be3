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

const plumbing = ['base', 'config', 'store', 'event', 'job', 'mail', 'http'] as const
const stream = ['source', 'ingest', 'detect'] as const
const slices = ['access', 'company', 'device', 'plan', 'alert', 'notice', 'case'] as const

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

  practice: {
    floor: 4,
    holds: 'the practice installation: its devices and the sample day',
    may: [...plumbing, 'source', 'ingest', 'company', 'device', 'access', 'plan'],
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
  routes: {
    floor: 5,
    holds: 'every page of the program, by reader',
    may: [...plumbing, ...slices, 'portal', 'watch'],
  },
  main: {
    floor: 5,
    holds: 'the life of the program: make, join, serve, stop in reverse',
    may: [...plumbing, ...stream, ...slices, 'words', 'practice', 'portal', 'watch', 'routes'],
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
