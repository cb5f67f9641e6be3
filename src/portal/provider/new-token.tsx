import type { VNode } from 'preact'
import { Banner, Code, type SignedCtx } from '../../http/index.ts'
import { rsyslogRecipe } from '../../ingest/index.ts'
import { providerWords } from './say.ts'

/** A token just made, shown this once, with what to put where. */
export function NewToken(props: { ctx: SignedCtx; token: string; baseUrl: string; tcpPort: number }): VNode {
  const { token, baseUrl, tcpPort } = props
  const say = providerWords(props.ctx.lang).sensor
  const ways = [
    [
      'curl',
      `gzip -c log.ndjson | curl -sS ${baseUrl}/ingest/v1/auto -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/x-ndjson' -H 'Content-Encoding: gzip' --data-binary @-`,
    ],
    ['rsyslog', rsyslogRecipe({ host: new URL(baseUrl).hostname, port: tcpPort, token })],
  ] as const
  return (
    <Banner tone="ok" title={say.issued}>
      <p>
        <Code>{token}</Code>
      </p>
      {ways.map(([name, text]) => (
        <div key={name}>
          <p>
            {say.issuedHow}：{name}
          </p>
          <pre class="mm-raw" tabIndex={0} role="group" aria-label={`${say.issuedHow} ${name}`}>
            {text}
          </pre>
        </div>
      ))}
    </Banner>
  )
}
