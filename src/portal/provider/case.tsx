import type { VNode } from 'preact'
import { z } from 'zod'
import {
  addNote,
  caseDetail,
  type CaseView,
  closeCase,
  type EntryView,
  setStage,
  type TaskRow,
} from '../../case/index.ts'
import {
  type Answer,
  Banner,
  blankForm,
  ConsolePage,
  field,
  type FormState,
  Mark,
  PhoneLink,
  readForm,
  type RouteSpec,
  route,
  type SignedCtx,
  sayTime,
  Time,
} from '../../http/index.ts'
import { caseClosingReasons, ClosingForm, NoteForm, StageForm, stages } from './case-forms.tsx'
import { Head, Panel } from './panel.tsx'
import { queueWords } from './queue-words.ts'
import { providerNav } from './say.ts'

const noteInput = z.object({ text: field.text({ max: 2_000 }), forOwner: field.flag() })
const stageInput = z.object({ stage: field.choice([...stages]), stageText: field.optionalText({ max: 200 }) })
const closingInput = z.object({
  reason: field.choice([...caseClosingReasons]),
  closingNote: field.optionalText({ max: 2_000 }),
})

const idOf = (ctx: SignedCtx): string => ctx.params['case'] ?? ''
const pathOf = (ctx: SignedCtx): string => `/cases/${idOf(ctx)}`

async function page(ctx: SignedCtx, form: FormState = blankForm()): Promise<VNode> {
  const view = await ctx.within((tx) => caseDetail(tx, idOf(ctx), ctx.now))
  return <CasePage ctx={ctx} view={view} form={form} />
}

/** One case: its stages, timeline and tasks, and how it ends. */
export const caseRoutes: readonly RouteSpec[] = [
  route({
    method: 'GET',
    path: '/cases/:case',
    area: 'provider',
    ids: { case: 'case' },
    handle: async (ctx: SignedCtx): Promise<Answer> => ({ page: await page(ctx) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:case/notes',
    area: 'provider',
    ids: { case: 'case' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = queueWords(ctx.lang).cases
      const read = readForm(ctx, noteInput, { text: say.noteText, forOwner: say.noteForOwner })
      if (!read.ok) return { page: await page(ctx, read.form), status: 422 }
      await addNote(ctx.db, ctx.actor, { ...read.value, case: idOf(ctx), now: ctx.now })
      return { redirect: pathOf(ctx) }
    },
  }),
  route({
    method: 'POST',
    path: '/cases/:case/stages',
    area: 'provider',
    ids: { case: 'case' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = queueWords(ctx.lang).cases
      const read = readForm(ctx, stageInput, { stage: say.setStage, stageText: say.stageText })
      if (!read.ok) return { page: await page(ctx, read.form), status: 422 }
      const { stage, stageText: text } = read.value
      await setStage(ctx.db, ctx.actor, {
        case: idOf(ctx),
        stage,
        now: ctx.now,
        ...(text === undefined ? {} : { text }),
      })
      return { redirect: pathOf(ctx) }
    },
  }),
  route({
    method: 'POST',
    path: '/cases/:case/closing',
    area: 'provider',
    ids: { case: 'case' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = queueWords(ctx.lang).cases
      const read = readForm(ctx, closingInput, { reason: say.closeReason, closingNote: say.closeNote })
      if (!read.ok) return { page: await page(ctx, read.form), status: 422 }
      await closeCase(ctx.db, ctx.actor, {
        case: idOf(ctx),
        reason: read.value.reason,
        note: read.value.closingNote ?? '',
        now: ctx.now,
      })
      return { redirect: pathOf(ctx) }
    },
  }),
]

function CasePage(props: { ctx: SignedCtx; view: CaseView; form: FormState }): VNode {
  const { ctx, view, form } = props
  const say = queueWords(ctx.lang)
  return (
    <ConsolePage
      ctx={ctx}
      title={`${view.number} ${view.title[ctx.lang]}`}
      nav={providerNav(ctx)}
      current="cases"
      form={form}
    >
      <p class="mm-crumb">
        <a href="/cases">{say.cases.back}</a>
        <span>
          {view.number}　{say.cases.openedBy(view.openedBy ?? say.cases.program)}{' '}
          <Time at={view.openedAt} form="full" />
        </span>
      </p>
      <Head
        title={view.title[ctx.lang]}
        say={
          <>
            <Mark mark={view.severity} /> <a href={`/companies/${view.company}`}>{view.companyName}</a>{' '}
            {view.code}
          </>
        }
      />
      {view.closing !== null && (
        <Banner tone="ok">
          <p>
            {say.cases.closed(
              view.closing.by,
              sayTime({ lang: ctx.lang, now: ctx.now }, view.closing.at, 'plain'),
            )}
            ：{say.cases.reasons[view.closing.reason]} {view.closing.note}
          </p>
        </Banner>
      )}
      <Stages ctx={ctx} view={view} />
      <div class="mm-split" data-cols="main-side">
        <div>
          <Timeline ctx={ctx} view={view} />
          {view.closing === null && <NoteForm ctx={ctx} form={form} />}
        </div>
        <div>
          <Tasks ctx={ctx} view={view} />
          <Links ctx={ctx} view={view} />
          {view.closing === null && <StageForm ctx={ctx} form={form} />}
          {view.closing === null && <ClosingForm ctx={ctx} form={form} />}
        </div>
      </div>
    </ConsolePage>
  )
}

function Stages(props: { ctx: SignedCtx; view: CaseView }): VNode {
  const { ctx, view } = props
  const say = queueWords(ctx.lang).cases
  return (
    <ol class="mm-stage" aria-label={say.stages}>
      {view.stages.map((stage) => (
        <li
          key={stage.stage}
          data-step={stage.state}
          aria-current={stage.state === 'doing' ? 'step' : undefined}
        >
          <b>{say.stage[stage.stage]}</b>
          <span>
            {stage.at !== null && <Time at={stage.at} form="plain" />} {stage.by}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Who is behind an entry: the people of the company, us, or a machine. */
function sideOf(entry: EntryView): 'us' | 'them' | 'machine' {
  if (entry.kind === 'answer') return 'them'
  return entry.by === null ? 'machine' : 'us'
}

function Timeline(props: { ctx: SignedCtx; view: CaseView }): VNode {
  const { ctx, view } = props
  const say = queueWords(ctx.lang).cases
  return (
    <Panel id="line" head={say.line} aside={`● ${say.who.us}　○ ${say.who.them}　■ ${say.who.machine}`}>
      <ol class="mm-story-line">
        {view.entries.map((entry) => (
          <li key={entry.id} data-by={sideOf(entry)} data-inside={entry.forOwner ? undefined : ''}>
            <Time at={entry.at} form="plain" />
            <i />
            <b>{say.kinds[entry.kind]}</b>
            <div>
              {entry.text[ctx.lang]}
              {!entry.forOwner && <span class="mm-small">（{say.onlyUs}）</span>}
            </div>
            <span class="mm-story-line__who">{entry.by ?? say.program}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Tasks(props: { ctx: SignedCtx; view: CaseView }): VNode {
  const { ctx, view } = props
  const say = queueWords(ctx.lang).cases
  return (
    <Panel id="tasks" head={say.taskHead}>
      {view.tasks.length === 0 ? (
        <p>{say.noTasks}</p>
      ) : (
        <ul class="mm-list">
          {view.tasks.map((task) => (
            <Task key={task.id} ctx={ctx} task={task} of={view.id} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Task(props: { ctx: SignedCtx; task: TaskRow; of: string }): VNode {
  const { ctx, task } = props
  const say = queueWords(ctx.lang).cases
  const call = task.kind === 'call'
  return (
    <li class="mm-list__item">
      <span class="mm-list__main">
        {task.text[ctx.lang]}
        {task.callWhom !== null && (
          <>
            {'　'}
            {task.callWhom.name} {task.callWhom.phone !== null && <PhoneLink phone={task.callWhom.phone} />}
          </>
        )}
      </span>
      <span class="mm-list__side">
        {task.doneAt !== null ? (
          <Mark mark="done">{say.doneAt}</Mark>
        ) : (
          <form method="post" action={`/tasks/${task.id}/outcome`} class="mm-cluster" data-gap="2">
            <input type="hidden" name="case" value={props.of} />
            <button class="mm-key" data-kind="primary" name="outcome" value={call ? 'reached' : 'done'}>
              {call ? say.reached : say.done}
            </button>
            {call && (
              <button class="mm-key" name="outcome" value="not-reached">
                {say.notReached}
              </button>
            )}
          </form>
        )}
      </span>
      <span class="mm-list__sub">
        {task.doneAt === null ? (
          say.due(sayTime({ lang: ctx.lang, now: ctx.now }, task.dueAt, 'plain'))
        ) : (
          <Time at={task.doneAt} form="plain" />
        )}
      </span>
    </li>
  )
}

function Links(props: { ctx: SignedCtx; view: CaseView }): VNode {
  const { ctx, view } = props
  const say = queueWords(ctx.lang).cases
  return (
    <Panel id="links" head={say.notices}>
      <ul class="mm-list">
        {view.notices.map((notice) => (
          <li class="mm-list__item" key={notice.id}>
            <span class="mm-list__main">{notice.title[ctx.lang]}</span>
            <span class="mm-list__sub">
              {notice.number} <Time at={notice.madeAt} form="plain" /> {notice.answerLabel?.[ctx.lang]}
            </span>
          </li>
        ))}
        {view.alerts.map((id, at) => (
          <li class="mm-list__item" key={id}>
            <span class="mm-list__main">
              <a href={`/alerts/${id}`}>
                {say.alerts} {at + 1}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
