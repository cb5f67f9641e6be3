/** A page as it came back; redirects are followed by hand. */
export type Page = { readonly status: number; readonly path: string; readonly html: string }

/** Somebody with a browser without JavaScript: opens pages, fills in the forms on them, keeps cookies. */
export type Browsing = {
  open(path: string): Promise<Page>
  /**
   * Fills in the form of page `at` that posts to `action`, and sends it; fields left out keep what the page put into them.
   * Throws when there is no such form or field, or when the form comes back.
   */
  fill(at: string, action: string, values?: Readonly<Record<string, string>>): Promise<Page>
}

/** Browses one installation. */
export function browse(baseUrl: string): Browsing {
  const cookies = new Map<string, string>()
  const ask = async (path: string, body?: URLSearchParams): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${baseUrl}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), origin: baseUrl, accept: 'text/html' },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const html = await answer.text()
    const to = answer.headers.get('location')
    return to === null ? { status: answer.status, path, html } : ask(to)
  }
  return {
    open: (path) => ask(path),
    async fill(at, action, values = {}) {
      const page = await ask(at)
      const found = formsIn(page.html).find((form) => form.action === action)
      if (found === undefined) throw new Error(`${at} (${page.status}) has no form that posts to ${action}`)
      const unknown = Object.keys(values).filter((name) => !found.names.has(name))
      if (unknown.length > 0) throw new Error(`the form ${action} has no field ${unknown.join(', ')}`)
      const body = new URLSearchParams(found.filled)
      for (const [name, value] of Object.entries(values)) body.set(name, value)
      const answer = await ask(action, body)
      if (answer.status !== 200)
        throw new Error(`${action} answered ${answer.status}: ${wordsOf(answer.html)}`)
      return answer
    },
  }
}

type Found = {
  readonly action: string
  readonly names: ReadonlySet<string>
  readonly filled: Record<string, string>
}

function formsIn(html: string): Found[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inside = '']) => {
    const names = new Set<string>()
    const filled: Record<string, string> = {}
    for (const [, , written = ''] of inside.matchAll(/<(input|textarea)\b([^>]*)>/g)) {
      const { name, type, value = '', checked } = attributes(written)
      if (name === undefined) continue
      names.add(name)
      const chosen = type !== 'checkbox' && type !== 'radio'
      if (chosen || checked !== undefined) filled[name] = chosen ? value : value || 'on'
    }
    for (const [, written = '', options = ''] of inside.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
      const { name = '' } = attributes(written)
      const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => attributes(option))
      names.add(name)
      filled[name] = (all.find((option) => option['selected'] !== undefined) ?? all[0])?.['value'] ?? ''
    }
    return { action: attributes(head)['action'] ?? '', names, filled }
  })
}

function attributes(written: string): Readonly<Record<string, string>> {
  const found = written.matchAll(/([\w-]+)(?:="([^"]*)")?/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, plain(value)]))
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** What a page says, without its tags. */
export function wordsOf(html: string): string {
  const body = html.replace(/^.*<main\b[^>]*>/s, '').replace(/<\/main>.*$/s, '')
  return plain(body.replace(/<(style|script)\b.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}
