import type { VNode } from 'preact'
import { z } from 'zod'
import { must, record } from '../../../access/index.ts'
import { fault } from '../../../base/fault.ts'
import {
  type Answer,
  Banner,
  blankForm,
  Button,
  Facts,
  failForm,
  type FormState,
  field,
  LinkButton,
  Prose,
  readForm,
  type RouteSpec,
  route,
  SelectField,
  type SignedCtx,
  TextArea,
  TextField,
} from '../../../http/index.ts'
import { readRegistry, type Registry, saveRegistry } from '../../../registry/index.ts'
import { Panel } from '../panel.tsx'
import { DeskPage, mayOpenOne, ownRegistry } from './frame.tsx'
import { KeyPanel } from './key.tsx'
import { deskPaths, sayDesk } from './say.ts'

const levelChoices = { both: ['SA1', 'SA2'], SA1: ['SA1'], SA2: ['SA2'] } as const

const shape = z.object({
  name: field.text({ max: 100 }),
  nameEn: field.text({ max: 100 }),
  code: field.optionalText({ max: 10 }),
  levels: field.choice(['both', 'SA1', 'SA2']),
  review: field.choice(['odd', 'always']),
  terms: field.optionalText({ max: 10_000 }),
  dataLicence: field.text({ max: 100 }),
  dataLicenceUrl: field.optionalText({ max: 300 }),
  contact: field.text({ max: 200 }),
  state: field.choice(['closed', 'open']),
})

function asForm(registry: Registry | undefined): FormState {
  if (registry === undefined)
    return blankForm({ levels: 'both', review: 'odd', state: 'closed', dataLicence: 'CC BY 4.0' })
  const levels = registry.levels.length > 1 ? 'both' : (registry.levels[0] ?? 'both')
  return blankForm({
    name: registry.name,
    nameEn: registry.nameEn,
    code: registry.code,
    levels,
    review: registry.review ? 'always' : 'odd',
    terms: registry.terms,
    dataLicence: registry.dataLicence,
    dataLicenceUrl: registry.dataLicenceUrl,
    contact: registry.contact,
    state: registry.openedAt === undefined ? 'closed' : 'open',
  })
}

type Typed =
  | { readonly ok: true; readonly registry: Registry }
  | { readonly ok: false; readonly form: FormState }

function typed(ctx: SignedCtx, current: Registry | undefined): Typed {
  const say = sayDesk(ctx.lang).settings
  const { name, nameEn, code: codeLabel, levels, review, terms, dataLicence, contact, state } = say
  const labels = { name, nameEn, code: codeLabel, levels, review, terms, dataLicence, contact, state }
  const read = readForm(ctx, shape, { ...labels, dataLicenceUrl: say.dataLicenceUrl })
  if (!read.ok) return read
  const { value } = read
  const code = current?.code ?? (value.code ?? '').normalize('NFKC').toUpperCase()
  const errors: Record<string, string> = {}
  if (!/^[A-Z]{2,5}$/.test(code)) errors['code'] = say.codeWrong
  const url = value.dataLicenceUrl
  if (url !== undefined && !/^https:\/\/[^\s]+$/.test(url)) errors['dataLicenceUrl'] = say.urlWrong
  if (Object.keys(errors).length > 0) return { ok: false, form: failForm(ctx, errors) }
  return {
    ok: true,
    registry: {
      id: ctx.actor.organisation,
      code,
      name: value.name,
      nameEn: value.nameEn,
      levels: levelChoices[value.levels],
      review: value.review === 'always',
      terms: value.terms ?? '',
      dataLicence: value.dataLicence,
      dataLicenceUrl: url,
      contact: value.contact,
      openedAt: value.state === 'open' ? (current?.openedAt ?? ctx.now) : undefined,
    },
  }
}

/** The settings as they may be changed: one's own register, or the first one of this installation. Fault: NOT_FOUND */
async function changeable(ctx: SignedCtx): Promise<Registry | undefined> {
  const current = await ownRegistry(ctx)
  if (current === undefined) must(await mayOpenOne(ctx))
  return current
}

/** The settings of the register, for its administrators; the first time, the register is opened with them. */
export function settingsRoutes(): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: deskPaths.settings,
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        const current = await changeable(ctx)
        return { page: <SettingsPage ctx={ctx} current={current} form={asForm(current)} /> }
      },
    }),
    route({
      method: 'POST',
      path: deskPaths.settings,
      area: 'provider',
      roles: ['admin'],
      async handle(ctx: SignedCtx): Promise<Answer> {
        const current = await changeable(ctx)
        const read = typed(ctx, current)
        if (!read.ok)
          return { page: <SettingsPage ctx={ctx} current={current} form={read.form} />, status: 422 }
        if (ctx.form['act'] === 'preview') {
          const form = blankForm(ctx.form)
          return { page: <SettingsPage ctx={ctx} current={current} form={form} preview={read.registry} /> }
        }
        await keep(ctx, read.registry)
        return { redirect: `${deskPaths.settings}?done=saved` }
      },
    }),
  ]
}

async function keep(ctx: SignedCtx, registry: Registry): Promise<void> {
  await ctx.within(async (tx) => {
    await saveRegistry(tx, registry)
    await record(tx, ctx.actor, { organisation: registry.id, act: 'registry.settings-kept' })
  })
  // Of two that open one at once, the second finds that it is another's.
  const kept = await readRegistry(ctx.db)
  if (kept?.id !== registry.id) throw fault('NOT_FOUND')
}

function SettingsPage(props: {
  ctx: SignedCtx
  current: Registry | undefined
  form: FormState
  preview?: Registry
}): VNode {
  const { ctx, current, form, preview } = props
  const say = sayDesk(ctx.lang).settings
  const rotated = ctx.query['key']
  return (
    <DeskPage ctx={ctx} title={say.title} tab="settings" form={form} say={say.lead}>
      {ctx.query['done'] === 'saved' && (
        <Banner tone="ok">
          <p>{say.saved}</p>
        </Banner>
      )}
      {rotated !== undefined && (
        <Banner tone="ok">
          <p>{say.keyDone(rotated)}</p>
        </Banner>
      )}
      {preview !== undefined && <Preview ctx={ctx} registry={preview} />}
      <SettingsForm ctx={ctx} current={current} form={form} />
      {current !== undefined && (
        <Panel id="links" head={say.links}>
          <p class="mm-cluster">
            <a href="/registry/apply">{say.applyLink}</a>
            <a href="/registry">{say.searchLink}</a>
            <a href="/registry/statistics">{say.statisticsLink}</a>
          </p>
        </Panel>
      )}
      {current !== undefined && <KeyPanel ctx={ctx} />}
    </DeskPage>
  )
}

function SettingsForm(props: { ctx: SignedCtx; current: Registry | undefined; form: FormState }): VNode {
  const { ctx, current, form } = props
  const say = sayDesk(ctx.lang).settings
  const options = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([value, text]) => ({ value, text }))
  return (
    <form class="mm-form" method="post" action={deskPaths.settings} noValidate>
      <TextField form={form} name="name" label={say.name} required chars={24} />
      <TextField form={form} name="nameEn" label={say.nameEn} required chars={24} />
      {current === undefined ? (
        <TextField form={form} name="code" label={say.code} help={say.codeHelp} required chars={8} />
      ) : (
        <Facts rows={[{ name: say.code, value: current.code }]} />
      )}
      <SelectField form={form} name="levels" label={say.levels} options={options(say.levelsOf)} required />
      <SelectField form={form} name="review" label={say.review} options={options(say.reviewOf)} required />
      <TextArea form={form} name="terms" label={say.terms} help={say.termsHelp} rows={6} />
      <TextField
        form={form}
        name="dataLicence"
        label={say.dataLicence}
        help={say.dataLicenceHelp}
        required
        chars={24}
      />
      <TextField
        form={form}
        name="dataLicenceUrl"
        label={say.dataLicenceUrl}
        help={say.dataLicenceUrlHelp}
        chars={24}
      />
      <TextField form={form} name="contact" label={say.contact} help={say.contactHelp} required chars={24} />
      <SelectField
        form={form}
        name="state"
        label={say.state}
        help={say.stateHelp}
        options={options(say.stateOf)}
        required
      />
      <div class="mm-cluster">
        <Button kind="primary" name="act" value="save">
          {say.save}
        </Button>
        <Button kind="secondary" name="act" value="preview">
          {say.preview}
        </Button>
      </div>
    </form>
  )
}

/** What an applicant would read of it, before it is kept. */
function Preview(props: { ctx: SignedCtx; registry: Registry }): VNode {
  const { ctx, registry } = props
  const say = sayDesk(ctx.lang).settings
  return (
    <Panel id="preview" head={say.previewHead} aside={say.previewNote}>
      <Facts
        rows={[
          { name: say.name, value: registry.name },
          { name: say.nameEn, value: registry.nameEn },
          { name: say.code, value: `${registry.code}-XXXXXXXXX` },
          {
            name: say.levels,
            value: registry.levels.map((level) => (level === 'SA2' ? '★★' : '★')).join(' '),
          },
          {
            name: say.dataLicence,
            value:
              registry.dataLicenceUrl === undefined ? (
                registry.dataLicence
              ) : (
                <a href={registry.dataLicenceUrl}>{registry.dataLicence}</a>
              ),
          },
          { name: say.contact, value: registry.contact },
        ]}
      />
      <Prose>
        {registry.terms.split(/\n+/).map((line, n) => (
          <p key={n}>{line}</p>
        ))}
      </Prose>
      {registry.openedAt !== undefined && (
        <p>
          <LinkButton href="/registry/apply" kind="secondary" size="sm">
            {say.applyLink}
          </LinkButton>
        </p>
      )}
    </Panel>
  )
}
