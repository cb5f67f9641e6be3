import type { VNode } from 'preact'
import { z } from 'zod'
import { isFault } from '../../base/fault.ts'
import {
  type Answer,
  blankForm,
  ConsolePage,
  failForm,
  field,
  Form,
  type FormState,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  TextField,
} from '../../http/index.ts'
import { findPlan, keepPlan, type Plan } from '../../plan/index.ts'
import { Head } from './panel.tsx'
import { providerNav, providerWords } from './say.ts'

const yen = field.optionalNumber({ min: 0, max: 10_000_000 })
const input = z.object({
  kind: field.choice(['network', 'endpoint', 'both']),
  desk: field.text({ max: 200 }),
  watch: field.text({ max: 200 }),
  dispatch: field.text({ max: 200 }),
  insurance: field.text({ max: 200 }),
  networkPriceYen: yen,
  endpointPriceYen: yen,
  endpoints: field.optionalNumber({ min: 0, max: 100_000 }),
  startsOn: field.day(),
  termMonths: field.number({ min: 1, max: 120 }),
  explainedTo: field.optionalText({ max: 60 }),
})

const names = [
  'desk',
  'watch',
  'dispatch',
  'insurance',
  'networkPriceYen',
  'endpointPriceYen',
  'endpoints',
  'startsOn',
  'termMonths',
  'explainedTo',
] as const

function asForm(plan: Plan | undefined): FormState {
  const values: Record<string, string> = {
    kind: plan?.kind ?? 'network',
    termMonths: String(plan?.termMonths ?? 24),
  }
  for (const name of names) {
    const value = plan?.[name]
    if (value !== undefined && value !== null) values[name] = String(value)
  }
  return blankForm(values)
}

/** What the company bought, to be entered or changed. */
export const plan = route({
  method: 'GET',
  path: '/companies/:company/plan',
  area: 'provider',
  roles: ['admin'],
  ids: { company: 'company' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.params['company'] ?? ''
    const current = await ctx.inCompany(id, (tx) => findPlan(tx, id))
    return { page: <PlanPage ctx={ctx} form={asForm(current)} /> }
  },
})

/** Keeps it, within the caps of the standard. */
export const savePlanRoute = route({
  method: 'POST',
  path: '/companies/:company/plan',
  area: 'provider',
  roles: ['admin'],
  ids: { company: 'company' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.params['company'] ?? ''
    const say = providerWords(ctx.lang).plan
    const { kinds: _kinds, above, ...labels } = say
    const read = readForm(ctx, input, labels)
    if (!read.ok) return { page: <PlanPage ctx={ctx} form={read.form} />, status: 422 }
    const { networkPriceYen, endpointPriceYen, endpoints, explainedTo, ...rest } = read.value
    try {
      await keepPlan(ctx.db, ctx.actor, {
        ...rest,
        company,
        networkPriceYen: networkPriceYen ?? null,
        endpointPriceYen: endpointPriceYen ?? null,
        endpoints: endpoints ?? null,
        explainedTo: explainedTo ?? null,
        explainedOn: explainedTo === undefined ? null : rest.startsOn,
      })
    } catch (thrown) {
      if (!isFault(thrown) || thrown.code !== 'BAD_INPUT') throw thrown
      const which = thrown.details['field']
      const form =
        which === 'network'
          ? failForm(ctx, { networkPriceYen: above.network })
          : which === 'endpoint'
            ? failForm(ctx, { endpointPriceYen: above.endpoint })
            : failForm(ctx, { termMonths: above.term })
      return { page: <PlanPage ctx={ctx} form={form} />, status: 422 }
    }
    return { redirect: `/companies/${company}?done=saved` }
  },
})

function PlanPage(props: { ctx: SignedCtx; form: FormState }): VNode {
  const { ctx, form } = props
  const say = providerWords(ctx.lang).plan
  const company = ctx.params['company'] ?? ''
  const kinds = (['network', 'endpoint', 'both'] as const).map((value) => ({ value, text: say.kinds[value] }))
  const numbers = new Set<string>(['networkPriceYen', 'endpointPriceYen', 'endpoints', 'termMonths'])
  const required = new Set<string>(['desk', 'watch', 'dispatch', 'insurance', 'startsOn', 'termMonths'])
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="companies" form={form}>
      <Head title={say.title} />
      <Form
        action={`/companies/${company}/plan`}
        form={form}
        submit={say.submit}
        back={{ href: `/companies/${company}`, text: providerWords(ctx.lang).company.back }}
      >
        <SelectField form={form} name="kind" label={say.kind} options={kinds} required />
        {names.map((name) => (
          <TextField
            key={name}
            form={form}
            name={name}
            label={say[name]}
            required={required.has(name)}
            {...(numbers.has(name) ? { inputmode: 'numeric' as const, chars: 8 } : {})}
            {...(name === 'startsOn' ? { type: 'date' as const } : {})}
          />
        ))}
      </Form>
    </ConsolePage>
  )
}
