import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Instant } from '../base/time.ts'
import { compile, type CorrelationRule, type Engine, loadRules, type Rule } from '../sigma/index.ts'
import type { RuleRef } from './finding.ts'
import { type ReadFolder, readRuleFolder, type RuleProblem } from './read-rules.ts'
import { isMetaProblem, readMeta, type RuleMeta } from './rule-meta.ts'

/** One compiled set of rules. Never changed; a reload makes another. */
export type Edition = {
  /** sha256 of all files with their names. */
  readonly version: string
  readonly engine: Engine
  /** By rule id; silent rules (that only feed a correlation) may have none. */
  readonly metas: ReadonlyMap<string, RuleMeta>
  readonly refs: ReadonlyMap<string, RuleRef>
  /** Rules that speak. The canary's own rule does not count. */
  readonly active: number
}

export type RuleState = {
  readonly version: string
  readonly active: number
  readonly loadedAt: Instant
  /** Of the set in force. */
  readonly problems: readonly RuleProblem[]
  /** Of the newest reload, if it was refused and the older set stayed. */
  readonly refused: readonly RuleProblem[]
  /** Nothing would ever be found, or the canary's rule is missing. */
  readonly red: boolean
}

/** A rule as it is shown to the provider. */
export type RuleCard = RuleRef & {
  readonly ja: string
  readonly detection: string
  readonly family: string
  readonly tags: readonly string[]
  readonly kind: 'detection' | 'correlation'
  /** It only feeds a correlation. */
  readonly silent: boolean
  readonly file: string
}

export type RuleBook = {
  readonly current: () => Edition
  readonly state: () => RuleState
  /** Reads the folder again. False: something is broken, and the set in force stays. */
  readonly reload: (now?: Instant) => boolean
  readonly rules: () => readonly RuleCard[]
}

/** The rules of this checkout. */
export function installRules(): string {
  return fileURLToPath(new URL('../../rules', import.meta.url))
}

type Made = { readonly edition: Edition; readonly problems: readonly RuleProblem[] }

/** Our own licence stands for rules that name none of their own but live in our folder. */
function refOf(rule: Rule | CorrelationRule, meta: RuleMeta | undefined): RuleRef {
  return {
    id: rule.id,
    title: rule.title,
    author: rule.author ?? 'unknown',
    link: meta?.link ?? rule.references[0] ?? `rules/${rule.file}`,
    licence: rule.license ?? 'unknown',
    level: rule.level ?? 'medium',
  }
}

function make(folder: ReadFolder): Made {
  const problems: RuleProblem[] = [...folder.problems]
  const broken = new Set<unknown>()
  const metas = new Map<string, RuleMeta>()
  const first = loadRules(folder.sources)
  const engine = compile(first)
  for (const rule of [...first.rules, ...first.correlations]) {
    const written = rule.custom['mimamori']
    if (written === undefined && engine.silent(rule.id)) continue
    const meta = readMeta(written)
    if (!isMetaProblem(meta)) {
      metas.set(rule.id, meta)
      continue
    }
    broken.add(rule.raw)
    const line = folder.lineOf(rule.raw, meta.path)
    problems.push({ file: rule.file, line, rule: rule.title, level: 'error', reason: meta.reason })
  }
  // A rule without a notice type must not speak: it is taken out and whatever uses it with it.
  const sound =
    broken.size === 0 ? first : loadRules(folder.sources.filter(({ document }) => !broken.has(document)))
  for (const problem of sound.problems) {
    const document = folder.sources.find(
      (source) => source.file === problem.file && titled(source.document, problem.rule),
    )?.document
    const line = folder.lineOf(document, problem.path ?? [])
    problems.push({
      file: problem.file,
      line,
      rule: problem.rule,
      level: problem.level,
      reason: problem.message,
    })
  }
  const kept = broken.size === 0 ? engine : compile(sound)
  const all = [...sound.rules, ...sound.correlations]
  const speaks = (id: string): boolean => !kept.silent(id) && metas.get(id)?.detection !== 'canary'
  const edition: Edition = {
    version: createHash('sha256').update(JSON.stringify(folder.texts)).digest('hex'),
    engine: kept,
    metas,
    refs: new Map(all.map((rule) => [rule.id, refOf(rule, metas.get(rule.id))])),
    active: all.filter(({ id }) => speaks(id)).length,
  }
  return { edition, problems }
}

function titled(document: unknown, name: string): boolean {
  if (typeof document !== 'object' || document === null) return name === '?'
  const { title, id } = document as { title?: unknown; id?: unknown }
  return title === name || id === name || (name === '?' && title === undefined && id === undefined)
}

function readAndMake(folder: string): Made {
  try {
    return make(readRuleFolder(folder))
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    const nothing = { sources: [], texts: [], problems: [], lineOf: () => 1 }
    const { edition } = make(nothing)
    return { edition, problems: [{ file: '.', line: 1, rule: '?', level: 'error', reason }] }
  }
}

const isError = (problem: RuleProblem): boolean => problem.level === 'error'

/**
 * Loads a folder of rules. At the first load a broken rule is left out and the others are taken; a reload takes all or
 * nothing. Never throws: a folder that cannot be read is a book without rules, which is a red state.
 */
export function loadRuleBook(folder: string, now: Instant = Date.now()): RuleBook {
  let made = readAndMake(folder)
  let loadedAt = now
  let refused: readonly RuleProblem[] = []
  const current = (): Edition => made.edition
  return {
    current,
    state: () => {
      const { version, active, metas } = current()
      const canary = [...metas.values()].some((meta) => meta.detection === 'canary')
      return { version, active, loadedAt, problems: made.problems, refused, red: active === 0 || !canary }
    },
    reload: (at = Date.now()) => {
      const next = readAndMake(folder)
      refused = next.problems.some(isError) || next.edition.active === 0 ? next.problems : []
      const taken = !next.problems.some(isError) && next.edition.active > 0
      if (taken) {
        made = next
        loadedAt = at
      }
      return taken
    },
    rules: () => cardsOf(current()),
  }
}

function cardsOf({ engine, metas, refs }: Edition): RuleCard[] {
  return [...engine.rules, ...engine.correlations].flatMap((rule) => {
    const ref = refs.get(rule.id)
    const meta = metas.get(rule.id)
    if (ref === undefined) return []
    return {
      ...ref,
      ja: meta?.ja ?? '',
      detection: meta?.detection ?? '',
      family: meta?.family ?? '',
      tags: rule.tags,
      kind: rule.kind,
      silent: engine.silent(rule.id),
      file: rule.file,
    }
  })
}
