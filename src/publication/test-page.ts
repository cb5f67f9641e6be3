import type { Visit, Visited } from '../visit/index.ts'

const encoder = new TextEncoder()

/** A page that was reached; for tests. */
export function pageWith(
  text: string | undefined,
  more: Partial<Extract<Visited, { ok: true }>> = {},
): Visited {
  const bytes = encoder.encode(text ?? 'a picture')
  return {
    ok: true,
    status: 200,
    url: 'https://yamada.example/policy',
    type: 'text/html',
    bytes,
    text,
    ...more,
  }
}

/** A page with all that is wanted of 株式会社山田製作所. */
export const goodPage = '情報セキュリティ基本方針\n㈱山田製作所\n令和8年4月1日 制定'

/** Answers every visit with what is set now, and remembers where it was sent. */
export function testVisit(first: Visited): { visit: Visit; asked: string[]; next: Visited } {
  const made = {
    next: first,
    asked: [] as string[],
    visit: (url: string): Promise<Visited> => {
      made.asked.push(url)
      return Promise.resolve(made.next)
    },
  }
  return made
}
