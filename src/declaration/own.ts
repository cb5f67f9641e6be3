import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { prefectureCode } from '../base/prefecture.ts'
import { jstDate } from '../base/time.ts'
import { changeEntryLevel, enterEntry, type NewEntry, type Registry, registryOf } from '../registry/index.ts'
import type { Tx } from '../store/index.ts'
import { type By, declaring } from './by.ts'
import { evidenceOf, supersede } from './declare.ts'
import type { Declaration, Level } from './declaration.ts'
import { gateFacts, readStanding, type Standing } from './facts.ts'
import { judgeGates, readyFor } from './gate.ts'
import { held } from './settle.ts'
import { lockCompany, saveDeclaration, saveEvent } from './store.ts'

/** A wish to stand in the register that runs here. */
export type Wish = {
  readonly level: Level
  /** City, ward, town or village: shown to everybody, in place of the street. */
  readonly town: string
  /** Where this installation is reached, for the address of a policy page here. */
  readonly baseUrl: string
}

/** Whether this register takes a declaration of this star at once, without a person's look at it. */
export function takesAtOnce(registry: Registry | undefined, level: Level): registry is Registry {
  return registry?.openedAt !== undefined && !registry.review && registry.levels.includes(level)
}

/**
 * Enters the company's ready declaration in the register that runs here; its number comes at once. A step up keeps the
 * number. Faults: NOT_FOUND for anybody but the owner and where no open register takes this star at once;
 * DECLARATION_STATE while a gate of the star blocks.
 */
export async function enterOwn(tx: Tx, by: By, wish: Wish): Promise<Declaration> {
  const company = declaring(by)
  await lockCompany(tx, company)
  const registry = await registryOf(tx)
  if (!takesAtOnce(registry, wish.level)) throw fault('NOT_FOUND', { what: 'registry' })
  const it = await readStanding(tx, company)
  if (!readyFor(judgeGates(gateFacts(it), wish.level, by.now)))
    throw fault('DECLARATION_STATE', { level: wish.level })
  const old = held(it.declarations, 'own')
  if (old && old.level >= wish.level) throw fault('DECLARATION_STATE', { level: old.level })
  const entry = entryOf(it, wish, jstDate(by.now))
  const change = { by: 'company', now: by.now } as const
  const number = old?.declared?.ownNumber
  if (number !== undefined) await changeEntryLevel(tx, { ...entry, number }, change)
  const ownNumber = number ?? (await enterEntry(tx, entry, change))
  return declareOwn(tx, by, { it, level: wish.level, ownNumber, old })
}

async function declareOwn(
  tx: Tx,
  by: By,
  of: {
    readonly it: Standing
    readonly level: Level
    readonly ownNumber: string
    readonly old: Declaration | undefined
  },
): Promise<Declaration> {
  const { level, ownNumber, old } = of
  const company = of.it.company.id
  const person = by.actor.person
  const begun = await saveDeclaration(tx, { company, registry: 'own', level, began: by.now, by: person })
  const ready = await saveEvent(tx, begun, { kind: 'gates_passed', at: by.now, by: null, data: {} })
  const data = {
    ownNumber,
    system: 'own',
    declaredOn: jstDate(by.now),
    ...evidenceOf(of.it, level),
  } as const
  if (old) await supersede(tx, { old, next: { ...ready, declared: data } }, by)
  const declared = await saveEvent(tx, ready, { kind: 'own_id_issued', at: by.now, by: person, data })
  await record(tx, by.actor, {
    organisation: company,
    act: 'declaration.entered-own',
    subject: declared.id,
    detail: { level, number: ownNumber },
  })
  return declared
}

function entryOf({ company, detail, ...it }: Standing, wish: Wish, today: string): NewEntry {
  const evidence = evidenceOf({ company, detail, ...it }, wish.level)
  const url = evidence.policyUrl
  const prefecture = company.prefecture ?? ''
  return {
    name: company.name,
    nameKana: detail?.nameKana ?? undefined,
    corporateNumber: company.corporateNumber ?? undefined,
    soleProprietor: company.soleProprietor,
    prefecture: prefectureCode(prefecture) ?? prefecture,
    town: wish.town,
    industry: detail?.industry ?? undefined,
    level: wish.level,
    pledgeEdition: evidence.pledgeEdition ?? 'jou6',
    declaredOn: today,
    selfCheckOn: evidence.selfCheckOn,
    policyUrl: url?.startsWith('/') ? `${wish.baseUrl}${url}` : url,
    replaces: undefined,
  }
}
