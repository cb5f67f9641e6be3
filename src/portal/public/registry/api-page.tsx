import type { VNode } from 'preact'
import {
  type Answer,
  type Ctx,
  Facts,
  Prose,
  PublicPage,
  Section,
  sayCount,
  Title,
} from '../../../http/index.ts'
import { mostChecked, type Registry } from '../../../registry/index.ts'
import { allowed, mustRegistry, type RegistryDoor } from './door.ts'
import { words } from './words.ts'

/** How programs read the register. */
export async function apiPage(door: RegistryDoor, ctx: Ctx): Promise<Answer> {
  const registry = await mustRegistry(ctx)
  return { page: <ApiPage ctx={ctx} registry={registry} baseUrl={door.parts.access.baseUrl} /> }
}

function Example(props: { text: string }): VNode {
  return (
    <pre class="mm-example">
      <code>{props.text}</code>
    </pre>
  )
}

function ApiPage(props: { ctx: Ctx; registry: Registry; baseUrl: string }): VNode {
  const { ctx, registry, baseUrl } = props
  const all = words[ctx.lang]
  const say = all.apiPage
  const api = `${baseUrl}/api/registry/v1`
  const body = `{"keys":["${registry.code}-…","8000000000001"]}`
  return (
    <PublicPage
      ctx={ctx}
      title={say.title}
      width="reading"
      back={{ href: '/registry', text: all.entry.back }}
    >
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <Section id="list" head={say.head.list}>
        <p>{say.list}</p>
        <Example text={`curl '${api}/entries?prefecture=27&level=SA2&limit=100'`} />
      </Section>
      <Section id="one" head={say.head.one}>
        <p>{say.one}</p>
        <Example text={`curl '${api}/entries/${registry.code}-…'`} />
      </Section>
      <Section id="many" head={say.head.many}>
        <p>{say.many(sayCount(mostChecked))}</p>
        <Example
          text={`curl -X POST '${api}/check' \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`}
        />
      </Section>
      <Section id="fields" head={say.head.fields}>
        <Facts
          rows={Object.entries(say.fields).map(([name, value]) => ({
            name: <code key={name}>{name}</code>,
            value,
          }))}
        />
      </Section>
      <Section id="limits" head={say.head.limits}>
        <Prose>
          <p>
            {say.limits({
              list: sayCount(allowed.looks),
              many: sayCount(allowed.checks),
              file: sayCount(allowed.files),
            })}
          </p>
          <p>{say.errors}</p>
        </Prose>
      </Section>
      <Section id="licence" head={say.head.licence}>
        <p>
          {registry.dataLicenceUrl === undefined ? (
            registry.dataLicence
          ) : (
            <a href={registry.dataLicenceUrl} rel="license noopener" class="mm-link">
              {registry.dataLicence}
            </a>
          )}
        </p>
        <p class="mm-cluster">
          <a class="mm-link" href="/registry/data.csv">
            CSV
          </a>
          <a class="mm-link" href="/registry/data.json">
            JSON
          </a>
        </p>
      </Section>
    </PublicPage>
  )
}
