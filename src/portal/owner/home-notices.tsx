import type { OwnerIncident } from '../../case/index.ts'
import type { VNode } from 'preact'
import { List, Mark, Phrased, Row, Section, type SignedCtx, State, Time } from '../../http/index.ts'
import type { NoticeRow, NoticeView } from '../../notice/index.ts'
import { AnswerForm, Answered } from './answer-form.tsx'
import { CaseLog } from './log.tsx'
import { TodoSlots } from './notice-parts.tsx'
import { nextContactWords, ownerWords } from './say.ts'

/** State 1: the notice's own words, its buttons, and what we did. */
export function NowState(props: {
  ctx: SignedCtx
  view: NoticeView | undefined
  following: OwnerIncident | undefined
  also: string | undefined
}): VNode {
  const { ctx, view, following } = props
  const say = ownerWords(ctx.lang)
  if (view === undefined) throw new Error('BUG: an urgent state without its notice')
  const texts = view.texts[ctx.lang]
  return (
    <>
      <State
        state="now"
        mark={<Mark mark="now" size="lg" />}
        sentence={texts.title}
        when={ctx.now}
        also={props.also === undefined ? undefined : <p>{props.also}</p>}
      >
        <div class="mm-notice__part" data-tight>
          <TodoSlots texts={texts} />
        </div>
        <Answered ctx={ctx} view={view} />
        <AnswerForm ctx={ctx} view={view} action={`/notices/${view.id}/answers`} level={3} />
      </State>
      <div class="mm-grid" data-columns="2">
        <Section id="happening" head={say.home.happening}>
          <div class="mm-notice__what">
            {texts.what.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
          <p>
            <a class="mm-link" href={`/notices/${view.id}`}>
              {say.home.whole(view.number)}
            </a>
          </p>
        </Section>
        <Section id="did" head={say.home.did}>
          {following === undefined ? (
            <p>{say.home.didNothing}</p>
          ) : (
            <CaseLog lang={ctx.lang} entries={following.entries.slice(0, 5)} />
          )}
          {view.nextContactAt !== null && (
            <p class="mm-notice__foot">{nextContactWords(ctx, view.nextContactAt)}</p>
          )}
          {following !== undefined && (
            <p>
              <a class="mm-link" href={`/incidents/${following.id}`}>
                {say.home.follow}
              </a>
            </p>
          )}
        </Section>
      </div>
    </>
  )
}

/** State 3: at most three notices, most urgent first. */
export function SeeState(props: { ctx: SignedCtx; notices: readonly NoticeRow[] }): VNode {
  const { ctx, notices } = props
  const say = ownerWords(ctx.lang).home
  const urgency = notices.some((notice) => notice.severity === 'today') ? 'today' : 'week'
  return (
    <State
      state="see"
      urgency={urgency}
      mark={<Mark mark={urgency} />}
      sentence={say.see.sentence(notices.length)}
      when={ctx.now}
      text={say.see.text}
    >
      <List>
        {notices.slice(0, 3).map((notice) => (
          <Row
            key={notice.id}
            href={`/notices/${notice.id}`}
            main={<Phrased text={notice.title[ctx.lang]} />}
            side={
              notice.severity === 'today' || notice.severity === 'week' ? (
                <Mark mark={notice.severity} />
              ) : undefined
            }
            sub={<Time at={notice.handedAt ?? notice.madeAt} form="plain" />}
          />
        ))}
      </List>
      {notices.length > 3 && (
        <p>
          <a class="mm-link" href="/notices">
            {say.history}
          </a>
        </p>
      )}
    </State>
  )
}
