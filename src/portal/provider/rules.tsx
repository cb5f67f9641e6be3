import type { VNode } from 'preact'
import type { RuleCard, RuleState } from '../../detect/index.ts'
import {
  ActForm,
  type Answer,
  Banner,
  ConsolePage,
  type RouteSpec,
  route,
  type SignedCtx,
  Table,
} from '../../http/index.ts'
import { Head, Panel } from './panel.tsx'
import type { ProviderParts } from './parts.ts'
import { providerNav, providerWords } from './say.ts'

/** The rules in force: what each finds, to which notice it leads, whose it is; and what could not be read. */
export function rulesRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/rules',
      area: 'provider',
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        page: <RulesPage ctx={ctx} rules={parts.rules()} state={parts.state()?.detector.rules} />,
      }),
    }),
    route({
      method: 'POST',
      path: '/rules/reload',
      area: 'provider',
      roles: ['admin'],
      handle: async (): Promise<Answer> => ({
        redirect: `/rules?done=${parts.reloadRules() ? 'read' : 'kept'}`,
      }),
    }),
  ]
}

function RulesPage(props: {
  ctx: SignedCtx
  rules: readonly RuleCard[]
  state: RuleState | undefined
}): VNode {
  const { ctx, rules, state } = props
  const say = providerWords(ctx.lang).rules
  const done = ctx.query['done']
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="rules">
      <Head
        title={say.title}
        say={state === undefined ? undefined : say.lead(state.active, state.version.slice(0, 8))}
        act={
          ctx.actor.role === 'admin' ? (
            <ActForm action="/rules/reload" submit={say.reload} kind="secondary" size="sm" />
          ) : undefined
        }
      />
      {done !== undefined && (
        <Banner tone={done === 'read' ? 'ok' : 'today'}>
          <p>{done === 'read' ? say.reloaded : say.kept}</p>
        </Banner>
      )}
      {state?.red === true && (
        <Banner tone="now">
          <p>{say.red}</p>
        </Banner>
      )}
      {state !== undefined && <Problems ctx={ctx} head={say.refused} id="refused" of={state.refused} />}
      {state !== undefined && <Problems ctx={ctx} head={say.problems} id="problems" of={state.problems} />}
      <Table
        label={say.title}
        dense
        head={[say.rule, say.what, say.leads, 'ATT&CK', say.author, say.file]}
        rows={rules.map((rule) => ({
          key: rule.id,
          cells: [
            rule.title,
            rule.ja,
            rule.detection,
            rule.tags.filter((tag) => /^attack\.t\d/.test(tag)).join(' '),
            `${rule.author}（${rule.licence}）`,
            rule.file,
          ],
        }))}
      />
    </ConsolePage>
  )
}

function Problems(props: {
  ctx: SignedCtx
  head: string
  id: string
  of: RuleState['problems']
}): VNode | null {
  const say = providerWords(props.ctx.lang).rules
  if (props.of.length === 0) return null
  return (
    <Panel id={props.id} head={props.head}>
      <ul class="mm-list">
        {props.of.map((each) => (
          <li class="mm-list__item" key={`${each.file}:${each.line}:${each.reason}`}>
            <span class="mm-list__main">
              {each.file} {say.line(each.line)}
            </span>
            <span class="mm-list__sub">{each.reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
