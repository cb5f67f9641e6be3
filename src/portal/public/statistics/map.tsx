import type { VNode } from 'preact'
import { type Lang, sayCount } from '../../../http/index.ts'
import { type Counted, most } from './counted.ts'
import { sayStatistics } from './say.ts'
import {
  cornerOf,
  mapHeight,
  type MapStep,
  mapWidth,
  stepOf,
  stepsFor,
  tileHeight,
  tiles,
  tileWidth,
} from './tile-grid.ts'

/** 大阪府 → 大阪; in a tile only what tells it apart. */
const short = (name: string): string => name.replace(/(?<=.)[都府県]$/u, '')

/** Japan as 47 tiles with their numbers; the darker, the more. What it shows stands in words and in the table, too. */
export function TileMap(props: { lang: Lang; counted: readonly Counted[] }): VNode {
  const { lang, counted } = props
  const say = sayStatistics(lang)
  const steps = stepsFor(counted.map(({ count }) => count))
  const top = counted
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 5)
    .map(({ name, count }) => `${name} ${sayCount(count)}`)
    .join(lang === 'ja' ? '、' : ', ')
  const none = counted.filter(({ count }) => count === 0).length
  return (
    <>
      <div class="mm-scroll" role="group" aria-label={say.mapTitle} tabIndex={0}>
        <svg
          class="mm-tiles"
          viewBox={`-1 -1 ${mapWidth + 2} ${mapHeight + 2}`}
          role="img"
          aria-labelledby="map-title map-desc"
        >
          <title id="map-title">{say.mapTitle}</title>
          <desc id="map-desc">{say.mapDesc(top, none)}</desc>
          {tiles.map((tile) => {
            const one = counted.find(({ key }) => key === tile.code)
            const { x, y } = cornerOf(tile)
            const count = one?.count ?? 0
            return (
              <g key={tile.code} class="mm-tile" data-step={stepOf(count, steps)} data-code={tile.code}>
                <rect x={x} y={y} width={tileWidth} height={tileHeight} rx={4} />
                <text x={x + tileWidth / 2} y={y + 17} text-anchor="middle">
                  {short(one?.name ?? tile.code)}
                </text>
                <text x={x + tileWidth / 2} y={y + 34} text-anchor="middle" font-weight="700">
                  {sayCount(count)}
                </text>
              </g>
            )
          })}
          <Legend lang={lang} steps={steps} />
        </svg>
      </div>
    </>
  )
}

/** In the sea north of the west, where no tile is. */
function Legend(props: { lang: Lang; steps: readonly MapStep[] }): VNode {
  const say = sayStatistics(props.lang)
  const lines = [
    { step: 0, text: say.none },
    ...props.steps.map(({ step, from, to }) => ({ step, text: say.range(sayCount(from), sayCount(to)) })),
  ]
  return (
    <>
      <g class="mm-tile" data-step="0">
        <text x={0} y={16} font-weight="700">
          {say.legend}
        </text>
      </g>
      {lines.map(({ step, text }, n) => (
        <g key={step}>
          <g class="mm-tile" data-step={step}>
            <rect x={0} y={26 + n * 28} width={34} height={22} rx={4} />
          </g>
          <g class="mm-tile" data-step="0">
            <text x={44} y={42 + n * 28}>
              {text}
            </text>
          </g>
        </g>
      ))}
    </>
  )
}

/** 24 bars from zero; the highest and the last carry their numbers. */
export function MonthBars(props: { lang: Lang; months: readonly Counted[] }): VNode {
  const { lang, months } = props
  const say = sayStatistics(lang)
  const top = most(months)
  const highest = Math.max(1, top?.count ?? 0)
  const [slot, bar, tall] = [30, 22, 150]
  return (
    <div class="mm-scroll" role="group" aria-label={say.monthTitle} tabIndex={0}>
      <svg
        class="mm-chart24"
        viewBox={`0 0 ${slot * months.length + 24} ${tall + 44}`}
        role="img"
        aria-labelledby="month-title month-desc"
      >
        <title id="month-title">{say.monthTitle}</title>
        <desc id="month-desc">{say.monthDesc(top?.name ?? '', sayCount(top?.count ?? 0))}</desc>
        {months.map(({ key, count }, n) => {
          const height = Math.round((tall * count) / highest)
          const x = 12 + n * slot
          const marked = key === top?.key || n === months.length - 1
          const [year = 0, month = 1] = key.split('-').map(Number)
          return (
            <g key={key}>
              <rect x={x} y={20 + tall - height} width={bar} height={height} />
              {marked && (
                <text x={x + bar / 2} y={14 + tall - height} text-anchor="middle" font-weight="700">
                  {sayCount(count)}
                </text>
              )}
              {(month - 1) % 3 === 0 && (
                <text x={x + bar / 2} y={tall + 38} text-anchor="middle">
                  {say.shortMonth(year, month)}
                </text>
              )}
            </g>
          )
        })}
        <line x1={8} x2={slot * months.length + 16} y1={20.5 + tall} y2={20.5 + tall} stroke="currentColor" />
      </svg>
    </div>
  )
}
