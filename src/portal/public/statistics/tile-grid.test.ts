import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { prefectures } from '../../../base/prefecture.ts'
import { cornerOf, mapHeight, mapWidth, stepOf, stepsFor, tileHeight, tiles, tileWidth } from './tile-grid.ts'

const placed = new Map(tiles.map((tile) => [tile.code, tile]))
const at = (code: string) => placed.get(code) ?? { code, row: -1, column: -1 }

describe('the map of 47 tiles', () => {
  test('holds every prefecture once', () => {
    expect(tiles).toHaveLength(47)
    expect([...placed.keys()].sort()).toEqual(prefectures.map(([code]) => code))
  })

  test('no two tiles touch each other, and none leaves the drawing', () => {
    for (const one of tiles) {
      const a = cornerOf(one)
      expect(a.x >= 0 && a.y >= 0 && a.x + tileWidth <= mapWidth && a.y + tileHeight <= mapHeight).toBe(true)
      for (const other of tiles) {
        if (one === other) continue
        const b = cornerOf(other)
        const apart =
          a.x + tileWidth < b.x || b.x + tileWidth < a.x || a.y + tileHeight < b.y || b.y + tileHeight < a.y
        expect(apart, `${one.code} ${other.code}`).toBe(true)
      }
    }
  })

  test.each([
    ['北海道 is north of 青森', '01', '02'],
    ['宮城 is north of 福島', '04', '07'],
    ['埼玉 is north of 神奈川', '11', '14'],
    ['京都 is north of 大阪', '26', '27'],
    ['大阪 is north of 和歌山', '27', '30'],
    ['岡山 is north of 香川', '33', '37'],
    ['香川 is north of 徳島', '37', '36'],
    ['福岡 is north of 熊本', '40', '43'],
    ['鹿児島 is north of 沖縄', '46', '47'],
  ])('%s', (_said, north, south) => {
    expect(at(north).row).toBeLessThan(at(south).row)
  })

  test.each([
    ['長崎 is west of 熊本', '42', '43'],
    ['広島 is west of 岡山', '34', '33'],
    ['大阪 is west of 奈良', '27', '29'],
    ['愛知 is west of 東京', '23', '13'],
    ['東京 is west of 千葉', '13', '12'],
  ])('%s', (_said, west, east) => {
    expect(at(west).column).toBeLessThan(at(east).column)
  })
})

describe('the five steps', () => {
  test('hold about equally many each', () => {
    const counts = Array.from({ length: 47 }, (_, n) => (n + 1) ** 2)
    const steps = stepsFor(counts)
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5])
    for (const { step } of steps)
      expect(counts.filter((count) => stepOf(count, steps) === step).length).toBeGreaterThanOrEqual(9)
  })

  test('equal counts stand in one step, nothing in none, and no step is empty', () => {
    const steps = stepsFor([0, 0, 7, 7, 7, 9])
    expect(steps).toEqual([
      { step: 1, from: 7, to: 7 },
      { step: 4, from: 9, to: 9 },
    ])
    expect([stepOf(0, steps), stepOf(7, steps), stepOf(9, steps)]).toEqual([0, 1, 4])
    expect(stepsFor([0, 0])).toEqual([])
  })

  test('every count has a step, and a larger one never a lower step', () => {
    for (let seed = 1; seed < 200; seed++) {
      const counts = Array.from({ length: 47 }, (_, n) => ((n + 3) * seed * 7919) % 1000)
      const steps = stepsFor(counts)
      const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b)
      const found = sorted.map((count) => stepOf(count, steps))
      expect(found).toEqual(found.toSorted((a, b) => (a < b ? -1 : 1)))
      expect(found).not.toContain(0)
    }
  })

  test('can be read: ink on every ground at least 4.5 to 1', () => {
    const css = readFileSync(new URL('../../../http/assets/owner.css', import.meta.url), 'utf8')
    const grounds = [
      ...css.matchAll(/\.mm-tile\[data-step="(\d)"\] \{ --mm-tile: (#\w{6}); --mm-tile-ink: (#\w{6}); \}/g),
    ]
    expect(grounds.map(([, step]) => step)).toEqual(['0', '1', '2', '3', '4', '5'])
    for (const [, step, ground, ink] of grounds)
      expect(contrast(ground ?? '', ink ?? ''), step).toBeGreaterThanOrEqual(4.5)
  })
})

/** Contrast by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const light = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [a, b] = [light(one), light(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}
