/**
 * Values for the fields of a notice, without words: the notice says them in the reader's language. Keys that texts know:
 * `time since date periodFrom periodTo` (epoch ms) `count minutes days` `size usual` (bytes) `gap` (seconds) `country`
 * `place account actor person brand maker storage entry equipment origin destination`. What is not known is left out;
 * addresses and hashes never stand here.
 */
export type Facts = Readonly<Record<string, string | number>>

/** Bytes of several findings of one kind are one amount. */
const summed = new Set(['size'])

/** Facts of an alert after one more finding of the same kind: amounts add up, counts follow, names stay. */
export function joinFacts(known: Facts, more: Facts): Facts {
  const joined: Record<string, string | number> = { ...more, ...known }
  for (const [name, value] of Object.entries(more)) {
    const before = known[name]
    if (typeof value !== 'number' || typeof before !== 'number') continue
    if (summed.has(name)) joined[name] = before + value
    else if (name === 'count') joined[name] = Math.max(before, value)
  }
  return joined
}
