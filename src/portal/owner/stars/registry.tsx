import type { VNode } from 'preact'
import { z } from 'zod'
import { industryName } from '../../../base/industry.ts'
import { jstDate } from '../../../base/time.ts'
import {
  enterOwn,
  gateFacts,
  held,
  judgeGates,
  type Level,
  mayDeclare,
  readStanding,
  readyFor,
  type Standing,
  takesAtOnce,
} from '../../../declaration/index.ts'
import {
  type Answer,
  blankForm,
  CheckField,
  Facts,
  Form,
  type FormState,
  failForm,
  field,
  Record,
  readForm,
  route,
  Section,
  type SignedCtx,
  TextField,
} from '../../../http/index.ts'
import { type Registry, registryOf } from '../../../registry/index.ts'
import type { OwnerParts } from '../parts.ts'
import { byOf, StarsPage, type StarWords, starWords } from './say.tsx'

type Seen = {
  readonly it: Standing
  readonly registry: Registry | undefined
  /** The highest star that is ready and that the register takes at once; undefined where there is none. */
  readonly level: Level | undefined
}

async function see(ctx: SignedCtx): Promise<Seen> {
  const company = ctx.actor.organisation
  const { it, registry } = await ctx.inCompany(company, async (tx) => ({
    it: await readStanding(tx, company),
    registry: await registryOf(tx),
  }))
  const facts = gateFacts(it)
  const level = (['SA2', 'SA1'] as const).find(
    (one) => takesAtOnce(registry, one) && readyFor(judgeGates(facts, one, ctx.now)),
  )
  return { it, registry, level }
}

const input = z.object({ town: field.text({ max: 40 }), agree: field.flag() })

/** Entering the firm's ready declaration in the register that runs here: what everybody will see, and its terms. */
export const ownRegister = route({
  method: 'GET',
  path: '/stars/registry',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    return { page: <RegistryPage ctx={ctx} form={blankForm()} seen={await see(ctx)} /> }
  },
})

export const enterRegister = ({ access }: OwnerParts) =>
  route({
    method: 'POST',
    path: '/stars/registry',
    area: 'owner',
    roles: ['owner'],
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = starWords(ctx.lang).registry
      const seen = await see(ctx)
      const read = readForm(ctx, input, { town: say.town, agree: say.agree })
      const form = read.ok
        ? read.value.agree
          ? undefined
          : failForm(ctx, { agree: say.agreeNeeded })
        : read.form
      const { level } = seen
      if (!read.ok || form !== undefined || level === undefined)
        return { page: <RegistryPage ctx={ctx} form={form ?? blankForm()} seen={seen} />, status: 422 }
      const wish = { level, town: read.value.town, baseUrl: access.baseUrl }
      await ctx.inCompany(ctx.actor.organisation, (tx) => enterOwn(tx, byOf(ctx), wish))
      return { redirect: '/stars?done=own' }
    },
  })

function RegistryPage({ ctx, form, seen }: { ctx: SignedCtx; form: FormState; seen: Seen }): VNode {
  const words = starWords(ctx.lang)
  const say = words.registry
  const { it, registry, level } = seen
  if (!takesAtOnce(registry, 'SA1') && !takesAtOnce(registry, 'SA2')) {
    return (
      <StarsPage ctx={ctx} title={words.hub.ownAct}>
        <p class="mm-lead">{say.none}</p>
      </StarsPage>
    )
  }
  const name = (ctx.lang === 'ja' ? registry?.name : registry?.nameEn) ?? ''
  const own = held(it.declarations, 'own')
  const already = own !== undefined && (level === undefined || own.level >= level)
  return (
    <StarsPage ctx={ctx} title={say.title(name)} form={form}>
      <p class="mm-lead">{say.lead(name)}</p>
      {already && <p>{say.already}</p>}
      {!already && level === undefined && <p>{say.notReady}</p>}
      {!already && level !== undefined && (
        <>
          <Section id="shown" head={say.shown}>
            <Facts rows={shownOf(words, it, { level, lang: ctx.lang })} />
            <p class="mm-note">{say.hidden}</p>
          </Section>
          <Record summary={say.terms}>
            <p>{registry?.terms}</p>
          </Record>
          {mayDeclare(ctx.actor) ? (
            <Form action="/stars/registry" form={form} submit={say.submit}>
              <TextField form={form} name="town" label={say.town} help={say.townHelp} required />
              <CheckField form={form} name="agree" label={say.agree} required />
            </Form>
          ) : (
            <p>{words.ownerOnly}</p>
          )}
        </>
      )}
    </StarsPage>
  )
}

function shownOf(
  words: StarWords,
  { company, detail, check, publication, policy }: Standing,
  { level, lang }: { readonly level: Level; readonly lang: 'ja' | 'en' },
): { name: string; value: string }[] {
  const say = words.registry
  const number = company.corporateNumber ?? (company.soleProprietor ? say.sole : say.unknown)
  const always = [
    { name: say.name, value: company.name },
    { name: say.number, value: number },
    { name: say.place, value: company.prefecture ?? say.unknown },
    {
      name: say.industry,
      value: detail?.industry == null ? say.unknown : industryName(detail.industry, lang),
    },
    { name: say.level, value: words.marked[level] },
  ]
  if (level === 'SA1') return always
  return [
    ...always,
    { name: say.checkedOn, value: check === undefined ? say.unknown : jstDate(check.finishedAt) },
    { name: say.policy, value: publication?.url ?? policy?.hostedPath ?? say.unknown },
  ]
}
