import type { VNode } from 'preact'
import {
  ActForm,
  Banner,
  Card,
  Facts,
  Form,
  type FormState,
  type Lang,
  List,
  LinkButton,
  Mark,
  type MarkKind,
  Note,
  OwnerPage,
  Record,
  Row,
  Section,
  type SignedCtx,
  State,
  TextField,
  Time,
  Title,
} from '../../../http/index.ts'
import type { KeptLook, Lacking, Publication, PublicationStatus } from '../../../publication/index.ts'
import { ownerNav } from '../say.ts'
import { publicationWords, sayDay, whyWords } from './say.ts'

/** What the page shows. */
export type PageView = {
  readonly companyName: string
  readonly publication: Publication | undefined
  readonly looks: readonly KeptLook[]
  /** Path of the hosted page while it is open, in full. */
  readonly hostedAddress: string | undefined
}

const marks: Readonly<{ [status in PublicationStatus]: MarkKind }> = {
  ok: 'done',
  lacks: 'week',
  down: 'week',
  needs_person: 'doing',
  unchecked: 'next',
}
const states: Readonly<{ [status in PublicationStatus]: 'calm' | 'see' | 'preparing' }> = {
  ok: 'calm',
  lacks: 'see',
  down: 'see',
  needs_person: 'preparing',
  unchecked: 'preparing',
}

export function PublicationPage(props: { ctx: SignedCtx; view: PageView; form: FormState }): VNode {
  const { ctx, view, form } = props
  const say = publicationWords(ctx.lang)
  const { publication } = view
  const done = ctx.query['done']
  return (
    <OwnerPage
      ctx={ctx}
      title={say.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={form}
      back={{ href: '/policy', text: say.hosted.toPolicy }}
    >
      <Title>{say.title}</Title>
      {done !== undefined && done in say.done && (
        <Banner tone="ok">{say.done[done as keyof typeof say.done]}</Banner>
      )}
      {publication === undefined ? (
        <p>{say.lead}</p>
      ) : (
        <Standing ctx={ctx} view={view} publication={publication} />
      )}
      <OwnSite ctx={ctx} form={form} publication={publication} />
      <Hosted ctx={ctx} view={view} />
      <History lang={ctx.lang} looks={view.looks} />
      <p>
        <a class="mm-link" href="/wording">
          {say.wording}
        </a>
      </p>
    </OwnerPage>
  )
}

function Standing(props: { ctx: SignedCtx; view: PageView; publication: Publication }): VNode {
  const { ctx, view, publication } = props
  const say = publicationWords(ctx.lang)
  const { status } = publication
  const [newest] = view.looks
  return (
    <>
      <State
        state={states[status]}
        {...(states[status] === 'see' && { urgency: 'week' as const })}
        mark={<Mark mark={marks[status]}>{say.mark[status]}</Mark>}
        sentence={say.sentence[status]}
        when={ctx.now}
        text={textOf(ctx.lang, publication, newest)}
      />
      {!publication.hosted && status !== 'unchecked' && newest?.outcome !== 'down' && (
        <Parts lang={ctx.lang} name={view.companyName} publication={publication} />
      )}
      <Section id="where" head={say.address}>
        <Where lang={ctx.lang} view={view} publication={publication} />
        {!publication.hosted && (
          <>
            <ActForm action="/policy/page/check" submit={say.check} kind="secondary" size="lg" />
            <Note>{say.checking}</Note>
          </>
        )}
      </Section>
      {newest !== undefined && newest.hits.length > 0 && <Claims lang={ctx.lang} look={newest} />}
    </>
  )
}

/** The sentence under the state: why it could not be read, or for how long. */
function textOf(lang: Lang, publication: Publication, newest: KeptLook | undefined): string {
  const say = publicationWords(lang)
  if (publication.hosted) return publication.status === 'down' ? say.hostedClosed : say.hostedOk
  if (newest === undefined) return say.checking
  if (publication.status === 'needs_person') return say.needsPerson
  const parts: string[] = []
  if (newest.outcome === 'down') parts.push(whyWords(lang, newest.why, newest.status))
  const { failedDays, status } = publication
  if (failedDays > 0 && status === 'ok') parts.push(say.kept(failedDays))
  if (failedDays > 1 && status === 'down') parts.push(say.away(failedDays))
  return parts.join('')
}

const parts: readonly Lacking[] = ['name', 'date', 'title']

/** The three things a page must show, each found or with what to write. */
function Parts(props: { lang: Lang; name: string; publication: Publication }): VNode | null {
  const say = publicationWords(props.lang)
  if (props.publication.status === 'needs_person') return null
  const fix = { ...say.fix, name: say.fix.name(props.name) }
  return (
    <Section id="parts" head={say.parts}>
      <List>
        {parts.map((part) => {
          const lacks = props.publication.lacking.includes(part)
          return (
            <Row
              key={part}
              main={say.part[part]}
              side={<Mark mark={lacks ? 'week' : 'done'}>{lacks ? say.missing : say.found}</Mark>}
              sub={lacks ? fix[part] : undefined}
            />
          )
        })}
      </List>
    </Section>
  )
}

function Where(props: { lang: Lang; view: PageView; publication: Publication }): VNode {
  const { lang, view, publication } = props
  const say = publicationWords(lang)
  const [newest] = view.looks
  const address = publication.hosted ? view.hostedAddress : publication.url
  const moved = newest !== undefined && newest.finalUrl !== null && newest.finalUrl !== publication.url
  return (
    <Facts
      rows={[
        { name: say.address, value: address === undefined ? '—' : <Away href={address} /> },
        ...(moved && !publication.hosted ? [{ name: say.movedTo, value: newest.finalUrl }] : []),
        ...(publication.checkedAt === undefined
          ? []
          : [{ name: say.lookedAt, value: <Time at={publication.checkedAt} form="ago" /> }]),
        ...(publication.publishedOn === undefined
          ? []
          : [{ name: say.since, value: sayDay(lang, publication.publishedOn) }]),
      ]}
    />
  )
}

/** A link to the company's own page; only https addresses come here. */
function Away(props: { href: string }): VNode {
  return (
    <a class="mm-away" href={props.href} rel="noreferrer">
      {props.href}
    </a>
  )
}

function Claims(props: { lang: Lang; look: KeptLook }): VNode {
  const say = publicationWords(props.lang)
  return (
    <Section id="claims" head={say.claimsHead} note={say.claimsText}>
      <List>
        {props.look.hits.map((hit) => (
          <Row key={hit.words} main={say.claim(hit.words)} sub={`${say.rewrite}${hit.suggestion}`} />
        ))}
      </List>
    </Section>
  )
}

function OwnSite(props: { ctx: SignedCtx; form: FormState; publication: Publication | undefined }): VNode {
  const { ctx, form, publication } = props
  const say = publicationWords(ctx.lang).form
  const known = publication !== undefined && !publication.hosted
  return (
    <Section id="own" head={known ? say.change : say.head}>
      <Form action="/policy/page" submit={say.submit} kind={known ? 'secondary' : 'primary'} form={form}>
        <TextField
          form={form}
          name="url"
          label={say.url}
          help={say.urlHelp}
          autocomplete="url"
          required
          chars={24}
        />
        <TextField
          form={form}
          name="publishedOn"
          label={say.publishedOn}
          help={say.publishedOnHelp}
          type="date"
          chars={13}
        />
      </Form>
    </Section>
  )
}

function Hosted(props: { ctx: SignedCtx; view: PageView }): VNode {
  const { ctx, view } = props
  const say = publicationWords(ctx.lang).hosted
  if (view.hostedAddress === undefined) {
    return (
      <Section id="hosted" head={say.head}>
        <Card tone="quiet">
          <p>{say.none}</p>
          <LinkButton href="/policy" kind="secondary">
            {say.toPolicy}
          </LinkButton>
        </Card>
      </Section>
    )
  }
  return (
    <Section id="hosted" head={say.head}>
      <p>{say.open(view.hostedAddress)}</p>
      {view.publication?.hosted ? (
        <p>{say.now}</p>
      ) : (
        <ActForm action="/policy/page/hosted" submit={say.choose} kind="secondary" size="lg" />
      )}
    </Section>
  )
}

function History(props: { lang: Lang; looks: readonly KeptLook[] }): VNode | null {
  const say = publicationWords(props.lang)
  if (props.looks.length === 0) return null
  const said = (look: KeptLook): string =>
    look.confirmed ? say.byDesk : look.outcome === 'down' ? whyWords(props.lang, look.why, look.status) : ''
  return (
    <Record summary={say.history}>
      <List>
        {props.looks.map((look) => (
          <Row
            key={look.id}
            main={<Time at={look.at} form="plain" />}
            side={<Mark mark={marks[look.outcome]}>{say.mark[look.outcome]}</Mark>}
            sub={said(look)}
          />
        ))}
      </List>
    </Record>
  )
}
