import { dirname } from 'node:path'
import type { HouseMap } from '../../src/know.ts'
import type { Import, SourceFile } from './read-imports.ts'
import { isTestFile, unitOf } from './read-imports.ts'
import { graphOf, ringsOf } from './rings.ts'

export type BreachKind =
  | 'arrow'
  | 'barrel'
  | 'clock'
  | 'door'
  | 'empty'
  | 'map'
  | 'outside'
  | 'pool'
  | 'purity'
  | 'ring'
  | 'unknown'

/** One thing against the map: where, and what to do about it. */
export type Breach = { readonly kind: BreachKind; readonly where: string; readonly message: string }

/** The map itself: every name on it exists, no arrow points up, no ring. */
export function mapBreaches(map: HouseMap): Breach[] {
  const where = 'src/know.ts'
  const arrows = Object.entries(map).flatMap(([from, { may }]) => may.map((to) => [from, to] as const))
  const bad = arrows.flatMap(([from, to]): Breach[] => {
    const [a, b] = [map[from], map[to]]
    if (!a || !b)
      return [{ kind: 'map', where, message: `${from} may import ${to}, which is not on the map` }]
    if (b.floor > a.floor) return [{ kind: 'map', where, message: `${from} → ${to} points up` }]
    return []
  })
  const rings = ringsOf(graphOf(arrows)).map(
    (ring): Breach => ({ kind: 'map', where, message: `the map has a ring: ${ring.join(' ↔ ')}` }),
  )
  return [...bad, ...rings]
}

/** What one file alone tells: it lies on the map, is no inner door, makes no pool, and a pure one stays pure. */
export function fileBreaches(file: SourceFile, map: HouseMap): Breach[] {
  const folder = map[file.unit]
  if (!folder) {
    return [{ kind: 'unknown', where: file.path, message: `${file.unit} is not on the map in src/know.ts` }]
  }
  const found: Breach[] = []
  if (isInnerBarrel(file.path, folder.areas)) {
    found.push({ kind: 'barrel', where: file.path, message: 'only a folder of the map has an index.ts' })
  }
  if (folder.pure && !file.isTest) found.push(...clockBreaches(file))
  if (file.path !== onePool) found.push(...linesWith(file, newPool, poolMessage))
  return found
}

function isInnerBarrel(path: string, areas: readonly string[] = []): boolean {
  const [root, , inner] = path.split('/')
  const depth = path.split('/').length
  if (root !== 'src' || !/\/index\.tsx?$/.test(path) || depth <= 3) return false
  return depth > 4 || !areas.includes(inner ?? '')
}

const onePool = 'src/store/pool.ts'
const newPool = /\bnew\s+(?:pg\.)?(?:Pool|Client)\(/
const poolMessage = {
  kind: 'pool',
  text: 'connections are made in src/store/pool.ts: one without an error listener ends the program',
} as const

const clock =
  /\b(?:Date\.now|performance\.|Math\.random|crypto\.|process\.|setTimeout|setInterval|fetch)\b|\bnew Date\(\s*\)|(?<![\w.])Date\(\s*\)/

function clockBreaches(file: SourceFile): Breach[] {
  return linesWith(file, clock, {
    kind: 'clock',
    text: `${file.unit} is pure: time and chance are arguments`,
  })
}

function linesWith(file: SourceFile, pattern: RegExp, breach: { kind: BreachKind; text: string }): Breach[] {
  return file.code.split('\n').flatMap((line, index): Breach[] => {
    const match = pattern.exec(line)
    if (!match) return []
    return [{ kind: breach.kind, where: `${file.path}:${index + 1}`, message: `${match[0]}: ${breach.text}` }]
  })
}

/** What one import of a file that is no test tells: packages in pure folders, arrows, doors. */
export function importBreaches(file: SourceFile, map: HouseMap): Breach[] {
  if (file.isTest) return []
  return file.imports.flatMap((it) => {
    const found = importBreach(file, it, map)
    return found ? [{ ...found, where: `${file.path}:${it.line}` }] : []
  })
}

type Found = Omit<Breach, 'where'>

function importBreach(file: SourceFile, it: Import, map: HouseMap): Found | undefined {
  const folder = map[file.unit]
  if (!folder) return undefined
  if (folder.pure && (!it.target || unitOf(it.target) !== file.unit)) {
    return { kind: 'purity', message: `${file.unit} is pure and may not import ${it.specifier}` }
  }
  if (!it.target) return undefined
  if (isTestFile(it.target)) return { kind: 'outside', message: `${it.target} belongs to the tests` }
  const to = unitOf(it.target)
  if (to === file.unit) return insideBreach(file.path, it.target, folder.areas)
  if (!map[to]) return { kind: 'outside', message: `${it.target} is no part of the program` }
  if (!folder.may.includes(to)) {
    return {
      kind: 'arrow',
      message: `${file.unit} may not import ${to}; it may: ${folder.may.join(' ') || 'nothing'}`,
    }
  }
  if (map[to]?.open || doorsOf(to, map).includes(it.target)) return undefined
  return { kind: 'door', message: `enter ${to} through src/${to}/index.ts, not ${it.target}` }
}

/** Where a folder may be entered: its `index.ts` (or its one file), and those of its areas. */
function doorsOf(unit: string, map: HouseMap): string[] {
  const areas = (map[unit]?.areas ?? []).map((area) => `src/${unit}/${area}/index`)
  return [`src/${unit}`, `src/${unit}/index`, ...areas].flatMap((door) => [`${door}.ts`, `${door}.tsx`])
}

function insideBreach(from: string, target: string, areas: readonly string[] = []): Found | undefined {
  const [a, b] = [areaOf(from, areas), areaOf(target, areas)]
  if (a && b && a !== b)
    return { kind: 'arrow', message: `${a} and ${b} are apart: share what is below them` }
  const isDoor = /\/index\.tsx?$/.test(target)
  if (isDoor && `${from}/`.startsWith(`${dirname(target)}/`)) {
    return { kind: 'door', message: `the door ${target} is for outsiders: inside, import the file itself` }
  }
  return undefined
}

function areaOf(path: string, areas: readonly string[]): string | undefined {
  const folder = path.split('/')[2]
  return folder && areas.includes(folder) ? folder : undefined
}

/** Rings between files, and between folders that do not lie in each other. Tests are not part of it. */
export function ringBreaches(files: readonly SourceFile[]): Breach[] {
  const known = new Set(files.map((file) => file.path))
  const arrows = files
    .filter((file) => !file.isTest)
    .flatMap((file) => file.imports.map((it) => [file.path, it.target ?? ''] as const))
    .filter(([, to]) => known.has(to))
  const between = arrows
    .map(([from, to]) => [folderOf(from), folderOf(to)] as const)
    .filter(([from, to]) => !`${from}/`.startsWith(`${to}/`) && !`${to}/`.startsWith(`${from}/`))
  const told = (ring: readonly string[], what: string): Breach => {
    return { kind: 'ring', where: ring[0] ?? '', message: `a ring of ${what}: ${ring.join(' ↔ ')}` }
  }
  return [
    ...ringsOf(graphOf(arrows)).map((ring) => told(ring, 'files')),
    ...ringsOf(graphOf(between)).map((ring) => told(ring, 'folders')),
  ]
}

/** `src/portal/owner` for a file in it; a file right under `src/` is its own folder. */
function folderOf(path: string): string {
  return /^src\/[^/]+$/.test(path) ? path : dirname(path)
}
