import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { severities } from '../base/severity.ts'

const severity = z.enum(severities)
const schema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      severity,
      detections: z.array(z.string()),
      containment: z.string().optional(),
      variants: z
        .array(
          z.object({
            when: z.string().optional(),
            for: z.array(z.string()).optional(),
            severity: severity.optional(),
          }),
        )
        .default([]),
    }),
  ),
})

/** What the alert needs of a type of notice: which detections lead to it, and how urgent its texts are. */
export type NoticeKind = z.infer<typeof schema>['items'][number]

let kept: readonly NoticeKind[] | undefined

/** The types of catalogue/notices.yaml; read once. The texts belong to the notice. */
export function noticeKinds(): readonly NoticeKind[] {
  if (kept === undefined) {
    const path = fileURLToPath(new URL('../../catalogue/notices.yaml', import.meta.url))
    kept = schema.parse(parse(readFileSync(path, 'utf8'))).items
  }
  return kept
}
