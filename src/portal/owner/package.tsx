import type { ComponentChildren, VNode } from 'preact'
import { fromJst } from '../../base/time.ts'
import type { HeardSensor } from '../../device/index.ts'
import { PhoneLink, Section, type SignedCtx, Time, sayCount, sayTime, Table } from '../../http/index.ts'
import {
  monthlyYen,
  type Plan,
  type PlanItem,
  type PlanProof,
  planItems,
  priceCaps,
} from '../../plan/index.ts'
import { ownerWords } from './say.ts'

type Props = {
  ctx: SignedCtx
  plan: Plan | undefined
  proofs: readonly PlanProof[]
  sensors: readonly HeardSensor[]
}

/** "Your package": the standard's own table for this firm, with when each part was last proved. */
export function Package(props: Props): VNode {
  const say = ownerWords(props.ctx.lang).plan
  const { plan } = props
  if (plan === undefined) {
    return (
      <Section id="package" head={say.head}>
        <p>{say.none}</p>
      </Section>
    )
  }
  return (
    <Section id="package" head={say.head} note={say.note}>
      <Table
        label={say.head}
        stack
        head={[say.item, say.content, say.proof]}
        rows={planItems.map((item) => ({
          key: item,
          cells: [say.items[item], content({ ...props, plan }, item), proof({ ...props, plan }, item)],
        }))}
      />
    </Section>
  )
}

type Bought = Props & { plan: Plan }

function content(props: Bought, item: PlanItem): ComponentChildren {
  const { plan, ctx } = props
  const say = ownerWords(ctx.lang).plan
  switch (item) {
    case 'desk':
      return (
        <>
          {ctx.house !== undefined && <PhoneLink phone={ctx.house.deskPhone} />} {plan.desk}
        </>
      )
    case 'watch':
      return plan.watch
    case 'dispatch':
      return plan.dispatch
    case 'insurance':
      return plan.insurance
    case 'price':
      return <Price plan={plan} say={say} />
    case 'term':
      return say.term(dateWords(props, plan.startsOn), plan.termMonths)
  }
}

function Price(props: { plan: Plan; say: ReturnType<typeof ownerWords>['plan'] }): VNode {
  const { plan, say } = props
  const lines: string[] = []
  if (plan.networkPriceYen !== null) {
    lines.push(say.network(sayCount(plan.networkPriceYen), sayCount(priceCaps.networkYen)))
  }
  if (plan.endpointPriceYen !== null) {
    const cap = sayCount(priceCaps.endpointYen)
    lines.push(say.endpoint(sayCount(plan.endpointPriceYen), cap, plan.endpoints ?? 0))
  }
  lines.push(say.total(sayCount(monthlyYen(plan))))
  return (
    <>
      {lines.map((line, at) => (
        <span key={line}>
          {at > 0 && <br />}
          {line}
        </span>
      ))}
    </>
  )
}

function dateWords(props: Props, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const { lang, now } = props.ctx
  return sayTime({ lang, now }, fromJst({ year, month, day }), 'day')
}

function proof(props: Bought, item: PlanItem): ComponentChildren {
  const { ctx, plan } = props
  const say = ownerWords(ctx.lang).plan
  if (item === 'watch') {
    const heard = props.sensors.filter((sensor) => sensor.required)
    if (heard.length === 0) return say.notProved
    if (heard.some((sensor) => sensor.condition === 'unwatched')) return say.notWatched
    const oldest = Math.min(...heard.map((sensor) => sensor.lastReceivedAt ?? 0))
    return oldest === 0
      ? say.notProved
      : say.watched(sayTime({ lang: ctx.lang, now: ctx.now }, oldest, 'plain'))
  }
  if (item === 'term' && plan.explainedOn !== null && plan.explainedTo !== null) {
    return say.explained(dateWords(props, plan.explainedOn), plan.explainedTo)
  }
  const found = props.proofs.find((each) => each.item === item)
  if (found === undefined) return say.notProved
  return (
    <>
      <Time at={found.provedAt} form="day" />
      {ctx.lang === 'ja' ? `：${found.textJa}` : `: ${found.textEn}`}
    </>
  )
}
