import type { VNode } from 'preact'
import type { TaskRow } from '../../case/index.ts'
import { Mark, PhoneLink, type SignedCtx, sayTime } from '../../http/index.ts'
import { queueWords } from './queue-words.ts'

/** Open tasks that no row of the queue carries, e.g. the call about a sensor that fell silent. */
export function Duties(props: { ctx: SignedCtx; tasks: readonly TaskRow[] }): VNode | null {
  const { ctx, tasks } = props
  const say = queueWords(ctx.lang)
  if (tasks.length === 0) return null
  return (
    <section class="mm-duties" aria-label={say.duties}>
      <h2 class="mm-sub">{say.duties}</h2>
      <ul class="mm-list">
        {tasks.map((task) => (
          <Duty key={task.id} ctx={ctx} task={task} />
        ))}
      </ul>
    </section>
  )
}

function Duty(props: { ctx: SignedCtx; task: TaskRow }): VNode {
  const { ctx, task } = props
  const say = queueWords(ctx.lang).cases
  const call = task.kind === 'call'
  return (
    <li class="mm-list__item">
      <span class="mm-list__main">
        <a href={`/companies/${task.company}`}>{task.companyName}</a> {task.text[ctx.lang]}{' '}
        {task.callWhom !== null && task.callWhom.name}{' '}
        {task.callWhom?.phone != null && <PhoneLink phone={task.callWhom.phone} />}
      </span>
      <span class="mm-list__side">
        <form method="post" action={`/tasks/${task.id}/outcome`} class="mm-cluster" data-gap="2">
          <button class="mm-key" name="outcome" value={call ? 'reached' : 'done'}>
            {call ? say.reached : say.done}
          </button>
          {call && (
            <button class="mm-key" name="outcome" value="not-reached">
              {say.notReached}
            </button>
          )}
        </form>
      </span>
      <span class="mm-list__sub">
        {task.severity !== null && <Mark mark={task.severity} plain />}{' '}
        {say.due(sayTime({ lang: ctx.lang, now: ctx.now }, task.dueAt, 'plain'))}
      </span>
    </li>
  )
}
