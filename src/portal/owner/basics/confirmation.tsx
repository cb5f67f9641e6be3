import type { VNode } from 'preact'
import { z } from 'zod'
import { isFault } from '../../../base/fault.ts'
import { findDetail } from '../../../company/index.ts'
import {
  type Answer,
  blankForm,
  Card,
  CheckField,
  Code,
  failForm,
  field,
  Form,
  type FormState,
  HiddenField,
  List,
  LinkButton,
  Note,
  OwnerPage,
  readForm,
  route,
  Row,
  sayTime,
  Section,
  type SignedCtx,
  TextField,
  Title,
} from '../../../http/index.ts'
import {
  confirmPledge,
  editionOf,
  hashOf,
  itemsOf,
  listPledges,
  mayConfirm,
  type Pledge,
  pledgeText,
} from '../../../pledge/index.ts'
import { ownerNav } from '../say.ts'
import { isMarked } from './list.tsx'
import { basicsWords } from './say.ts'
import { type Standing, standingOf } from './standing.ts'

type Asked = {
  readonly standing: Standing
  readonly edition: ReturnType<typeof editionOf>
  /** What is promised now: all items, or those that the promise before lacks. */
  readonly items: ReturnType<typeof itemsOf>
  readonly missing: ReturnType<typeof itemsOf>
  readonly text: string
}

/** What would be promised, and the very text that is shown, kept and hashed. */
async function askedOf(ctx: SignedCtx): Promise<Asked> {
  const company = ctx.actor.organisation
  const standing = await ctx.inCompany(company, (tx) => standingOf(tx, company))
  const adding = standing.pledge !== undefined
  const wanted = ctx.form['edition'] ?? ctx.query['edition']
  const edition = adding || wanted === undefined ? standing.edition : editionOf(wanted)
  const items = adding ? standing.lacking : itemsOf(edition)
  return {
    standing,
    edition,
    items,
    // A page that shows nothing but the new items is marked by pressing its button.
    missing: adding ? [] : items.filter((item) => !isMarked(standing, item.key)),
    text: textOf(ctx, { items, before: standing.pledge?.ticked.length }),
  }
}

function textOf(
  ctx: SignedCtx,
  of: { readonly items: Asked['items']; readonly before: number | undefined },
): string {
  const say = basicsWords(ctx.lang).text
  const company = ctx.actor.organisationName
  const first =
    of.before === undefined
      ? say.opening(company, of.items.length)
      : say.adding(company, of.before, of.items.length)
  const lines = of.items.map((item, at) => {
    const { title, pledge } = item[ctx.lang]
    return say.item((of.before ?? 0) + at + 1, title, pledge)
  })
  return [first, ...lines, say.closing].join('\n')
}

/** The page on which the whole text is read and promised. */
export const confirmation = route({
  method: 'GET',
  path: '/basics/confirmation',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const asked = await askedOf(ctx)
    if (asked.items.length === 0) return { redirect: '/basics/done' }
    const company = ctx.actor.organisation
    const detail = await ctx.inCompany(company, (tx) => findDetail(tx, company))
    const form = blankForm({
      name: detail?.representativeName ?? ctx.actor.name,
      position: detail?.representativeTitle ?? '',
    })
    return { page: <ConfirmPage ctx={ctx} asked={asked} form={form} /> }
  },
})

const schema = z.object({
  name: field.text({ max: 60 }),
  position: field.text({ max: 60 }),
  authority: field.flag(),
  declares: field.flag(),
  hash: field.text({ max: 64 }),
})

/** Promises it for the company. */
export const confirm = route({
  method: 'POST',
  path: '/basics/confirmation',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = basicsWords(ctx.lang).confirm
    const asked = await askedOf(ctx)
    if (asked.items.length === 0) return { redirect: '/basics/done' }
    const again = (form: FormState): Answer => ({
      page: <ConfirmPage ctx={ctx} asked={asked} form={form} />,
      status: 422,
    })
    const read = readForm(ctx, schema, { name: say.name, position: say.position })
    if (!read.ok) return again(read.form)
    const { value } = read
    const unticked = (['authority', 'declares'] as const).filter((name) => !value[name])
    if (unticked.length > 0) {
      return again(failForm(ctx, Object.fromEntries(unticked.map((name) => [name, say.mustTick]))))
    }
    try {
      await confirmPledge(ctx.db, ctx.actor, {
        edition: asked.edition.id,
        name: value.name,
        title: value.position,
        text: asked.text,
        shownHash: value.hash,
        ticksNewItems: asked.standing.pledge !== undefined,
        now: ctx.now,
      })
    } catch (error) {
      if (!isFault(error) || error.details['field'] !== 'text') throw error
      return again(failForm(ctx, { declares: say.changed }))
    }
    return { redirect: '/basics/done' }
  },
})

function ConfirmPage(props: { ctx: SignedCtx; asked: Asked; form: FormState }): VNode {
  const { ctx, asked, form } = props
  const say = basicsWords(ctx.lang).confirm
  const title = asked.standing.pledge === undefined ? say.title : say.addTitle
  return (
    <OwnerPage
      ctx={ctx}
      title={title.replaceAll('|', '')}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={form}
      back={{ href: '/basics', text: say.back }}
    >
      <Title>{title}</Title>
      {asked.missing.length > 0 ? (
        <Section id="missing" head={say.missing} note={say.missingText}>
          <List>
            {asked.missing.map((item) => (
              <Row key={item.key} href={`/basics/${item.key}`} main={item[ctx.lang].title} />
            ))}
          </List>
        </Section>
      ) : (
        <>
          {asked.standing.pledge !== undefined && <p>{basicsWords(ctx.lang).newItemText}</p>}
          <Section id="whole" head={say.whole}>
            <WholeText text={asked.text} />
          </Section>
          {mayConfirm(ctx.actor) ? <WhoForm {...props} /> : <p>{say.ownerOnly}</p>}
        </>
      )}
    </OwnerPage>
  )
}

function WholeText(props: { text: string }): VNode {
  return (
    <Card tone="quiet">
      {props.text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Card>
  )
}

function WhoForm(props: { ctx: SignedCtx; asked: Asked; form: FormState }): VNode {
  const { ctx, asked, form } = props
  const say = basicsWords(ctx.lang).confirm
  return (
    <Section id="who" head={say.who}>
      <Form action="/basics/confirmation" submit={say.submit} form={form}>
        <HiddenField name="edition" value={asked.edition.id} />
        <HiddenField name="hash" value={hashOf(asked.text)} />
        <TextField form={form} name="name" label={say.name} help={say.nameHelp} required chars={13} />
        <TextField
          form={form}
          name="position"
          label={say.position}
          help={say.positionHelp}
          required
          chars={13}
        />
        <CheckField form={form} name="authority" label={say.authority} required />
        <CheckField form={form} name="declares" label={say.declares} required />
        <Note>{say.kept}</Note>
      </Form>
    </Section>
  )
}

/** What was promised, word for word. */
export const done = route({
  method: 'GET',
  path: '/basics/done',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const kept = await ctx.inCompany(company, async (tx) => {
      const all: { pledge: Pledge; text: string }[] = []
      for (const pledge of await listPledges(tx, company)) {
        all.push({ pledge, text: (await pledgeText(tx, pledge.id)) ?? '' })
      }
      return all
    })
    return { page: <DonePage ctx={ctx} kept={kept} /> }
  },
})

function DonePage(props: { ctx: SignedCtx; kept: readonly { pledge: Pledge; text: string }[] }): VNode {
  const { ctx, kept } = props
  const say = basicsWords(ctx.lang).done
  const [newest, ...older] = kept
  return (
    <OwnerPage
      ctx={ctx}
      title={newest === undefined ? say.none : say.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      back={{ href: '/basics', text: basicsWords(ctx.lang).confirm.back }}
    >
      <Title>{newest === undefined ? say.none : say.title}</Title>
      {newest !== undefined && (
        <>
          <Kept ctx={ctx} {...newest} />
          <Section id="next" head={say.next}>
            <div class="mm-cluster">
              <LinkButton href="/stars" kind="primary" size="lg">
                {say.toStars}
              </LinkButton>
              <LinkButton href="/to-dos">{say.toList}</LinkButton>
            </div>
          </Section>
        </>
      )}
      {older.length > 0 && (
        <Section id="older" head={say.older}>
          {older.map((each) => (
            <Kept key={each.pledge.id} ctx={ctx} {...each} />
          ))}
        </Section>
      )}
    </OwnerPage>
  )
}

function Kept(props: { ctx: SignedCtx; pledge: Pledge; text: string }): VNode {
  const { ctx, pledge } = props
  const say = basicsWords(ctx.lang).done
  const { by } = pledge
  return (
    <>
      {by !== undefined && (
        <p>{say.by(by.title, by.name, sayTime({ lang: ctx.lang, now: ctx.now }, by.at, 'full'))}</p>
      )}
      <WholeText text={props.text} />
      <p class="mm-note">
        {say.code}{' '}
        {pledge.textHash?.match(/.{8}/g)?.map((part) => (
          <>
            <Code>{part}</Code>{' '}
          </>
        ))}
        <br />
        {say.codeNote}
      </p>
    </>
  )
}
