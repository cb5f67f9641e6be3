import type { VNode } from 'preact'
import { type AlertDetail, severityWords } from '../../alert/index.ts'
import { isCommonDetail } from './fields.ts'
import { type Lang, Mark, PhoneLink, type SignedCtx, sayCount, sayTime, Time } from '../../http/index.ts'
import { storyOf } from '../../notice/index.ts'
import type { Chosen } from './chosen.ts'
import { wordOr } from './say.ts'
import { queueWords } from './queue-words.ts'
import type { SayRule } from './rule-words.ts'

/** The middle pane: why, evidence, whose rule, what is related, what was done. */
export function DetailPane(props: { ctx: SignedCtx; chosen: Chosen | undefined; sayRule: SayRule }): VNode {
  const say = queueWords(props.ctx.lang).detail
  return (
    <section class="mm-desk__pane" aria-label={say.head} tabIndex={0} id="detail">
      <div class="mm-desk__pane-head">
        <span>{say.head}</span>
        {props.chosen !== undefined && <a href={`/alerts/${props.chosen.detail.id}`}>{say.openAlone}</a>}
      </div>
      {props.chosen === undefined ? (
        <p class="mm-why">{say.none}</p>
      ) : (
        <article class="mm-desk__in">
          <DetailBody ctx={props.ctx} chosen={props.chosen} sayRule={props.sayRule} />
        </article>
      )}
    </section>
  )
}

/** The parts of one alert, also used where it stands alone. */
export function DetailBody(props: { ctx: SignedCtx; chosen: Chosen; sayRule: SayRule }): VNode {
  const { ctx, chosen } = props
  const { detail } = chosen
  const say = queueWords(ctx.lang)
  const story = storyOf(detail.detection, detail.device?.nickname)[ctx.lang]
  return (
    <>
      <div>
        <p class="mm-cluster" data-gap="2">
          <Mark mark={detail.severity} />
          <span class="mm-small">
            <a href={`/companies/${detail.company}`}>{detail.companyName}</a>{' '}
            <span class="mm-num">{detail.code}</span>／
            {[detail.device?.nickname ?? detail.sensorName, detail.device?.place, detail.device?.person]
              .filter((part) => part != null)
              .join('・')}
          </span>
        </p>
        <h2 class="mm-what">{story}</h2>
      </div>
      {detail.callTask !== null && <CallBox ctx={ctx} chosen={chosen} />}
      <section>
        <h3 class="mm-sub">{say.detail.reason}</h3>
        <p class="mm-why">
          {props.sayRule(detail.rule)}{' '}
          {say.detail.facts(
            sayCount(detail.count),
            sayTime({ lang: ctx.lang, now: ctx.now }, detail.firstAt, 'plain'),
            sayTime({ lang: ctx.lang, now: ctx.now }, detail.lastAt, 'plain'),
          )}
        </p>
        {detail.late && <p class="mm-small">{say.detail.late}</p>}
        <p class="mm-small">
          {detail.held === null
            ? say.detail.notHeld
            : say.detail.held(
                wordOr(say.detail.heldKinds, detail.held.kind),
                sayTime({ lang: ctx.lang, now: ctx.now }, detail.held.at, 'plain'),
              )}
        </p>
        <p class="mm-small">
          {say.detail.severityWhy}
          {ctx.lang === 'ja' ? '：' : ': '}
          {severityWords(detail.severityReason)[ctx.lang]}
        </p>
      </section>
      <Evidence ctx={ctx} detail={detail} />
      <Rules lang={ctx.lang} detail={detail} />
      <Related ctx={ctx} detail={detail} />
      <Story ctx={ctx} detail={detail} />
    </>
  )
}

function CallBox(props: { ctx: SignedCtx; chosen: Chosen }): VNode {
  const { ctx, chosen } = props
  const say = queueWords(ctx.lang).detail
  const people = chosen.people.filter((person) => person.contactOrder !== null)
  return (
    <section class="mm-call-due" aria-labelledby="due">
      <div class="mm-call-due__top">
        <h3 id="due">{say.call}</h3>
      </div>
      {people.length === 0 && <p>{say.nobody}</p>}
      <ol>
        {people.map((person) => (
          <li key={person.id}>
            <span>{person.contactOrder}</span>
            <span>{person.name}</span>
            {person.phone === null ? <span>-</span> : <PhoneLink phone={person.phone} />}
          </li>
        ))}
      </ol>
      <form method="post" action={`/tasks/${chosen.detail.callTask}/outcome`} class="mm-cluster" data-gap="2">
        <input type="hidden" name="alert" value={chosen.detail.id} />
        <button
          class="mm-key"
          data-kind="primary"
          name="outcome"
          value="reached"
          aria-keyshortcuts="C"
          data-key="c"
        >
          <kbd class="mm-kbd">C</kbd>
          {say.called}
        </button>
        <button class="mm-key" name="outcome" value="not-reached">
          {say.notReached}
        </button>
      </form>
    </section>
  )
}

function Evidence(props: { ctx: SignedCtx; detail: AlertDetail }): VNode {
  const { ctx, detail } = props
  const say = queueWords(ctx.lang).detail
  return (
    <section>
      <h3 class="mm-sub">{say.evidence(detail.evidence.length, detail.evidenceCount)}</h3>
      <ol class="mm-evidence">
        {detail.evidence.slice(0, 20).map((line) => (
          <li key={`${line.ref} ${line.rule}`}>
            <Time at={line.at} form="full" />
            <pre class="mm-raw" tabIndex={0} role="group" aria-label={line.ref}>
              {line.raw}
            </pre>
            <details>
              <summary class="mm-small">{say.fields}</summary>
              <dl class="mm-dl" data-wide>
                {Object.entries(line.fields)
                  .filter(([, value]) => isCommonDetail(value))
                  .map(([name, value]) => (
                    <>
                      <dt>{name}</dt>
                      <dd class="mm-mono">{String(value)}</dd>
                    </>
                  ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Rules(props: { lang: Lang; detail: AlertDetail }): VNode {
  const say = queueWords(props.lang).detail
  return (
    <section>
      <h3 class="mm-sub">{say.rules}</h3>
      {props.detail.rules.map((rule) => (
        <dl class="mm-dl" key={rule.id}>
          <dt>{say.rules}</dt>
          <dd>
            <a href={rule.link} rel="noreferrer">
              {rule.title}
            </a>{' '}
            <span class="mm-small mm-mono">{rule.id}</span>
          </dd>
          <dt>{say.author}</dt>
          <dd>{rule.author}</dd>
          <dt>{say.licence}</dt>
          <dd>{rule.licence}</dd>
        </dl>
      ))}
    </section>
  )
}

function Related(props: { ctx: SignedCtx; detail: AlertDetail }): VNode {
  const { ctx, detail } = props
  const say = queueWords(ctx.lang)
  return (
    <section>
      <h3 class="mm-sub">{say.detail.related(detail.related.length)}</h3>
      {detail.related.length === 0 ? (
        <p class="mm-small">{say.detail.noRelated}</p>
      ) : (
        <table class="mm-lines">
          <caption class="mm-hidden">{say.detail.related(detail.related.length)}</caption>
          <tbody>
            {detail.related.map((each) => (
              <tr key={each.id}>
                <td>
                  <Time at={each.firstAt} form="plain" />
                </td>
                <td>
                  <a href={`/alerts/${each.id}`}>
                    {storyOf(each.detection, each.device ?? undefined)[ctx.lang]}
                  </a>{' '}
                  {each.sameDevice && `（${say.detail.sameDevice}）`} {say.states[each.state]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Story(props: { ctx: SignedCtx; detail: AlertDetail }): VNode {
  const { ctx, detail } = props
  const say = queueWords(ctx.lang)
  return (
    <section>
      <h3 class="mm-sub">{say.detail.story}</h3>
      {detail.decisions.length === 0 ? (
        <p class="mm-small">{say.detail.noStory}</p>
      ) : (
        <table class="mm-lines">
          <caption class="mm-hidden">{say.detail.story}</caption>
          <tbody>
            {detail.decisions.map((each) => (
              <tr key={each.id}>
                <td>
                  <Time at={each.at} form="plain" />
                </td>
                <td>
                  {decisionWord(say, each)} {each.by?.name ?? say.cases.program}
                  {each.withdrawnAt !== null && `（${say.detail.undone}）`}
                  {each.note !== '' && `：${each.note}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function decisionWord(
  say: ReturnType<typeof queueWords>,
  decision: AlertDetail['decisions'][number],
): string {
  const words: Readonly<Record<string, string>> = say.decisions
  const reasons: Readonly<Record<string, string>> = say.reasons
  const word = words[decision.kind] ?? decision.kind
  const why = decision.reason === null ? undefined : reasons[decision.reason]
  return [word, why, decision.assignee?.name].filter((part) => part !== undefined && part !== null).join('・')
}
