import type { VNode } from 'preact'
import { jstDate } from '../../../base/time.ts'
import {
  type Ctx,
  Note,
  Prose,
  PublicPage,
  Record,
  Section,
  SelectField,
  blankForm,
  sayCount,
  Table,
  Time,
  Title,
} from '../../../http/index.ts'
import { type Level, type Registry, type Statistics, totalOf } from '../../../registry/index.ts'
import { type Counted, industriesCounted, monthsCounted, most, prefecturesCounted } from './counted.ts'
import { MonthBars, TileMap } from './map.tsx'
import { sayStatistics } from './say.ts'

type View = {
  readonly ctx: Ctx
  readonly registry: Registry
  readonly statistics: Statistics
  readonly level: Level | undefined
}

/** How many declarations stand in the register: by prefecture, trade and month. The answer in words, then the picture. */
export function statisticsPage(view: View): VNode {
  return <StatisticsPage {...view} />
}

function StatisticsPage(view: View): VNode {
  const { ctx, registry, statistics, level } = view
  const say = sayStatistics(ctx.lang)
  const total = totalOf(statistics, level)
  const query = level === undefined ? '' : `?level=${level}`
  return (
    <PublicPage ctx={ctx} title={say.title}>
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead(ctx.lang === 'ja' ? registry.name : registry.nameEn)}</p>
      <Prose>
        <p>
          <b>{say.total(sayCount(total))}</b>
          {level === undefined && registry.levels.length > 1 && (
            <>
              {' '}
              （{say.level.SA1} {sayCount(totalOf(statistics, 'SA1'))}・{say.level.SA2}{' '}
              {sayCount(totalOf(statistics, 'SA2'))}）
            </>
          )}
          {level !== undefined && <>（{say.level[level]}）</>}
        </p>
        <p>{say.notRank}</p>
      </Prose>
      {registry.levels.length > 1 && <LevelFilter ctx={ctx} level={level} />}
      {total === 0 ? <p>{say.empty}</p> : <Charts {...view} />}
      <div class="mm-section">
        <p class="mm-cluster">
          <a class="mm-link" href={`/registry/statistics.csv${query}`}>
            {say.data}
          </a>
          <a class="mm-link" href="/registry">
            {say.search}
          </a>
        </p>
        <Note>{say.notSuppressed}</Note>
        <Note>{say.licence(registry.dataLicence, jstDate(statistics.asOf))}</Note>
        <Note>
          {say.asOf}：<Time at={statistics.asOf} form="full" />
        </Note>
      </div>
    </PublicPage>
  )
}

function LevelFilter(props: { ctx: Ctx; level: Level | undefined }): VNode {
  const say = sayStatistics(props.ctx.lang)
  return (
    <form
      class="mm-cluster mm-section"
      method="get"
      action="/registry/statistics"
      aria-label={say.levelFilter}
    >
      <SelectField
        form={blankForm({ level: props.level })}
        name="level"
        label={say.levelHead}
        blank={say.level.all}
        options={(['SA1', 'SA2'] as const).map((value) => ({ value, text: say.level[value] }))}
      />
      <button class="mm-button" data-kind="secondary">
        {say.show}
      </button>
    </form>
  )
}

function Charts({ ctx, statistics, level }: View): VNode {
  const { lang, now } = ctx
  const say = sayStatistics(lang)
  const places = prefecturesCounted(statistics, level, lang)
  const trades = industriesCounted(statistics, level, lang)
  const { months, earlier } = monthsCounted(statistics, level, { lang, now })
  const place = most(places)
  const trade = most(trades)
  const before = months.at(-3)?.count ?? 0
  return (
    <>
      <Section id="prefecture" head={say.prefectureHead}>
        <p class="mm-bars__say">{place && say.prefectureSay(place.name, sayCount(place.count))}</p>
        <TileMap lang={lang} counted={places} />
        <CountTable ctx={ctx} of="prefecture" counted={places} />
      </Section>
      <Section id="industry" head={say.industryHead}>
        <p class="mm-bars__say">{trade && say.industrySay(trade.name, sayCount(trade.count))}</p>
        <TradeBars counted={trades} />
      </Section>
      <Section id="month" head={say.monthHead} note={say.monthNote}>
        <p class="mm-bars__say">{say.monthSay(sayCount(months.at(-2)?.count ?? 0), sayCount(before))}</p>
        <MonthBars lang={lang} months={months} />
        <CountTable
          ctx={ctx}
          of="month"
          counted={[{ key: '', name: say.earlier, count: earlier }, ...months]}
        />
      </Section>
    </>
  )
}

/** Names, numbers and bars from zero in one list: it is its own table. */
function TradeBars(props: { counted: readonly Counted[] }): VNode {
  const highest = Math.max(1, most(props.counted)?.count ?? 0)
  return (
    <ul class="mm-counts">
      {props.counted.map(({ key, name, count }) => (
        <li key={key} class="mm-counts__row">
          <span>{name}</span>
          <b>{sayCount(count)}</b>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(100 * count) / highest} height={6} />
          </svg>
        </li>
      ))}
    </ul>
  )
}

function CountTable(props: { ctx: Ctx; of: 'prefecture' | 'month'; counted: readonly Counted[] }): VNode {
  const { ctx, of, counted } = props
  const say = sayStatistics(ctx.lang)
  return (
    <Record summary={say.table}>
      <Table
        label={of === 'prefecture' ? say.mapTitle : say.monthTitle}
        dense
        head={[say.name[of], { text: say.count, num: true }]}
        rows={counted.map(({ key, name, count }) => ({
          key,
          cells: [
            of === 'prefecture' && count > 0 ? <a href={`/registry?prefecture=${key}`}>{name}</a> : name,
            sayCount(count),
          ],
        }))}
      />
    </Record>
  )
}
