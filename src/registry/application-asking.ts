import { pledgeFacts } from '../catalogue/index.ts'
import type { Instant } from '../base/time.ts'
import { agreementHash, type Asking } from './application.ts'
import type { Registry } from './entry.ts'

/** What applications are measured by today; what is agreed to is pinned by what was shown. */
export function askingOf(registry: Registry, shown: readonly string[], now: Instant): Asking {
  const editions = pledgeFacts().editions.map((edition) => [edition.id, edition.order] as const)
  return {
    levels: registry.levels,
    editions: new Map(editions),
    agreement: agreementHash([...shown, registry.terms, registry.dataLicence]),
    now,
  }
}
