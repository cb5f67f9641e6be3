import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { fault } from '../base/fault.ts'

/** The files that hold sets, without `.yaml`. */
type File = 'security-action' | 'lessons'

const kept = new Map<File, Record<string, unknown>>()

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function whole(file: File): Record<string, unknown> {
  const known = kept.get(file)
  if (known !== undefined) return known
  const read: unknown = parse(readFileSync(new URL(`../../catalogue/${file}.yaml`, import.meta.url), 'utf8'))
  if (!isRecord(read)) throw fault('CATALOGUE', { why: `${file}.yaml is not a map` })
  kept.set(file, read)
  return read
}

/**
 * One set of `catalogue/<file>.yaml`, checked. Fault: CATALOGUE with the set and what is wrong; the program then does
 * not start.
 */
export function readSet<T>(name: string, schema: z.ZodType<T>, file: File = 'security-action'): T {
  const read = schema.safeParse(whole(file)[name])
  if (read.success) return read.data
  const first = read.error.issues[0]
  throw fault('CATALOGUE', {
    why: `${file}: ${name}.${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`,
  })
}
