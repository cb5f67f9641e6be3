import type { VNode } from 'preact'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  Card,
  Form,
  type FormState,
  Mark,
  Note,
  OwnerPage,
  Prose,
  Record,
  route,
  Section,
  type SignedCtx,
  sayCount,
  Table,
  TextArea,
  Time,
  Title,
} from '../../../http/index.ts'
import {
  type LessonLink,
  lessonLinks,
  lessonOf,
  listNews,
  listStaff,
  listTrainings,
  type News,
  newsCounts,
  type StaffMember,
  type Training,
  trainingCounts,
} from '../../../lesson/index.ts'
import { lessonWords } from '../../shared/lesson-words.ts'
import { ownerNav } from '../say.ts'

/** Threat news, the lesson, who learned. */
export const lessons = route({
  method: 'GET',
  path: '/lessons',
  area: 'owner',
  handle: async (ctx: SignedCtx): Promise<Answer> => ({
    page: <LessonsPage ctx={ctx} read={await readLessons(ctx)} form={blankForm()} />,
  }),
})

type Read = {
  readonly news: readonly News[]
  readonly readIds: ReadonlySet<string>
  readonly counts: { readonly people: number; readonly done: number; readonly missing: readonly string[] }
  readonly links: readonly LessonLink[]
  readonly staff: readonly StaffMember[]
  readonly trainings: readonly Training[]
}

/** What the page of lessons shows of one company. */
export async function readLessons(ctx: SignedCtx): Promise<Read> {
  const company = ctx.actor.organisation
  return ctx.inCompany(company, async (tx) => ({
    news: await listNews(tx, ctx.lang, ctx.now),
    readIds: (await newsCounts(tx, company, ctx.now)).ids,
    counts: await trainingCounts(tx, company, ctx.now),
    links: await lessonLinks(tx, company, ctx.now),
    staff: await listStaff(tx, company),
    trainings: await listTrainings(tx, company),
  }))
}

/** The page; `form` carries what was wrong with the names. */
export function LessonsPage(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { ctx, read } = props
  const say = lessonWords(ctx.lang)
  return (
    <OwnerPage
      ctx={ctx}
      title={say.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      form={props.form}
      back={{ href: '/stars', text: say.back }}
    >
      <Done ctx={ctx} />
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead}</p>
      <Section id="news" head={say.newsHead}>
        {read.news.length === 0 && <p>{say.newsNone}</p>}
        {read.news.map((item) => (
          <NewsCard key={item.id} ctx={ctx} item={item} wasRead={read.readIds.has(item.id)} />
        ))}
        <Note>{say.newsNote}</Note>
      </Section>
      <LessonPart ctx={ctx} read={read} />
      <StaffPart ctx={ctx} read={read} form={props.form} />
      <RecordPart ctx={ctx} trainings={read.trainings} />
    </OwnerPage>
  )
}

function Done(props: { ctx: SignedCtx }): VNode | null {
  const { query } = props.ctx
  const say = lessonWords(props.ctx.lang).done
  if (query['added'] !== undefined) {
    return <Banner tone="ok">{say.staff(sayCount(Number(query['added']) || 0))}</Banner>
  }
  const which = query['done']
  if (which !== 'read' && which !== 'revoked' && which !== 'left') return null
  return <Banner tone="ok">{say[which]}</Banner>
}

function NewsCard(props: { ctx: SignedCtx; item: News; wasRead: boolean }): VNode {
  const { ctx, item } = props
  const say = lessonWords(ctx.lang)
  return (
    <Card
      title={item.title}
      foot={
        props.wasRead ? (
          <Mark mark="ok" plain>
            {say.readMark}
          </Mark>
        ) : (
          <ActForm action={`/news/${item.id}/reading`} submit={say.read} kind="secondary" />
        )
      }
    >
      <p>{item.text}</p>
      <p>
        <b>{say.todo}</b>
        {item.todo}
      </p>
      <p class="mm-note">
        <Time at={item.publishedAt} form="day" />
        {item.own && <> ・{say.own}</>}
        {item.source !== null && (
          <>
            {' '}
            ・
            <a href={item.source} rel="external noreferrer">
              {say.source}：{new URL(item.source).hostname}
            </a>
          </>
        )}
      </p>
    </Card>
  )
}

function LessonPart(props: { ctx: SignedCtx; read: Read }): VNode {
  const { ctx, read } = props
  const say = lessonWords(ctx.lang)
  const lesson = lessonOf()
  const mine = read.trainings.find((one) => one.name === ctx.actor.name && one.finishedAt === null)
  return (
    <Section id="lesson" head={say.lessonHead}>
      <p class="mm-lead">{say.count(read.counts.done, read.counts.people)}</p>
      {read.counts.missing.length > 0 && <p>{say.missing(read.counts.missing.join('、'))}</p>}
      <p>{lesson[ctx.lang].about}</p>
      <div class="mm-cluster">
        {mine === undefined ? (
          <ActForm action={`/lessons/${lesson.id}/trainings`} submit={say.begin} size="lg" />
        ) : (
          <a class="mm-button" data-size="lg" href={`/trainings/${mine.id}`}>
            {say.resume}
          </a>
        )}
      </div>
      <h3 class="mm-section__head">{say.linkHead}</h3>
      <Prose>
        <p>{say.linkLead}</p>
      </Prose>
      <ActForm action="/lesson-links" submit={say.makeLink} kind="secondary" />
      {read.links.map((link) => (
        <div class="mm-cluster" data-align="between" key={link.id}>
          <p>
            {say.made} <Time at={link.createdAt} form="day" />・{say.links(link.begun)}
          </p>
          <ActForm
            action={`/lesson-links/${link.id}/revocation`}
            submit={say.revoke}
            kind="secondary"
            size="sm"
          />
        </div>
      ))}
    </Section>
  )
}

function StaffPart(props: { ctx: SignedCtx; read: Read; form: FormState }): VNode {
  const { read, form } = props
  const say = lessonWords(props.ctx.lang)
  return (
    <Section id="staff" head={say.staffHead}>
      <p>{say.staffLead}</p>
      {read.staff.length > 0 && (
        <Record summary={`${say.staffHead}（${sayCount(read.staff.length)}）`}>
          <ul class="mm-stack" data-gap="2">
            {read.staff.map((one) => (
              <li class="mm-cluster" data-align="between" key={one.id}>
                <span>{one.name}</span>
                <ActForm
                  action={`/staff-members/${one.id}/leaving`}
                  submit={say.staffLeft}
                  kind="secondary"
                  size="sm"
                />
              </li>
            ))}
          </ul>
        </Record>
      )}
      <Form action="/staff-members" form={form} submit={say.staffAdd} kind="secondary">
        <TextArea form={form} name="names" label={say.staffNames} help={say.staffHelp} rows={5} required />
      </Form>
    </Section>
  )
}

function RecordPart(props: { ctx: SignedCtx; trainings: readonly Training[] }): VNode {
  const say = lessonWords(props.ctx.lang)
  return (
    <Section id="record" head={say.recordHead}>
      {props.trainings.length === 0 ? (
        <p>{say.recordNone}</p>
      ) : (
        <Table
          label={say.recordHead}
          stack
          head={[say.recordName, say.recordDone, { text: say.recordRight, num: true }]}
          rows={props.trainings.map((one) => ({
            key: one.id,
            cells: [
              one.name,
              one.finishedAt === null ? say.recordOpen : <Time key="t" at={one.finishedAt} form="day" />,
              one.finishedAt === null ? '' : `${one.rightAtFirst} / ${lessonOf(one.lesson).chapters.length}`,
            ],
          }))}
        />
      )}
    </Section>
  )
}
