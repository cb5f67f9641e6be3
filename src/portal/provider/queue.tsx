import type { VNode } from 'preact'
import { queue as readQueue, type QueueRow } from '../../alert/index.ts'
import {
  type Answer,
  Banner,
  ConsolePage,
  Data,
  type Push,
  type RouteSpec,
  route,
  type SignedCtx,
} from '../../http/index.ts'
import { listTasks, type TaskRow } from '../../case/index.ts'
import { Duties } from './duties.tsx'
import { type Chosen, readChosen } from './chosen.ts'
import { DetailPane } from './detail.tsx'
import { KeyBar } from './keys.tsx'
import { PreviewPane } from './preview.tsx'
import { QueueList } from './queue-list.tsx'
import { queueWords } from './queue-words.ts'
import { providerNav, providerWords } from './say.ts'
import type { ProviderParts } from './parts.ts'
import { type SayRule, sayRuleIn } from './rule-words.ts'

type Read = {
  readonly rows: readonly QueueRow[]
  readonly chosen: Chosen | undefined
  readonly duties: readonly TaskRow[]
}

async function readPage(ctx: SignedCtx): Promise<Read> {
  return ctx.within(async (tx) => {
    const rows = await readQueue(tx, ctx.actor.scope, ctx.now)
    const wanted = ctx.query['alert']
    const id =
      rows.find((row) => row.id === wanted)?.id ?? (ctx.query['only'] === 'list' ? undefined : rows[0]?.id)
    const tasks = await listTasks(tx, { companies: ctx.actor.scope })
    return {
      rows,
      chosen: id === undefined ? undefined : await readChosen(tx, id, ctx.now),
      duties: tasks.filter((task) => task.alert === null && task.case === null),
    }
  })
}

/** The live queue: alerts by time left to the promise, the chosen one, and what its owner will read. */
export function queueRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/queue',
      area: 'provider',
      async handle(ctx: SignedCtx): Promise<Answer> {
        return {
          page: (
            <QueuePage
              ctx={ctx}
              read={await readPage(ctx)}
              red={parts.state()?.detector.rules.red === true}
              sayRule={sayRuleIn(parts, ctx.lang)}
            />
          ),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/queue/stream',
      area: 'provider',
      // Only that something moved: the page reads it anew in its own scope.
      handle: async (ctx: SignedCtx): Promise<Answer> => ({
        stream: (push: Push) => ctx.live.listen({}, (message) => push({ name: 'moved', data: message })),
      }),
    }),
  ]
}

function QueuePage(props: { ctx: SignedCtx; read: Read; red: boolean; sayRule: SayRule }): VNode {
  const { ctx, read } = props
  const say = queueWords(ctx.lang)
  const waiting = read.rows.filter((row) => row.state === 'new' || row.state === 'case')
  const asked = read.rows.filter((row) => row.state === 'asked')
  return (
    <ConsolePage
      ctx={ctx}
      title={`${say.title} ${say.count(read.rows.length)}`}
      nav={providerNav(ctx)}
      current="queue"
      mode="desk"
      islands={['queue']}
    >
      <div class="mm-desk__bar">
        <h1>{say.title}</h1>
        <span>{say.open(waiting.length, asked.length)}</span>
        <KeySwitch ctx={ctx} />
      </div>
      {props.red && (
        <Banner tone="now">
          <p>{providerWords(ctx.lang).noRules}</p>
        </Banner>
      )}
      <Done ctx={ctx} />
      <Duties ctx={ctx} tasks={read.duties} />
      <div class="mm-desk__panes">
        <QueueList ctx={ctx} rows={read.rows} chosen={read.chosen?.detail.id} sayRule={props.sayRule} />
        <DetailPane ctx={ctx} chosen={read.chosen} sayRule={props.sayRule} />
        <PreviewPane ctx={ctx} chosen={read.chosen} />
      </div>
      <KeyBar ctx={ctx} chosen={read.chosen} />
      <Data
        id="queue-data"
        value={{
          lost: say.lost('{clock}'),
          live: say.live,
          pause: say.pause,
          resume: say.resume,
          off: say.keys.off,
          on: say.keys.on,
        }}
      />
    </ConsolePage>
  )
}

/** The list of keys, and the switch that turns single keys off (WCAG 2.1.4). */
function KeySwitch(props: { ctx: SignedCtx }): VNode {
  const say = queueWords(props.ctx.lang).keys
  const rows: readonly [string, string][] = [
    ['J / K', say.upDown],
    ['1', say.case],
    ['2', say.merge],
    ['3', say.close],
    ['4', say.ask],
    ['H', say.later],
    ['A', say.assign],
    ['C', say.called],
    ['Z', say.undo],
  ]
  return (
    <details class="mm-keyhelp mm-desk__bar-end" id="key-help">
      <summary aria-keyshortcuts="?">{say.help}</summary>
      <div class="mm-keyhelp__sheet">
        <dl class="mm-dl">
          {rows.map(([key, text]) => (
            <>
              <dt>
                <kbd class="mm-kbd">{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </>
          ))}
        </dl>
        <button type="button" class="mm-key" id="key-switch" hidden>
          {say.off}
        </button>
      </div>
    </details>
  )
}

/** What was just done, with its undo. */
function Done(props: { ctx: SignedCtx }): VNode {
  const { ctx } = props
  const say = queueWords(ctx.lang)
  const done = ctx.query['done']
  const text = done === undefined ? undefined : wordOf(say.done, done)
  const undo = ctx.query['undo']
  return (
    <div class="mm-done" id="done" role="status">
      {text !== undefined && (
        <>
          <span>{text}</span>
          {undo !== undefined && /^[0-9a-f-]{36}$/.test(undo) && (
            <form method="post" action={`/decisions/${undo}/withdrawal`}>
              <button class="mm-key" aria-keyshortcuts="Z" data-key="z">
                <kbd class="mm-kbd">Z</kbd>
                {say.keys.undo}
              </button>
            </form>
          )}
        </>
      )}
    </div>
  )
}

function wordOf(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}
