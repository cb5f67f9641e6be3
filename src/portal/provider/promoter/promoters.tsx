import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { mustRun } from '../../../access/index.ts'
import { industries } from '../../../base/industry.ts'
import { prefectures } from '../../../base/prefecture.ts'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  ConsolePage,
  Form,
  type FormState,
  failForm,
  field,
  readForm,
  type RouteSpec,
  route,
  Section,
  SelectField,
  type SignedCtx,
  Table,
  TextArea,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  addOffer,
  addPromoter,
  endOffer,
  endPromoter,
  listPromoters,
  type Promoter,
  promoterKinds,
} from '../../../promoter/index.ts'
import { proofWords } from '../../shared/proof-words.ts'
import { DeskLinks } from '../desk-links.tsx'
import { providerNav } from '../say.ts'

const promoterSchema = z.object({
  name: field.text({ max: 120 }),
  kind: field.choice(promoterKinds),
  ownDeclaration: field.text({ max: 40 }),
  since: field.day(),
  url: field.optionalText({ max: 300 }),
})
const offerSchema = z.object({
  title: field.text({ max: 80 }),
  text: field.text({ max: 600 }),
  level: field.choice(['SA1', 'SA2']),
  prefecture: field.optionalText({ max: 2 }),
  industry: field.optionalText({ max: 1 }),
  startsOn: field.day(),
  endsOn: field.optionalText({ max: 10 }),
  contact: field.text({ max: 200 }),
})

/** The list of promoters and their offers, for everybody of the provider. */
export const promoterPages: readonly RouteSpec[] = [
  route({
    method: 'GET',
    path: '/promoters',
    area: 'provider',
    handle: async (ctx: SignedCtx): Promise<Answer> => ({ page: await page(ctx) }),
  }),
  route({ method: 'POST', path: '/promoters', area: 'provider', handle: add }),
  route({
    method: 'GET',
    path: '/promoters/:promoter/offers',
    area: 'provider',
    ids: { promoter: 'promoter' },
    handle: async (ctx: SignedCtx): Promise<Answer> => ({ page: await offerPage(ctx, blankForm()) }),
  }),
  route({
    method: 'POST',
    path: '/promoters/:promoter/offers',
    area: 'provider',
    ids: { promoter: 'promoter' },
    handle: offer,
  }),
  route({
    method: 'POST',
    path: '/promoters/:promoter/ending',
    area: 'provider',
    ids: { promoter: 'promoter' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      await endPromoter(ctx.db, ctx.actor, { id: ctx.params['promoter'] ?? '', now: ctx.now })
      return { redirect: '/promoters?done=ended' }
    },
  }),
  route({
    method: 'POST',
    path: '/offers/:offer/ending',
    area: 'provider',
    ids: { offer: 'offer' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      await endOffer(ctx.db, ctx.actor, { id: ctx.params['offer'] ?? '', now: ctx.now })
      return { redirect: '/promoters?done=ended' }
    },
  }),
]

async function add(ctx: SignedCtx): Promise<Answer> {
  const say = proofWords(ctx.lang).promoters
  const labels = { name: say.name, kind: say.kind, ownDeclaration: say.own, since: say.since, url: say.url }
  const read = readForm(ctx, promoterSchema, labels)
  if (!read.ok) return { page: await page(ctx, read.form), status: 422 }
  const { url, ...rest } = read.value
  if (url !== undefined && !/^https:\/\/\S+$/.test(url)) {
    return { page: await page(ctx, failForm(ctx, { url: say.badUrl })), status: 422 }
  }
  await addPromoter(ctx.db, ctx.actor, { ...rest, url: url ?? null, now: ctx.now })
  return { redirect: '/promoters?done=added' }
}

async function offer(ctx: SignedCtx): Promise<Answer> {
  const say = proofWords(ctx.lang).promoters
  const promoter = ctx.params['promoter'] ?? ''
  const labels = {
    title: say.offerTitle,
    text: say.text,
    level: say.level,
    startsOn: say.starts,
    endsOn: say.ends,
    contact: say.contact,
  }
  const read = readForm(ctx, offerSchema, labels)
  if (!read.ok) return { page: await offerPage(ctx, read.form), status: 422 }
  const { prefecture, industry, endsOn, ...rest } = read.value
  if (endsOn !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(endsOn) || endsOn < rest.startsOn)) {
    return { page: await offerPage(ctx, failForm(ctx, { endsOn: say.badOrder })), status: 422 }
  }
  const whole = {
    ...rest,
    promoter,
    prefectures: prefecture === undefined ? [] : [prefecture],
    industries: industry === undefined ? [] : [industry],
    endsOn: endsOn ?? null,
    now: ctx.now,
  }
  await addOffer(ctx.db, ctx.actor, whole)
  return { redirect: '/promoters?done=added' }
}

async function page(ctx: SignedCtx, form: FormState = blankForm()): Promise<VNode> {
  const say = proofWords(ctx.lang).promoters
  const promoters = await ctx.within((tx) => listPromoters(tx))
  const done = ctx.query['done']
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="declarations" form={form}>
      {(done === 'added' || done === 'ended') && <Banner tone="ok">{say.done[done]}</Banner>}
      <DeskLinks ctx={ctx} current="promoters" />
      <Title size="sm">{say.title}</Title>
      <p>{say.lead}</p>
      {promoters.length === 0 && <p>{say.none}</p>}
      {promoters.map((it) => (
        <PromoterPart key={it.id} ctx={ctx} it={it} />
      ))}
      <Section id="new" head={say.add}>
        <PromoterForm ctx={ctx} form={form} />
      </Section>
    </ConsolePage>
  )
}

function PromoterForm(props: { ctx: SignedCtx; form: FormState }): VNode {
  const { form } = props
  const say = proofWords(props.ctx.lang).promoters
  const kinds = promoterKinds.map((value) => ({ value, text: say.kinds[value] }))
  return (
    <Form action="/promoters" form={form} submit={say.add}>
      <TextField form={form} name="name" label={say.name} required chars={30} />
      <SelectField form={form} name="kind" label={say.kind} options={kinds} required />
      <TextField form={form} name="ownDeclaration" label={say.own} help={say.ownHelp} required chars={20} />
      <TextField form={form} name="since" label={say.since} type="date" required />
      <TextField form={form} name="url" label={say.url} chars={40} />
    </Form>
  )
}

function PromoterPart(props: { ctx: SignedCtx; it: Promoter }): VNode {
  const { ctx, it } = props
  const say = proofWords(ctx.lang).promoters
  return (
    <Section id={`p-${it.id}`} head={`${it.name}（${say.kinds[it.kind]}）`}>
      <p>
        {say.own}：{it.ownDeclaration}・{say.since}：{it.since}
      </p>
      {it.offers.length > 0 && (
        <Table
          label={`${it.name} ${say.offers}`}
          head={[say.offerTitle, say.level, say.ends, proofWords(ctx.lang).act]}
          rows={it.offers.map((one) => ({
            key: one.id,
            cells: [
              one.title,
              say.levels[one.level],
              one.endsOn ?? say.untilFurther,
              <ActForm
                key="e"
                action={`/offers/${one.id}/ending`}
                submit={say.endOffer}
                kind="secondary"
                size="xs"
              />,
            ],
          }))}
        />
      )}
      <p>
        <a class="mm-link" href={`/promoters/${it.id}/offers`}>
          {say.addOffer}
        </a>
      </p>
      <ActForm action={`/promoters/${it.id}/ending`} submit={say.end} kind="secondary" size="sm" />
    </Section>
  )
}

async function offerPage(ctx: SignedCtx, form: FormState): Promise<VNode> {
  const say = proofWords(ctx.lang).promoters
  const promoter = ctx.params['promoter'] ?? ''
  const listed = await ctx.within(async (tx) => {
    await mustRun(tx, ctx.actor)
    return listPromoters(tx)
  })
  const found = listed.find((one) => one.id === promoter)
  if (found === undefined) throw fault('NOT_FOUND')
  return (
    <ConsolePage ctx={ctx} title={say.addOffer} nav={providerNav(ctx)} current="declarations" form={form}>
      <Title size="sm" eyebrow={found.name}>
        {say.addOffer}
      </Title>
      <OfferForm ctx={ctx} promoter={promoter} form={form} />
    </ConsolePage>
  )
}

function OfferForm(props: { ctx: SignedCtx; promoter: string; form: FormState }): VNode {
  const { ctx, form } = props
  const say = proofWords(ctx.lang).promoters
  const name = ctx.lang === 'ja' ? 1 : 2
  return (
    <Form action={`/promoters/${props.promoter}/offers`} form={form} submit={say.addOffer}>
      <TextField
        form={form}
        name="title"
        label={say.offerTitle}
        help={say.offerTitleHelp}
        required
        chars={30}
      />
      <TextArea form={form} name="text" label={say.text} rows={3} required />
      <SelectField
        form={form}
        name="level"
        label={say.level}
        options={(['SA1', 'SA2'] as const).map((value) => ({ value, text: say.levels[value] }))}
        required
      />
      <SelectField
        form={form}
        name="prefecture"
        label={say.prefecture}
        blank={say.anywhere}
        options={prefectures.map((one) => ({ value: one[0], text: one[name] }))}
      />
      <SelectField
        form={form}
        name="industry"
        label={say.industry}
        blank={say.anywhere}
        options={industries.map((one) => ({ value: one[0], text: one[name] }))}
      />
      <TextField form={form} name="startsOn" label={say.starts} type="date" required />
      <TextField form={form} name="endsOn" label={say.ends} help={say.endsHelp} type="date" />
      <TextField form={form} name="contact" label={say.contact} required chars={40} />
    </Form>
  )
}
