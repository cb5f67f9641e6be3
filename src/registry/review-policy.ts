import type { Visit } from '../visit/index.ts'
import type { PolicyLook } from './review-oddity.ts'

/** What a page must show to be the published policy of that firm (security-action.md §4.2, g.policy_public). */
const title =
  /セキュリティ[\s\S]{0,12}?(?:方針|ポリシー|規程)|(?:方針|ポリシー)[\s\S]{0,12}?セキュリティ|security\s+policy/i
const date =
  /(?:19|20)\d{2}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}|(?:令和|平成|R|H)\s*(?:\d{1,2}|元)\s*[年.]\s*\d{1,2}\s*[月.]\s*\d{1,2}/

/** A name without its legal form, its width and its blanks: what must stand on the page. */
function core(name: string): string {
  return plain(name).replace(
    /株式会社|有限会社|合同会社|合名会社|合資会社|\((?:株|有|合|同|名|資)\)|一般社団法人|一般財団法人|特定非営利活動法人|npo法人|医療法人/g,
    '',
  )
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・]/gu, '')
    .replaceAll('髙', '高')
    .replaceAll('﨑', '崎')
}

/** Looks at the page of a policy, once. Never throws: what cannot be seen is for a person. */
export async function lookAtPolicy(
  visit: Visit,
  of: { readonly url: string; readonly name: string },
): Promise<PolicyLook> {
  const seen = await visit(of.url).catch(() => undefined)
  if (seen === undefined) return { found: 'unreachable', detail: of.url }
  if (!seen.ok) return { found: 'unreachable', detail: `${seen.why} ${seen.url}` }
  if (seen.status !== 200) return { found: 'unreachable', detail: `${seen.status} ${seen.url}` }
  if (seen.text === undefined || seen.text.trim() === '') return { found: 'unreadable', detail: seen.url }
  const lacking = lackingIn(seen.text, of.name)
  return lacking.length === 0
    ? { found: 'good' }
    : { found: 'lacking', detail: `${lacking.join(' ')} ${seen.url}` }
}

/** Which of name, date and title a text does not show. */
export function lackingIn(text: string, name: string): readonly ('name' | 'date' | 'title')[] {
  const normal = text.normalize('NFKC')
  return [
    ...(plain(text).includes(core(name)) ? [] : (['name'] as const)),
    ...(date.test(normal) ? [] : (['date'] as const)),
    ...(title.test(normal) ? [] : (['title'] as const)),
  ]
}
