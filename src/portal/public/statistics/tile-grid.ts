/**
 * Japan as tiles of one size: each prefecture a square at about its place, so that small and large ones are read equally
 * well. `column` counts from the west, `row` from the north.
 */
export type Tile = { readonly code: string; readonly column: number; readonly row: number }

const rows: readonly (readonly (readonly [code: string, column: number])[])[] = [
  [['01', 11]],
  [['02', 11]],
  [
    ['05', 10],
    ['03', 11],
  ],
  [
    ['06', 10],
    ['04', 11],
  ],
  [
    ['17', 8],
    ['16', 9],
    ['15', 10],
    ['07', 11],
  ],
  [
    ['18', 7],
    ['21', 8],
    ['20', 9],
    ['10', 10],
    ['09', 11],
    ['08', 12],
  ],
  [
    ['32', 3],
    ['31', 4],
    ['28', 5],
    ['26', 6],
    ['25', 7],
    ['23', 8],
    ['19', 9],
    ['11', 10],
    ['13', 11],
    ['12', 12],
  ],
  [
    ['35', 2],
    ['34', 3],
    ['33', 4],
    ['27', 6],
    ['29', 7],
    ['24', 8],
    ['22', 9],
    ['14', 11],
  ],
  [
    ['41', 0],
    ['40', 1],
    ['44', 2],
    ['38', 3],
    ['37', 4],
    ['30', 6],
  ],
  [
    ['42', 0],
    ['43', 1],
    ['45', 2],
    ['39', 3],
    ['36', 4],
  ],
  [['46', 1]],
  [['47', 0]],
]

export const tiles: readonly Tile[] = rows.flatMap((tilesOfRow, row) =>
  tilesOfRow.map(([code, column]) => ({ code, column, row })),
)

/** In the drawing's own units; one is one pixel where the map is as wide as it wants to be. */
export const tileWidth = 64
export const tileHeight = 42
const gap = 3
export const mapWidth = 13 * (tileWidth + gap) - gap
export const mapHeight = rows.length * (tileHeight + gap) - gap

/** The upper left corner of a tile. */
export function cornerOf({ column, row }: Tile): { readonly x: number; readonly y: number } {
  return { x: column * (tileWidth + gap), y: row * (tileHeight + gap) }
}

/** One step of the map: the counts that carry it, from and to. */
export type MapStep = { readonly step: 1 | 2 | 3 | 4 | 5; readonly from: number; readonly to: number }

/**
 * Five steps that hold about equally many prefectures each; equal counts are in one step, and what counts nothing is in
 * none. Steps without a prefecture are left out.
 */
export function stepsFor(counts: readonly number[]): readonly MapStep[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b)
  const steps = [1, 2, 3, 4, 5] as const
  // The largest count of each fifth is its upper edge.
  const edges = steps.map((step) => sorted[Math.ceil((sorted.length * step) / 5) - 1] ?? 0)
  return steps.flatMap((step, at) => {
    const below = edges[at - 1] ?? 0
    const held = sorted.filter((count) => count > below && count <= (edges[at] ?? 0))
    const [from] = held
    const to = held.at(-1)
    return from === undefined || to === undefined ? [] : [{ step, from, to }]
  })
}

/** The step of a count; 0 for none. */
export function stepOf(count: number, steps: readonly MapStep[]): MapStep['step'] | 0 {
  return steps.find(({ from, to }) => count >= from && count <= to)?.step ?? 0
}
