import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { jstDate } from '../../../base/time.ts'
import { type PledgeItem, selfCheckFacts } from '../../../catalogue/index.ts'
import { type Device, type DeviceClass, deviceClasses, listDevices } from '../../../device/index.ts'
import { type Counts, evidenceOf, keepRecord } from '../../../evidence/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  Card,
  failForm,
  field,
  Form,
  type FormState,
  LinkButton,
  Note,
  OwnerPage,
  readForm,
  route,
  sayCount,
  sayTime,
  Section,
  type SignedCtx,
  Steps,
  TextField,
  Title,
} from '../../../http/index.ts'
import { againstOf, knownOf, tickItem } from '../../../pledge/index.ts'
import { ownerNav } from '../say.ts'
import { EvidenceLines } from './evidence.tsx'
import { basicsWords, commonSteps, stepsFor } from './say.ts'
import { answerTo, type Standing, standingOf } from './standing.ts'

type Read = {
  readonly standing: Standing
  readonly item: PledgeItem
  readonly devices: readonly Device[]
  readonly evidence: ReadonlyMap<string, Counts>
}

/** One basic item: what is promised, why, what the watch knows, and how to do it on this company's devices. */
export const item = route({
  method: 'GET',
  path: '/basics/:item',
  area: 'owner',
  ids: { item: 'item' },
  handle: (ctx: SignedCtx) =>
    showItem(ctx, ctx.params['item'] ?? '', blankForm({ restoredOn: jstDate(ctx.now) })),
})

async function showItem(ctx: SignedCtx, key: string, form: FormState): Promise<Answer> {
  const company = ctx.actor.organisation
  const read = await ctx.inCompany(company, async (tx): Promise<Read> => {
    const standing = await standingOf(tx, company)
    const found = standing.items.find((one) => one.key === key)
    if (found === undefined) throw fault('NOT_FOUND')
    return {
      standing,
      item: found,
      devices: await listDevices(tx, company),
      evidence: await evidenceOf(tx, company, ctx.now),
    }
  })
  return { page: <ItemPage ctx={ctx} form={form} {...read} />, status: form.errors.length > 0 ? 422 : 200 }
}

/** Marks an item, or takes the mark back. */
export const tick = route({
  method: 'POST',
  path: '/basics/:item/tick',
  area: 'owner',
  ids: { item: 'item' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const key = ctx.params['item'] ?? ''
    const ticked = ctx.form['ticked'] === 'yes'
    await tickItem(ctx.db, ctx.actor, { item: key, ticked, now: ctx.now })
    return { redirect: ticked ? '/basics#items' : `/basics/${key}` }
  },
})

/** Puts a restore that was tried on record. */
export const restoreTests = route({
  method: 'POST',
  path: '/basics/restore-tests',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = basicsWords(ctx.lang)
    const read = readForm(ctx, z.object({ restored: field.text({ max: 40 }), restoredOn: field.day() }), {
      restored: say.item.restoreWhat,
      restoredOn: say.item.restoreOn,
    })
    if (!read.ok) return showItem(ctx, 'pl.backup', read.form)
    if (read.value.restoredOn > jstDate(ctx.now)) {
      return showItem(ctx, 'pl.backup', failForm(ctx, { restoredOn: say.toDos.future }))
    }
    await keepRecord(ctx.db, ctx.actor, {
      signal: 'restore_test',
      name: read.value.restored,
      doneOn: read.value.restoredOn,
      now: ctx.now,
    })
    return { redirect: '/basics/pl.backup?done=restored' }
  },
})

function ItemPage(props: Read & { ctx: SignedCtx; form: FormState }): VNode {
  const { ctx, standing, item: it } = props
  const say = basicsWords(ctx.lang)
  const at = standing.items.indexOf(it) + 1
  const against = againstOf(it, props.evidence, ctx.now)
  const next = standing.items[at]
  return (
    <OwnerPage
      ctx={ctx}
      title={it[ctx.lang].title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={props.form}
      back={{ href: '/basics', text: say.item.toList }}
    >
      {ctx.query['done'] === 'restored' && (
        <Banner tone="ok">
          <p>{say.item.restoreKept}</p>
        </Banner>
      )}
      <Title eyebrow={say.one(at, standing.items.length)}>{it[ctx.lang].title}</Title>
      <div class="mm-section" data-first>
        <Card title={say.item.promise} tone="accent">
          <p>{it[ctx.lang].pledge}</p>
        </Card>
      </div>
      <Section id="why" head={say.item.why}>
        <p>{say.why[it.key] ?? it.advice[ctx.lang]}</p>
        <Note>{say.estimate(it.minutes, sayCount(it.yen))}</Note>
      </Section>
      <Section
        id="watch"
        head={against.length > 0 ? say.item.against : say.item.watch}
        note={say.item.watchNote}
      >
        <EvidenceLines lang={ctx.lang} now={ctx.now} counts={knownOf(it, props.evidence)} />
        <AnsweredLine ctx={ctx} standing={standing} item={it} />
      </Section>
      <How ctx={ctx} item={it.key} devices={props.devices} />
      {it.key === 'pl.backup' && <Restore ctx={ctx} form={props.form} />}
      <Ticking ctx={ctx} standing={standing} item={it.key} />
      <p class="mm-cluster">
        {next !== undefined && (
          <a class="mm-link" href={`/basics/${next.key}`}>
            {say.item.next}
            {ctx.lang === 'ja' ? '：' : ': '}
            {next[ctx.lang].title}
          </a>
        )}
      </p>
    </OwnerPage>
  )
}

function AnsweredLine(props: { ctx: SignedCtx; standing: Standing; item: PledgeItem }): VNode | null {
  const { ctx } = props
  const given = answerTo(props.standing, props.item.selfcheck)
  if (given === undefined) return null
  const answer = selfCheckFacts().scoring.answers.find((one) => one.id === given.answer)?.[ctx.lang] ?? ''
  const when = sayTime({ lang: ctx.lang, now: ctx.now }, given.at, 'day')
  return <p>{basicsWords(ctx.lang).item.answered(when, answer)}</p>
}

type Group = { readonly kinds: readonly DeviceClass[]; readonly steps: readonly string[] }

/** The classes a company has, each with its steps; classes that are done alike stand together. */
function groupsOf(ctx: SignedCtx, key: string, kinds: readonly DeviceClass[]): readonly Group[] {
  const groups: Group[] = []
  for (const kind of kinds) {
    const steps = stepsFor(ctx.lang, key, kind)
    const same = groups.findIndex((group) => group.steps === steps)
    if (steps.length === 0) continue
    const known = groups[same]
    if (known === undefined) groups.push({ kinds: [kind], steps })
    else groups[same] = { ...known, kinds: [...known.kinds, kind] }
  }
  return groups
}

/** The steps, class by class of what the company really has. */
function How(props: { ctx: SignedCtx; item: string; devices: readonly Device[] }): VNode {
  const { ctx, item: key } = props
  const say = basicsWords(ctx.lang)
  const own = deviceClasses.filter((kind) => props.devices.some((device) => device.class === kind))
  const groups = groupsOf(ctx, key, own.length > 0 ? own : ['pc', 'router'])
  const common = commonSteps(ctx.lang, key)
  return (
    <Section id="how" head={say.item.how}>
      <div class="mm-stack" data-gap="5">
        {common.length > 0 && (
          <div>
            <h3>{say.item.everybody}</h3>
            <Steps items={common} />
          </div>
        )}
        {own.length === 0 && groups.length > 0 && <p class="mm-note">{say.item.noDevices}</p>}
        {groups.map(({ kinds, steps }) => (
          <div key={kinds[0]}>
            <h3>{headOf(ctx, kinds, props.devices)}</h3>
            <Steps items={steps} />
          </div>
        ))}
        {key === 'pl.threat_news' && (
          <p>
            <LinkButton href="/lessons">{say.item.lessons}</LinkButton>
          </p>
        )}
      </div>
    </Section>
  )
}

const mostNames = 5

/** `パソコン・ノートパソコン：経理-02、営業-05`. */
function headOf(ctx: SignedCtx, kinds: readonly DeviceClass[], devices: readonly Device[]): string {
  const say = basicsWords(ctx.lang)
  const [colon, comma, and] = ctx.lang === 'ja' ? ['：', '、', '・'] : [': ', ', ', ', ']
  const what = kinds.map((kind) => say.classes[kind]).join(and)
  const names = devices.filter((device) => kinds.includes(device.class)).map((device) => device.nickname)
  if (names.length === 0) return what
  const shown = names.slice(0, mostNames).join(comma)
  const rest = names.length - mostNames
  return `${what}${colon}${rest > 0 ? say.item.more(shown, rest) : shown}`
}

function Ticking(props: { ctx: SignedCtx; standing: Standing; item: string }): VNode {
  const { ctx, standing, item: key } = props
  const say = basicsWords(ctx.lang).item
  const found = standing.ticks.find((one) => one.item === key)
  const promised = standing.pledge?.ticked.includes(key) === true
  return (
    <section class="mm-section">
      {found !== undefined && (
        <p>{say.tickedBy(found.by, sayTime({ lang: ctx.lang, now: ctx.now }, found.at, 'day'))}</p>
      )}
      {promised ? (
        <p>{say.stays}</p>
      ) : (
        <ActForm
          action={`/basics/${key}/tick`}
          submit={found === undefined ? say.tick : say.untick}
          size={found === undefined ? 'lg' : 'md'}
          kind={found === undefined ? 'primary' : 'secondary'}
          hidden={{ ticked: found === undefined ? 'yes' : '' }}
        />
      )}
    </section>
  )
}

function Restore(props: { ctx: SignedCtx; form: FormState }): VNode {
  const { ctx, form } = props
  const say = basicsWords(ctx.lang).item
  return (
    <Section id="restore" head={say.restore} note={say.restoreText}>
      <Form action="/basics/restore-tests" submit={say.restoreKeep} kind="secondary" form={form}>
        <TextField
          form={form}
          name="restored"
          label={say.restoreWhat}
          help={say.restoreWhatHelp}
          required
          chars={24}
        />
        <TextField form={form} name="restoredOn" type="date" label={say.restoreOn} required />
      </Form>
    </Section>
  )
}
