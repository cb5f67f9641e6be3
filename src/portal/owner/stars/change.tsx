import type { VNode } from 'preact'
import { z } from 'zod'
import { jstDate } from '../../../base/time.ts'
import {
  changedFields,
  confirmEdition,
  currentPledgeEdition,
  type Declaration,
  held,
  mayDeclare,
  readStanding,
  type Standing,
  tellChange,
} from '../../../declaration/index.ts'
import {
  ActForm,
  type Answer,
  blankForm,
  Form,
  type FormState,
  failForm,
  field,
  LinkButton,
  readForm,
  route,
  Section,
  type SignedCtx,
  TextField,
} from '../../../http/index.ts'
import { byOf, ipaSite, OutLink, StarsPage, starWords } from './say.tsx'

const standingOf = (ctx: SignedCtx): Promise<Standing> =>
  ctx.inCompany(ctx.actor.organisation, (tx) => readStanding(tx, ctx.actor.organisation))

/** What changed since the declaration and is to be told at IPA; the new edition; declaring again. */
export const change = route({
  method: 'GET',
  path: '/stars/change',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const form = blankForm({ toldOn: jstDate(ctx.now) })
    return { page: <ChangePage ctx={ctx} form={form} it={await standingOf(ctx)} /> }
  },
})

/** The company corrected its details at IPA itself. */
export const told = route({
  method: 'POST',
  path: '/stars/change',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).change
    const read = readForm(ctx, z.object({ toldOn: field.day() }), { toldOn: say.on })
    const future = read.ok && read.value.toldOn > jstDate(ctx.now)
    if (!read.ok || future) {
      const form = read.ok ? failForm(ctx, { toldOn: say.future }) : read.form
      return { page: <ChangePage ctx={ctx} form={form} it={await standingOf(ctx)} />, status: 422 }
    }
    await ctx.inCompany(ctx.actor.organisation, (tx) => tellChange(tx, byOf(ctx), read.value.toldOn))
    return { redirect: '/stars?done=told' }
  },
})

/** The newest edition of the basic items is added to the declaration. */
export const edition = route({
  method: 'POST',
  path: '/stars/edition',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    await ctx.inCompany(ctx.actor.organisation, (tx) => confirmEdition(tx, byOf(ctx)))
    return { redirect: '/stars?done=edition' }
  },
})

function ChangePage({ ctx, form, it }: { ctx: SignedCtx; form: FormState; it: Standing }): VNode {
  const say = starWords(ctx.lang).change
  const official = held(it.declarations, 'ipa')
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      {official === undefined ? (
        <p class="mm-lead">{say.none}</p>
      ) : (
        <>
          <Changed ctx={ctx} form={form} it={it} official={official} />
          <Edition ctx={ctx} it={it} official={official} />
          <Again ctx={ctx} official={official} />
        </>
      )}
    </StarsPage>
  )
}

function Changed(props: { ctx: SignedCtx; form: FormState; it: Standing; official: Declaration }): VNode {
  const { ctx, form, it, official } = props
  const words = starWords(ctx.lang)
  const say = words.change
  const fields = changedFields(it, official)
  return (
    <Section id="changed" head={say.head}>
      {fields.length === 0 ? (
        <p>{say.same}</p>
      ) : (
        <>
          <p>{say.changed}</p>
          <ul class="mm-prose">
            {fields.map((name) => (
              <li key={name}>
                {say.fields[name]}
                <span class="mm-note">（{say.was(official.told?.[name] ?? '')}）</span>
              </li>
            ))}
          </ul>
          <p>
            <OutLink href={ipaSite} text={words.ipaSite} lang={ctx.lang} />
          </p>
          {mayDeclare(ctx.actor) ? (
            <Form action="/stars/change" form={form} submit={say.submit} kind="secondary">
              <TextField form={form} name="toldOn" label={say.on} type="date" chars={13} required />
            </Form>
          ) : (
            <p>{words.ownerOnly}</p>
          )}
        </>
      )}
      <p>
        <a class="mm-link" href="/company/details">
          {say.edit}
        </a>
      </p>
    </Section>
  )
}

function Edition({
  ctx,
  it,
  official,
}: {
  ctx: SignedCtx
  it: Standing
  official: Declaration
}): VNode | null {
  const say = starWords(ctx.lang).change
  const newest = currentPledgeEdition()
  const said = official.confirmedEdition ?? official.declared?.pledgeEdition
  if (said === undefined || said >= newest) return null
  const promised = it.pledge?.complete === true && it.pledge.edition === newest
  return (
    <Section id="edition" head={say.edition}>
      <p>{say.editionText}</p>
      {promised && mayDeclare(ctx.actor) ? (
        <>
          <p>{say.editionReady}</p>
          <ActForm action="/stars/edition" submit={say.editionAct} size="lg" />
        </>
      ) : (
        <p>
          <a class="mm-link" href="/basics">
            {say.editionToDo}
          </a>
        </p>
      )}
    </Section>
  )
}

function Again({ ctx, official }: { ctx: SignedCtx; official: Declaration }): VNode {
  const say = starWords(ctx.lang).change
  const levels = official.level === 'SA1' ? (['SA2', 'SA1'] as const) : (['SA2'] as const)
  return (
    <Section id="again" head={say.again}>
      <p>{say.againText}</p>
      <div class="mm-cluster">
        {levels.map((level) => (
          <LinkButton key={level} href={`/stars/prepare?level=${level}`} kind="secondary" size="lg">
            {say.againAct(level)}
          </LinkButton>
        ))}
      </div>
    </Section>
  )
}
