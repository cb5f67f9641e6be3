import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { policy as en } from '../../../words/en/policy.ts'
import { policy as ja } from '../../../words/ja/policy.ts'
import type { PolicySheet } from './outputs.ts'

const words = { ja, en }

/** Everything the file needs is in it: it opens from a disk and can be put on any web site. */
const style = `
body { margin: 0; color: #1a1a1a; background: #fff; font: 1rem/1.8 "Hiragino Sans", "Yu Gothic", "Noto Sans JP", sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.4; margin: 0 0 1.5rem; }
h2 { font-size: 1.125rem; line-height: 1.5; margin: 2rem 0 .5rem; }
p { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
footer { margin-top: 3rem; text-align: right; }
footer small { display: block; margin-top: 1rem; color: #4d4d4d; }
@media print { body { font-size: 10.5pt; } main { padding: 0; max-width: none; } h2 { break-after: avoid; } footer { break-inside: avoid; } }
`

function Page(props: { sheet: PolicySheet }): VNode {
  const { sheet } = props
  return (
    <html lang={sheet.lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${sheet.title}｜${sheet.company}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>{sheet.title}</h1>
          <p>{sheet.preamble}</p>
          {sheet.articles.map((one, at) => (
            <section key={at}>
              <h2>{`${at + 1}. ${one.title}`}</h2>
              <p>{one.text}</p>
            </section>
          ))}
          <footer>
            {sheet.closing.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <small>{words[sheet.lang].sheet.foot(sheet.number)}</small>
          </footer>
        </main>
      </body>
    </html>
  )
}

/** The policy as one HTML file without anything from elsewhere; every text escaped. */
export function policyHtml(sheet: PolicySheet): string {
  return `<!doctype html>\n${renderToString(<Page sheet={sheet} />)}\n`
}
