import { fault } from '../../../base/fault.ts'
import { type Answer, type RouteSpec, route, type SignedCtx } from '../../../http/index.ts'
import {
  findPage,
  findVersion,
  policyDocx,
  policyHtml,
  policyPdf,
  policyPlainText,
  policyPoster,
  type PolicySheet,
  type PolicyVersion,
  publishedPath,
} from '../../../policy/index.ts'
import type { OwnerParts } from '../parts.ts'
import { policyWords } from './say.ts'

/** A version with its documents' data and whether it is the one in force. Fault: NOT_FOUND. */
export async function sheetOf(
  ctx: SignedCtx,
  parts: OwnerParts,
): Promise<{ version: PolicyVersion; sheet: PolicySheet }> {
  const found = await ctx.inCompany(ctx.actor.organisation, async (tx) => {
    const version = await findVersion(tx, ctx.params['policy'] ?? '')
    return version && { version, page: await findPage(tx, version.company) }
  })
  if (found === undefined) throw fault('NOT_FOUND')
  const { version, page } = found
  const sheet = {
    title: version.title,
    preamble: version.preamble,
    articles: version.articles,
    closing: version.closing,
    lang: version.lang,
    company: version.source.values.company_name,
    number: version.number,
    url: page?.open ? parts.access.baseUrl + publishedPath(page.code) : undefined,
  }
  return { version, sheet }
}

type Kind = 'pdf' | 'poster' | 'docx' | 'html' | 'text'

async function fileOf(
  sheet: PolicySheet,
  kind: Kind,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; type: string }> {
  switch (kind) {
    case 'pdf':
      return { body: await policyPdf(sheet), type: 'application/pdf' }
    case 'poster':
      return { body: await policyPoster(sheet), type: 'application/pdf' }
    case 'docx':
      return {
        body: await policyDocx(sheet),
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      }
    case 'html':
      return { body: policyHtml(sheet), type: 'text/html; charset=utf-8' }
    case 'text':
      return { body: policyPlainText(sheet), type: 'text/plain; charset=utf-8' }
  }
}

/** The documents of a version, each as a file to keep. */
export function outputRoutes(parts: OwnerParts): readonly RouteSpec[] {
  const kinds = ['pdf', 'poster', 'docx', 'html', 'text'] as const
  return kinds.map((kind) =>
    route({
      method: 'GET',
      path: `/policy/versions/:policy/${kind}`,
      area: 'owner',
      ids: { policy: 'policy' },
      async handle(ctx: SignedCtx): Promise<Answer> {
        const { sheet } = await sheetOf(ctx, parts)
        const { body, type } = await fileOf(sheet, kind)
        return { file: { body, type, name: policyWords(sheet.lang).version.names[kind] } }
      },
    }),
  )
}
