import { record } from '../access/index.ts'
import { jstDate } from '../base/time.ts'
import { numberFacts } from '../catalogue/index.ts'
import type { Tx } from '../store/index.ts'
import { type By, declaring } from './by.ts'
import type { Declaration, EventData, Level } from './declaration.ts'
import { readStanding, type Standing, toldOf } from './facts.ts'
import { held, inPreparation, settleOne } from './settle.ts'
import { lockCompany, saveDeclaration, saveEvent } from './store.ts'

/** A number that IPA gave, read already. */
export type Entered = {
  readonly level: Level
  readonly number: string
  readonly system: 'legacy' | '2026'
  /** YYYY-MM-DD in Japan. */
  readonly declaredOn: string
  /** Declared before the company came here, or without preparing it here. */
  readonly earlier: boolean
}

/** What of it cannot be. */
export type Refused = 'future' | 'before_system' | 'after_system' | 'same'

/** The day on which the sixth item came (2026-03): before it, nobody can have declared on six. */
const sixItemsFrom = '2026-03-01'

/**
 * Keeps the number that the company got at IPA: from now on it declares. The declaration before it is superseded. One that
 * was prepared here keeps on what it was declared; one that was not is kept as the company's word.
 * Faults: NOT_FOUND for anybody but the company's owner.
 */
export async function enterNumber(
  tx: Tx,
  by: By,
  entered: Entered,
): Promise<
  { readonly ok: true; readonly declaration: Declaration } | { readonly ok: false; readonly why: Refused }
> {
  const company = declaring(by)
  await lockCompany(tx, company)
  const it = await readStanding(tx, company)
  const before = held(it.declarations, 'ipa')
  const why = refusalOf(entered, { before, today: jstDate(by.now) })
  if (why !== undefined) return { ok: false, why }
  const prepared = await preparedFor(tx, it, { level: entered.level, by, fresh: entered.earlier })
  const kind = prepared.state === 'draft' ? 'imported' : 'id_entered'
  const data = { ...snapshot(it, kind, entered), officialId: entered.number, system: entered.system }
  const older = before?.declared?.declaredOn !== undefined && entered.declaredOn < before.declared.declaredOn
  if (before && !older) await supersede(tx, { old: before, next: { ...prepared, declared: data } }, by)
  const declared = await saveEvent(tx, prepared, { kind, at: by.now, by: by.actor.person, data })
  if (before && older) await supersede(tx, { old: declared, next: before }, by)
  await record(tx, by.actor, {
    organisation: company,
    act: kind === 'imported' ? 'declaration.imported' : 'declaration.declared',
    subject: declared.id,
    detail: { level: entered.level, system: entered.system },
  })
  return { ok: true, declaration: declared }
}

function refusalOf(
  { system, declaredOn, number, level }: Entered,
  at: { readonly before: Declaration | undefined; readonly today: string },
): Refused | undefined {
  const fact = numberFacts().items.find((one) => one.system === system)
  if (declaredOn > at.today) return 'future'
  if (fact && declaredOn < fact.valid_from) return 'before_system'
  if (fact?.issued_until != null && declaredOn > fact.issued_until) return 'after_system'
  const known = at.before?.declared
  return known?.officialId === number && at.before?.level === level ? 'same' : undefined
}

/** The preparation of this star; another star's is abandoned. `fresh` begins one beside what is being prepared. */
async function preparedFor(
  tx: Tx,
  it: Standing,
  { level, by, fresh }: { readonly level: Level; readonly by: By; readonly fresh: boolean },
): Promise<Declaration> {
  const open = it.declarations.filter(
    (one) => one.registry === 'ipa' && (inPreparation(one) || one.state === 'applied'),
  )
  const person = by.actor.person
  // A higher star that is being prepared stays so when an earlier, lower one is written down.
  for (const one of open.filter((each) => (fresh ? each.level <= level : each.level !== level)))
    await saveEvent(tx, one, { kind: 'abandoned', at: by.now, by: person, data: {} })
  const same = fresh ? undefined : open.find((one) => one.level === level)
  if (same?.state === 'applied') return same
  const one =
    same ??
    (await saveDeclaration(tx, {
      company: it.company.id,
      registry: 'ipa',
      level,
      began: by.now,
      by: person,
    }))
  return fresh ? one : settleOne(tx, it, { one, now: by.now })
}

/** On what it is declared, kept with the event. */
function snapshot(it: Standing, kind: 'id_entered' | 'imported', entered: Entered): EventData {
  const { declaredOn } = entered
  if (kind === 'imported') {
    const edition = declaredOn < sixItemsFrom ? 'jou5' : it.pledge?.edition
    return { declaredOn, told: toldOf(it), ...(edition !== undefined && { pledgeEdition: edition }) }
  }
  return { declaredOn, ...evidenceOf(it, entered.level) }
}

/** What stands behind a declaration of this star today. */
export function evidenceOf(it: Standing, level: Level): EventData {
  const { pledge, check, policy, publication, gbizid } = it
  const two = level === 'SA2'
  const url = publication?.url ?? policy?.hostedPath
  return {
    told: toldOf(it),
    ...(pledge && { pledgeEdition: pledge.edition }),
    ...(pledge?.by && { pledgedBy: { ...pledge.by, textShown: pledge.textHash ?? '' } }),
    ...(two && check && { selfCheck: check.id, selfCheckOn: jstDate(check.finishedAt) }),
    ...(two && policy && { policyVersion: policy.version }),
    ...(two && url !== undefined && { policyUrl: url }),
    ...((gbizid?.kind === 'prime' || gbizid?.kind === 'member') && { gbizidKind: gbizid.kind }),
  }
}

/** The old declaration gives way to the new one: a step up, or the same star declared again. */
export async function supersede(
  tx: Tx,
  { old, next }: { readonly old: Declaration; readonly next: Declaration },
  by: By,
): Promise<void> {
  await saveEvent(tx, old, {
    kind: next.level > old.level ? 'stepped_up' : 'redeclared',
    at: by.now,
    by: by.actor.person,
    data: {
      newDeclaration: next.id,
      fromLevel: old.level,
      toLevel: next.level,
      ...(next.declared?.declaredOn !== undefined && { newDeclaredOn: next.declared.declaredOn }),
    },
  })
}
