import { setCookie } from './cookie.ts'
import { languageCookie, textCookie } from './ctx.ts'
import { type RouteSpec, route } from './route.ts'
import { isLocalPath } from './secure.ts'

const year = 31_536_000

function backOf(back: string | undefined): string {
  return back !== undefined && isLocalPath(back) ? back : '/'
}

/** How a reader wants to read, kept in cookies: the language and the size of the text. */
export function readerRoutes(secure: boolean): readonly RouteSpec[] {
  const keep = (name: string, value: string): readonly string[] => [
    setCookie(name, value, { seconds: year, secure }),
  ]
  return [
    route({
      method: 'POST',
      path: '/language',
      area: 'public',
      handle: async (ctx) => ({
        redirect: backOf(ctx.form['back']),
        cookies: keep(languageCookie, ctx.form['lang'] === 'en' ? 'en' : 'ja'),
      }),
    }),
    route({
      method: 'POST',
      path: '/text',
      area: 'public',
      handle: async (ctx) => ({
        redirect: backOf(ctx.form['back']),
        cookies: keep(textCookie, ctx.form['size'] === 'large' ? 'large' : 'normal'),
      }),
    }),
  ]
}
