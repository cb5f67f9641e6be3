import type { VNode } from 'preact'
import type { QueueRow } from '../../alert/index.ts'
import { clock } from '../../base/time.ts'
import { Mark, type SignedCtx, sayAge, sayCount, sayLeft, Time } from '../../http/index.ts'
import { storyOf } from '../../notice/index.ts'
import { queueWords } from './queue-words.ts'
import type { SayRule } from './rule-words.ts'

/** The list: it never moves by itself. New alerts only raise the number in the bar above it. */
export function QueueList(props: {
  ctx: SignedCtx
  rows: readonly QueueRow[]
  chosen: string | undefined
  sayRule: SayRule
}): VNode {
  const { ctx, rows } = props
  const say = queueWords(ctx.lang)
  return (
    <section class="mm-desk__pane" aria-label={say.list} tabIndex={0} id="list">
      <div class="mm-arrivals">
        <a class="mm-arrivals__pill" href="/queue" id="fresh" aria-keyshortcuts="R" hidden>
          {say.fresh} <span id="fresh-count">0</span> {say.show} <kbd class="mm-kbd">R</kbd>
        </a>
        <span class="mm-arrivals__end">
          <span id="live" role="status">
            <Time at={ctx.now} form="clock" />
          </span>
          <a class="mm-link" href="/queue" id="reload">
            {say.reload}
          </a>
          <button type="button" class="mm-key" id="pause" aria-pressed="false" aria-keyshortcuts="L" hidden>
            {say.pause}
          </button>
        </span>
      </div>
      {rows.length === 0 ? (
        <p class="mm-why">{say.empty}</p>
      ) : (
        <table class="mm-q">
          <caption class="mm-hidden">{say.caption}</caption>
          <colgroup>
            <col class="mm-q__c-left" />
            <col class="mm-q__c-company" />
            <col />
            <col class="mm-q__c-device" />
            <col class="mm-q__c-severity" />
            <col class="mm-q__c-count" />
            <col class="mm-q__c-who" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{say.left}</th>
              <th scope="col">{say.company}</th>
              <th scope="col">{say.what}</th>
              <th scope="col">{say.device}</th>
              <th scope="col">{say.severity}</th>
              <th scope="col" class="mm-q__num">
                {say.hits}
              </th>
              <th scope="col">{say.who}</th>
            </tr>
          </thead>
          <tbody id="rows">
            {rows.map((row) => (
              <Line
                key={row.id}
                ctx={ctx}
                row={row}
                chosen={row.id === props.chosen}
                sayRule={props.sayRule}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Line(props: { ctx: SignedCtx; row: QueueRow; chosen: boolean; sayRule: SayRule }): VNode {
  const { ctx, row } = props
  const say = queueWords(ctx.lang)
  const call = row.promise?.kind === 'call' ? row.promise : null
  return (
    <>
      <tr
        data-row={row.id}
        data-now={row.severity === 'now' ? '' : undefined}
        data-wait={row.state === 'asked' || row.state === 'later' ? '' : undefined}
        aria-selected={props.chosen}
      >
        <td class="mm-q__left">
          <Left ctx={ctx} row={row} />
        </td>
        <td>
          {shortName(row.companyName)}
          <span class="mm-q__sub">{row.code}</span>
        </td>
        <td class="mm-q__what">
          <a href={`/queue?alert=${row.id}`} aria-current={props.chosen ? 'true' : undefined}>
            {storyOf(row.detection, row.device?.nickname)[ctx.lang]}
          </a>
          <span class="mm-q__sub">
            {say.states[row.state]}・{props.sayRule(row.rule)}
          </span>
        </td>
        <td>
          {row.device?.nickname ?? row.sensorName}
          <span class="mm-q__sub">{row.device?.place}</span>
        </td>
        <td>
          <Mark mark={row.severity} />
        </td>
        <td class="mm-q__num">{sayCount(row.count)}</td>
        <td>{row.assignee?.name}</td>
      </tr>
      {call !== null && (
        <tr data-call="" data-of={row.id}>
          <td />
          <td colSpan={6}>
            <div class="mm-q__call">
              <time data-due={call.dueAt}>
                {call.dueAt >= ctx.now
                  ? say.callDue(clock(call.dueAt))
                  : say.callOver(sayAge(ctx.lang, ctx.now - call.dueAt))}
              </time>
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

/** A name in a narrow column: the legal form says nothing that an analyst needs there. */
function shortName(name: string): string {
  const short = name.replace(/^(株式会社|有限会社|合同会社)|(株式会社|有限会社|合同会社)$/gu, '').trim()
  return short === '' ? name : short
}

function Left(props: { ctx: SignedCtx; row: QueueRow }): VNode {
  const { ctx, row } = props
  const say = queueWords(ctx.lang)
  if (row.promise === null) return <span class="mm-left">{say.noPromise}</span>
  const left = row.promise.dueAt - ctx.now
  const tone = left < 0 ? 'now' : left < 5 * 60_000 ? 'soon' : 'ok'
  return (
    <span class="mm-left" data-left={tone} data-due={row.promise.dueAt}>
      {left < 0 ? say.over(sayAge(ctx.lang, -left)) : sayLeft(ctx.lang, left)}
    </span>
  )
}
