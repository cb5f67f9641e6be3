import { pathToFileURL } from 'node:url'
import { type HouseMap, house } from '../src/know.ts'
import {
  type Breach,
  fileBreaches,
  importBreaches,
  mapBreaches,
  ringBreaches,
} from './architecture/breaches.ts'
import { readSources } from './architecture/read-imports.ts'

export type { Breach, BreachKind } from './architecture/breaches.ts'

/**
 * Holds the files under `src/` and `words/` of `root` against the map. No breach means: arrows point where the map
 * says, there is no ring, folders are entered by their doors, pure folders are pure, pools are made in one place.
 * Reading no file is a breach too: a guard that looks at nothing would always pass.
 */
export function checkArchitecture(root: string, map: HouseMap): Breach[] {
  return lookAtArchitecture(root, map).breaches
}

/** The same with what was read, to be printed. */
export function lookAtArchitecture(
  root: string,
  map: HouseMap,
): { breaches: Breach[]; files: number; imports: number } {
  const files = readSources(root)
  const imports = files.reduce((sum, file) => sum + file.imports.length, 0)
  const empty: Breach[] =
    files.length > 0 ? [] : [{ kind: 'empty', where: root, message: 'read 0 files under src/ and words/' }]
  const breaches = [
    ...empty,
    ...mapBreaches(map),
    ...files.flatMap((file) => fileBreaches(file, map)),
    ...files.flatMap((file) => importBreaches(file, map)),
    ...ringBreaches(files),
  ]
  return { breaches, files: files.length, imports }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { breaches, files, imports } = lookAtArchitecture(process.cwd(), house)
  for (const { kind, where, message } of breaches) console.log(`${where}: ${kind}: ${message}`)
  console.log(`architecture: ${files} files, ${imports} imports, ${breaches.length} breaches`)
  process.exitCode = breaches.length > 0 ? 1 : 0
}
