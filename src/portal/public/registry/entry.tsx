import type { VNode } from 'preact'
import { industryName } from '../../../base/industry.ts'
import { prefectureName } from '../../../base/prefecture.ts'
import { jstDate } from '../../../base/time.ts'
import {
  Card,
  Code,
  type Ctx,
  type Fact,
  Facts,
  Mark,
  PhoneLink,
  Phrased,
  PublicPage,
  Title,
} from '../../../http/index.ts'
import type { Entry, EntryEvent, Registry } from '../../../registry/index.ts'
import { markOf } from './hits.tsx'
import { ipaSearch, sayDate, words } from './words.ts'

type Props = {
  ctx: Ctx
  registry: Registry
  entry: Entry & { readonly history: readonly EntryEvent[] }
  /** The badge beside the facts; comes from the badge's own pages. */
  badge?: VNode | undefined
}

const nameOf = (ctx: Ctx, registry: Registry): string => (ctx.lang === 'ja' ? registry.name : registry.nameEn)
const pathOf = (number: string): string => `/registry/entries/${encodeURIComponent(number)}`

/** The permanent page of one entry: how it stands now in the first line, then what it says, then what happened. */
export function EntryPage(props: Props): VNode {
  const { ctx, entry, registry } = props
  const say = words[ctx.lang]
  return (
    <PublicPage
      ctx={ctx}
      title={say.entry.title(entry.name)}
      back={{ href: '/registry', text: say.entry.back }}
    >
      <Verdict ctx={ctx} entry={entry} />
      <div class="mm-section" data-first>
        <Title>{say.entry.title(entry.name)}</Title>
      </div>
      <p class="mm-lead">{leadOf(ctx, entry, registry)}</p>
      <div class="mm-grid mm-section" data-columns="entry">
        <section aria-labelledby="facts">
          <h2 class="mm-section__head" id="facts">
            {say.entry.head}
          </h2>
          <Facts rows={factsOf(ctx, entry, registry)} />
          <Links ctx={ctx} entry={entry} registry={registry} />
        </section>
        {props.badge}
      </div>
      <History ctx={ctx} history={entry.history} />
    </PublicPage>
  )
}

/** The first line: whether it holds. */
function Verdict({ ctx, entry }: { ctx: Ctx; entry: Entry }): VNode {
  const say = words[ctx.lang]
  const day = sayDate(ctx.lang, jstDate(entry.statusSince))
  const ended = entry.replacedBy === undefined ? say.entry.stopped : say.entry.replaced
  const sentence = {
    active: () => say.entry.active(entry.name, say.levelShort[entry.level]),
    suspended: () => say.entry.suspended(entry.name, day),
    stopped: () => ended(entry.name, day),
  }
  const valid = { active: 'yes', suspended: 'paused', stopped: 'no' }[entry.status]
  return (
    <p class="mm-verdict" data-valid={valid}>
      <Mark mark={markOf[entry.status]}>
        <span>
          <Phrased text={sentence[entry.status]()} />
        </span>
      </Mark>
    </p>
  )
}

function leadOf(ctx: Ctx, entry: Entry, registry: Registry): VNode {
  const say = words[ctx.lang]
  if (entry.status === 'suspended') return <>{say.entry.paused}</>
  if (entry.status === 'stopped') {
    return entry.replacedBy === undefined ? (
      <>{say.entry.old}</>
    ) : (
      <a href={pathOf(entry.replacedBy)}>{say.entry.newer}</a>
    )
  }
  const day = sayDate(ctx.lang, entry.declaredOn)
  const level = say.levelShort[entry.level]
  return <>{say.entry.statement({ name: entry.name, register: nameOf(ctx, registry), level, day })}</>
}

function who(ctx: Ctx, entry: Entry): Fact[] {
  const { entry: say, soleProprietor } = words[ctx.lang]
  const place = [prefectureName(entry.prefecture, ctx.lang), entry.town].filter(Boolean).join(' ')
  return [
    { name: say.name, value: entry.name },
    ...(entry.nameKana === undefined ? [] : [{ name: say.kana, value: entry.nameKana }]),
    ...(entry.corporateNumber === undefined && !entry.soleProprietor
      ? []
      : [
          {
            name: say.corporate,
            value: entry.soleProprietor ? soleProprietor : <Code>{entry.corporateNumber}</Code>,
          },
        ]),
    { name: say.place, value: place },
    ...(entry.industry === undefined
      ? []
      : [{ name: say.industry, value: industryName(entry.industry, ctx.lang) }]),
  ]
}

function factsOf(ctx: Ctx, entry: Entry, registry: Registry): Fact[] {
  const say = words[ctx.lang]
  const on = sayDate(ctx.lang, entry.declaredOn)
  const reason = entry.status === 'active' ? undefined : reasonOf(entry)
  return [
    ...who(ctx, entry),
    { name: say.entry.level, value: say.level[entry.level], note: say.levelNote[entry.level] },
    {
      name: say.entry.number,
      value: <Code>{entry.number}</Code>,
      note: say.entry.numberNote(nameOf(ctx, registry)),
    },
    entry.status === 'stopped'
      ? { name: say.entry.period, value: say.until(on, sayDate(ctx.lang, jstDate(entry.statusSince))) }
      : {
          name: say.entry.declaredOn,
          value: <time dateTime={entry.declaredOn}>{on}</time>,
          note: say.entry.noEnd,
        },
    ...(reason === undefined ? [] : [{ name: say.entry.reason, value: reason }]),
    { name: say.entry.edition, value: say.edition[entry.pledgeEdition] },
    ...(entry.selfCheckOn === undefined
      ? []
      : [{ name: say.entry.selfCheck, value: sayDate(ctx.lang, entry.selfCheckOn) }]),
    ...(entry.policyUrl === undefined
      ? []
      : [
          {
            name: say.entry.policy,
            // The company chose the address: it gets nothing of ours, and no search engine follows for our sake.
            value: (
              <a href={entry.policyUrl} rel="nofollow noopener noreferrer">
                {say.entry.policyLink}
              </a>
            ),
          },
        ]),
    { name: say.entry.status, value: <Mark mark={markOf[entry.status]}>{say.status[entry.status]}</Mark> },
  ]
}

/** Why the entry is as it is: what the last change of its state gave as reason. */
function reasonOf(entry: Entry & { readonly history?: readonly EntryEvent[] }): string | undefined {
  return entry.history?.find((event) => event.kind === 'suspended' || event.kind === 'stopped')?.reason
}

function Links({ ctx, entry, registry }: Props): VNode {
  const say = words[ctx.lang]
  return (
    <ul class="mm-bullets">
      <li>
        <a class="mm-link" href={ipaSearch} rel="noopener">
          {say.ipa}
        </a>
      </li>
      <li>
        <a class="mm-link" href={`/api/registry/v1/entries/${encodeURIComponent(entry.number)}`}>
          {say.entry.data}
        </a>
      </li>
      <li>
        {say.entry.contact(nameOf(ctx, registry))}：{registry.contact}
      </li>
    </ul>
  )
}

function History({ ctx, history }: { ctx: Ctx; history: readonly EntryEvent[] }): VNode {
  const say = words[ctx.lang]
  return (
    <details class="mm-record mm-section">
      <summary>{say.entry.history}</summary>
      <ol class="mm-log">
        {history.map((event) => (
          <li class="mm-log__item" data-wide key={`${event.at} ${event.kind}`}>
            <span class="mm-log__time">{jstDate(event.at)}</span>
            <span class="mm-log__text">
              {say.entry.event[event.kind](say.levelShort[event.level])}
              {event.reason !== undefined && ` ${event.reason}`}
            </span>
            <span class="mm-log__who">{say.entry.by[event.by]}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}

/** A number that no entry has. */
export function NoEntryPage({ ctx }: { ctx: Ctx }): VNode {
  const say = words[ctx.lang]
  return (
    <PublicPage
      ctx={ctx}
      title={say.none.head}
      width="reading"
      back={{ href: '/registry', text: say.entry.back }}
    >
      <p class="mm-verdict" data-valid="no">
        <Mark mark="question">
          <span>
            <Phrased text={say.entry.unknown} />
          </span>
        </Mark>
      </p>
      <div class="mm-section" data-first>
        <Title>{say.none.head}</Title>
      </div>
      <p class="mm-lead">{say.entry.unknownText}</p>
      <Card tone="quiet">
        <p>
          <a class="mm-link" href={ipaSearch} rel="noopener">
            {say.ipa}
          </a>
        </p>
        <p>{say.none.meaning}</p>
        {ctx.house && (
          <p>
            <PhoneLink phone={ctx.house.deskPhone} />
          </p>
        )}
      </Card>
    </PublicPage>
  )
}
