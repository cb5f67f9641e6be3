import type { VNode } from 'preact'
import { alertDetail, type AlertDetail } from '../../alert/index.ts'
import {
  Banner,
  type Answer,
  Code,
  type Ctx,
  Facts,
  Mark,
  OwnerPage,
  Phrased,
  PublicPage,
  Record,
  route,
  type SignedCtx,
  Time,
  sayCount,
} from '../../http/index.ts'
import {
  answerNotice,
  footLines,
  markRead,
  type NoticeView,
  noticeView,
  openLink,
} from '../../notice/index.ts'
import { AnswerForm, Answered } from './answer-form.tsx'
import { TodoSlots } from './notice-parts.tsx'
import { nextContactWords, ownerNav, ownerWords, wayIn } from './say.ts'

/** One notice in the portal: five slots, and how to check that it is genuine. */
export const notice = route({
  method: 'GET',
  path: '/notices/:notice',
  area: 'owner',
  ids: { notice: 'notice' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.params['notice'] ?? ''
    const read = await ctx.inCompany(ctx.actor.organisation, async (tx) => {
      const view = await noticeView(tx, id, { now: ctx.now, via: wayIn(ctx) })
      await markRead(tx, { notice: id, person: ctx.actor.person, now: ctx.now })
      const story = view.alert === null ? undefined : await alertDetail(tx, view.alert, ctx.now)
      return { view, story }
    })
    return { page: <PortalNotice ctx={ctx} view={read.view} story={read.story} /> }
  },
})

/** An answer given in the portal: the owner's own hand, so an answer that acts is consent. */
export const answer = route({
  method: 'POST',
  path: '/notices/:notice/answers',
  area: 'owner',
  ids: { notice: 'notice' },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.params['notice'] ?? ''
    const answered = await answerNotice(ctx.db, {
      by: { actor: ctx.actor },
      notice: id,
      answer: ctx.form['answer'] ?? '',
      now: ctx.now,
    })
    if (answered.next === 'name-device' && answered.device !== null) {
      return { redirect: `/devices/${answered.device}?done=asked` }
    }
    return { redirect: `/notices/${id}?done=answered` }
  },
})

/** The notice behind a mailed link. Opening it changes nothing but that it was read. */
export const linkedNotice = route({
  method: 'GET',
  path: '/n/:secret',
  area: 'public',
  ids: { secret: 'secret' },
  async handle(ctx: Ctx): Promise<Answer> {
    const opened = await openLink(ctx.db, ctx.params['secret'] ?? '', ctx.now)
    if (opened === undefined) return { page: <LinkOver ctx={ctx} />, status: 404 }
    return { page: <LinkedNotice ctx={ctx} view={opened.view} person={opened.person.name} /> }
  },
})

/** An answer from a mailed link: recorded; what acts waits for the portal or a call. */
export const linkedAnswer = route({
  method: 'POST',
  path: '/n/:secret/answers',
  area: 'public',
  ids: { secret: 'secret' },
  async handle(ctx: Ctx): Promise<Answer> {
    const secret = ctx.params['secret'] ?? ''
    const opened = await openLink(ctx.db, secret, ctx.now)
    if (opened === undefined) return { page: <LinkOver ctx={ctx} />, status: 404 }
    await answerNotice(ctx.db, {
      by: { secret },
      notice: opened.view.id,
      answer: ctx.form['answer'] ?? '',
      now: ctx.now,
    })
    return { redirect: `/n/${secret}?done=answered` }
  },
})

function PortalNotice(props: { ctx: SignedCtx; view: NoticeView; story: AlertDetail | undefined }): VNode {
  const { ctx, view } = props
  const say = ownerWords(ctx.lang)
  const title = view.texts[ctx.lang].title
  return (
    <OwnerPage
      ctx={ctx}
      title={title}
      nav={ownerNav(ctx.lang)}
      current="notices"
      width="reading"
      back={{ href: '/home', text: say.notice.back }}
    >
      <NoticeArticle ctx={ctx} view={view} action={`/notices/${view.id}/answers`}>
        {view.case !== null && (
          <p class="mm-notice__part">
            <a class="mm-link" href={`/incidents/${view.case.id}`}>
              {say.notice.follow}
            </a>
          </p>
        )}
        {props.story !== undefined && <TechnicalRecord ctx={ctx} view={view} story={props.story} />}
        <p class="mm-note mm-notice__part">{say.notice.print}</p>
      </NoticeArticle>
    </OwnerPage>
  )
}

function LinkedNotice(props: { ctx: Ctx; view: NoticeView; person: string }): VNode {
  const { ctx, view } = props
  const say = ownerWords(ctx.lang).notice
  return (
    <PublicPage ctx={ctx} title={view.texts[ctx.lang].title} width="reading">
      <p class="mm-note">{say.linkNote(props.person)}</p>
      <NoticeArticle ctx={ctx} view={view} action={`/n/${ctx.params['secret'] ?? ''}/answers`}>
        <p class="mm-notice__part">
          <a class="mm-link" href={`/sign-in?to=/notices/${view.id}`}>
            {say.signIn}
          </a>
        </p>
      </NoticeArticle>
    </PublicPage>
  )
}

function LinkOver(props: { ctx: Ctx }): VNode {
  const say = ownerWords(props.ctx.lang).notice
  return (
    <PublicPage ctx={props.ctx} title={say.linkOver} width="reading">
      <h1 class="mm-title">{say.linkOver}</h1>
      <p>{say.linkOverText}</p>
      <p>
        <a class="mm-link" href="/sign-in">
          {say.signIn}
        </a>
      </p>
    </PublicPage>
  )
}

function NoticeArticle(props: {
  ctx: Ctx
  view: NoticeView
  action: string
  children: VNode | (VNode | false)[] | VNode[]
}): VNode {
  const { ctx, view } = props
  const say = ownerWords(ctx.lang).notice
  const texts = view.texts[ctx.lang]
  return (
    <article class="mm-notice" aria-labelledby="notice">
      <div class="mm-notice__head">
        <Mark mark={view.severity} size="lg" />
        <span>{say.whoActs[view.severity]}</span>
      </div>
      <h1 class="mm-notice__title" data-phrased id="notice">
        <Phrased text={texts.title} />
      </h1>
      {view.later !== null && (
        <Banner tone="info">
          <p>
            <a href={`/notices/${view.later}`}>{say.newer}</a>
          </p>
        </Banner>
      )}
      <section class="mm-notice__part" aria-labelledby="l-what">
        <h2 class="mm-notice__label" id="l-what">
          {say.what}
        </h2>
        <div class="mm-notice__what">
          {texts.what.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      </section>
      <section class="mm-notice__part mm-notice__todo" aria-labelledby="l-todo">
        <h2 class="mm-notice__label" id="l-todo">
          {say.todo}
        </h2>
        <TodoSlots texts={texts} />
      </section>
      <Answered ctx={ctx} view={view} />
      {view.choices.length > 0 ? (
        <AnswerForm ctx={ctx} view={view} action={props.action} level={2} />
      ) : (
        view.state !== 'open' && view.answers.length === 0 && <p class="mm-notice__part">{say.closed}</p>
      )}
      <NoticeFoot ctx={ctx} view={view} />
      <Genuine ctx={ctx} view={view} />
      {props.children}
    </article>
  )
}

function NoticeFoot(props: { ctx: Ctx; view: NoticeView }): VNode {
  const { ctx, view } = props
  const lines = footLines(view, { lang: ctx.lang, by: 'portal' })
    .filter((line) => line.id !== 'details')
    .map((line) =>
      line.id === 'next' && view.nextContactAt !== null
        ? { ...line, text: nextContactWords(ctx, view.nextContactAt) }
        : line,
    )
  const device = deviceWords(ctx, view)
  return (
    <ul class="mm-list mm-notice__foot">
      {[...lines.map((line) => line.text), ...(device === undefined ? [] : [device])].map((text) => (
        <li class="mm-list__item" key={text}>
          <span class="mm-list__main">{text}</span>
        </li>
      ))}
    </ul>
  )
}

function deviceWords(ctx: Ctx, view: NoticeView): string | undefined {
  const say = ownerWords(ctx.lang).notice
  const { device } = view
  if (device === null) return undefined
  if (device.place !== null && device.person !== null)
    return say.devicePerson(device.nickname, device.place, device.person)
  if (device.place !== null) return say.device(device.nickname, device.place)
  return device.person === null ? undefined : say.deviceOf(device.nickname, device.person)
}

function Genuine(props: { ctx: Ctx; view: NoticeView }): VNode {
  const say = ownerWords(props.ctx.lang).notice
  return (
    <section class="mm-notice__part mm-genuine" aria-labelledby="l-genuine">
      <h2 class="mm-card__title" id="l-genuine">
        {say.genuine}
      </h2>
      <p>{say.genuineText(props.view.number)}</p>
      <p>
        <a class="mm-link" href="/check">
          {say.genuineLink}
        </a>
      </p>
      <p>{say.genuineNever}</p>
    </section>
  )
}

function TechnicalRecord(props: { ctx: SignedCtx; view: NoticeView; story: AlertDetail }): VNode {
  const { ctx, view, story } = props
  const say = ownerWords(ctx.lang).notice
  return (
    <Record summary={say.record}>
      <Facts
        rows={[
          ...story.rules.flatMap((rule) => [
            { name: say.recordRule, value: <Code>{rule.title}</Code>, note: rule.id },
            { name: say.recordAuthor, value: `${rule.author}（${rule.licence}）`, note: rule.link },
          ]),
          {
            name: say.recordAt,
            value: (
              <>
                <Time at={story.firstAt} form="full" /> – <Time at={story.lastAt} form="full" />
              </>
            ),
            note: <Time at={story.arrivedAt} form="full" />,
          },
          { name: say.recordCount, value: sayCount(story.count) },
          ...(view.held === null
            ? []
            : [
                { name: say.recordHeld, value: view.held.kind, note: <Time at={view.held.at} form="full" /> },
              ]),
        ]}
      />
      <p class="mm-notice__label">{say.recordLines}</p>
      {story.evidence.slice(0, 3).map((line) => (
        <pre class="mm-raw" key={line.ref} tabIndex={0} role="group" aria-label={line.ref}>
          {line.raw}
        </pre>
      ))}
    </Record>
  )
}
