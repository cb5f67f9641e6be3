import type { VNode } from 'preact'
import { z } from 'zod'
import { fault } from '../../../base/fault.ts'
import { jstDate } from '../../../base/time.ts'
import { keepRecord, type Unerased, unerasedDevices } from '../../../evidence/index.ts'
import {
  type Answer,
  blankForm,
  failForm,
  field,
  Form,
  type FormState,
  HiddenField,
  OwnerPage,
  readForm,
  route,
  SelectField,
  type SignedCtx,
  TextField,
  Title,
} from '../../../http/index.ts'
import { closeTask, type Task, tasksOf } from '../../../pledge/index.ts'
import { sayAnswer } from '../../../self-check/index.ts'
import { ownerNav } from '../say.ts'
import { basicsWords } from './say.ts'
import { titleOf } from './to-dos.tsx'

async function openTask(ctx: SignedCtx, key: string | undefined): Promise<Task> {
  const company = ctx.actor.organisation
  const { open } = await ctx.inCompany(company, (tx) => tasksOf(tx, company, ctx.now))
  const task = open.find((one) => one.key === key && one.why !== 'unticked')
  if (task === undefined) throw fault('NOT_FOUND')
  return task
}

/** Asks for the day on which a thing was done. */
export const closing = route({
  method: 'GET',
  path: '/to-dos/closing',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const task = await openTask(ctx, ctx.query['key'])
    const form = blankForm({ doneOn: jstDate(ctx.now) })
    return { page: <ClosingPage ctx={ctx} task={task} form={form} /> }
  },
})

/** Puts on record that it was done. */
export const close = route({
  method: 'POST',
  path: '/to-dos/closing',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = basicsWords(ctx.lang).toDos
    const task = await openTask(ctx, ctx.form['key'])
    const read = readDay(ctx, say.closeDay)
    if (!read.ok) return { page: <ClosingPage ctx={ctx} task={task} form={read.form} />, status: 422 }
    const answer = answersTo(task).find((one) => one === ctx.form['answer'])
    await closeTask(ctx.db, ctx.actor, {
      key: task.key,
      doneOn: read.doneOn,
      ...(answer && { answer }),
      now: ctx.now,
    })
    return { redirect: '/to-dos?done=closed' }
  },
})

/** The answers that may take the place of the one before; none for what only the record shows. */
function answersTo(task: Task): readonly ('done' | 'partly' | 'not_done')[] {
  if (task.check === undefined || task.why === 'contradicted') return []
  if (task.why === 'unknown') return ['done', 'partly', 'not_done']
  return task.why === 'not_done' ? ['done', 'partly'] : ['done']
}

/** The day of a form: any up to today. */
function readDay(
  ctx: SignedCtx,
  label: string,
): { readonly ok: true; readonly doneOn: string } | { readonly ok: false; readonly form: FormState } {
  const read = readForm(ctx, z.object({ doneOn: field.day() }), { doneOn: label })
  if (!read.ok) return read
  if (read.value.doneOn <= jstDate(ctx.now)) return { ok: true, doneOn: read.value.doneOn }
  return { ok: false, form: failForm(ctx, { doneOn: basicsWords(ctx.lang).toDos.future }) }
}

function ClosingPage(props: { ctx: SignedCtx; task: Task; form: FormState }): VNode {
  const { ctx, task, form } = props
  const say = basicsWords(ctx.lang).toDos
  const answers = answersTo(task)
  return (
    <OwnerPage
      ctx={ctx}
      title={say.closeTitle}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={form}
      back={{ href: '/to-dos', text: say.back }}
    >
      <Title eyebrow={titleOf(ctx.lang, task)}>{say.closeTitle}</Title>
      <p>{task.why === 'contradicted' ? say.closeText.record : say.closeText.answer}</p>
      <Form action="/to-dos/closing" submit={say.closeAct} form={form}>
        <HiddenField name="key" value={task.key} />
        <TextField form={form} name="doneOn" type="date" label={say.closeDay} required />
        {answers.length > 1 && (
          <SelectField
            form={form}
            name="answer"
            label={say.closeAnswer}
            options={answers.map((value) => ({ value, text: sayAnswer(ctx.lang, value, 'button') }))}
          />
        )}
      </Form>
    </OwnerPage>
  )
}

async function unerased(ctx: SignedCtx): Promise<Unerased> {
  const company = ctx.actor.organisation
  const devices = await ctx.inCompany(company, (tx) => unerasedDevices(tx, company))
  const device = devices.find((one) => one.id === ctx.params['device'])
  if (device === undefined) throw fault('NOT_FOUND')
  return device
}

/** Asks for the day on which a device out of use was erased. */
export const erasure = route({
  method: 'GET',
  path: '/to-dos/erasures/:device',
  area: 'owner',
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const form = blankForm({ doneOn: jstDate(ctx.now) })
    return { page: <ErasurePage ctx={ctx} device={await unerased(ctx)} form={form} /> }
  },
})

/** Puts the erasing on record. */
export const erase = route({
  method: 'POST',
  path: '/to-dos/erasures/:device',
  area: 'owner',
  ids: { device: 'device' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const device = await unerased(ctx)
    const read = readDay(ctx, basicsWords(ctx.lang).toDos.eraseDay)
    if (!read.ok) return { page: <ErasurePage ctx={ctx} device={device} form={read.form} />, status: 422 }
    await keepRecord(ctx.db, ctx.actor, {
      signal: 'device_retired',
      device: device.id,
      doneOn: read.doneOn,
      now: ctx.now,
    })
    return { redirect: '/to-dos?done=erased' }
  },
})

function ErasurePage(props: { ctx: SignedCtx; device: Unerased; form: FormState }): VNode {
  const { ctx, device, form } = props
  const say = basicsWords(ctx.lang).toDos
  return (
    <OwnerPage
      ctx={ctx}
      title={say.eraseTitle(device.nickname)}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={form}
      back={{ href: '/to-dos', text: say.back }}
    >
      <Title>{say.eraseTitle(device.nickname)}</Title>
      <p>{say.eraseHow}</p>
      <Form action={`/to-dos/erasures/${device.id}`} submit={say.eraseKeep} form={form}>
        <TextField form={form} name="doneOn" type="date" label={say.eraseDay} required />
      </Form>
    </OwnerPage>
  )
}
