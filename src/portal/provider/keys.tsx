import type { ComponentChildren, VNode } from 'preact'
import { closingReasons } from '../../alert/index.ts'
import { Mark, type SignedCtx } from '../../http/index.ts'
import { storyOf } from '../../notice/index.ts'
import type { Chosen } from './chosen.ts'
import { queueWords } from './queue-words.ts'

/** Everything that can be done with the chosen row: each a visible button with its key in it. */
export function KeyBar(props: { ctx: SignedCtx; chosen: Chosen | undefined }): VNode {
  const { ctx, chosen } = props
  const say = queueWords(ctx.lang).keys
  return (
    <div class="mm-desk__keys" role="group" aria-label={say.group} id="keys">
      {chosen !== undefined && <Acts ctx={ctx} chosen={chosen} />}
      <span class="mm-small mm-desk__keys-end">
        <kbd class="mm-kbd">J</kbd> <kbd class="mm-kbd">K</kbd> {say.upDown}
      </span>
    </div>
  )
}

/** The acts themselves, also used where the alert stands alone. */
export function Acts(props: { ctx: SignedCtx; chosen: Chosen }): VNode {
  const { ctx, chosen } = props
  const say = queueWords(ctx.lang).keys
  const base = `/alerts/${chosen.detail.id}`
  const mine = chosen.detail.assignee?.id === ctx.actor.person
  return (
    <>
      <Press action={`${base}/case`} keyName="1" kind="primary">
        {say.case}
      </Press>
      <MergeSheet ctx={ctx} chosen={chosen} />
      <ClosingSheet ctx={ctx} chosen={chosen} />
      <AskSheet ctx={ctx} chosen={chosen} />
      <span class="mm-desk__keys-gap" />
      <LaterSheet ctx={ctx} chosen={chosen} />
      <Press action={`${base}/assignment`} keyName="a" hidden={{ assignee: mine ? '' : ctx.actor.person }}>
        {mine ? say.unassign : say.assign}
      </Press>
    </>
  )
}

function KeyFace(props: { keyName: string; children: ComponentChildren }): VNode {
  return (
    <>
      <kbd class="mm-kbd">{props.keyName.toUpperCase()}</kbd>
      {props.children}
    </>
  )
}

function Press(props: {
  action: string
  keyName: string
  kind?: 'primary'
  hidden?: Readonly<Record<string, string>>
  children: ComponentChildren
}): VNode {
  return (
    <form method="post" action={props.action}>
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <button
        class="mm-key"
        data-kind={props.kind}
        data-key={props.keyName}
        aria-keyshortcuts={props.keyName.toUpperCase()}
      >
        <KeyFace keyName={props.keyName}>{props.children}</KeyFace>
      </button>
    </form>
  )
}

/** A small sheet over the bar that asks for what the act needs. */
function Sheet(props: { keyName: string; name: string; children: ComponentChildren }): VNode {
  return (
    <details class="mm-sheet" data-sheet={props.keyName}>
      <summary class="mm-key" aria-keyshortcuts={props.keyName.toUpperCase()} data-key={props.keyName}>
        <KeyFace keyName={props.keyName}>{props.name}</KeyFace>
      </summary>
      <div class="mm-sheet__body">{props.children}</div>
    </details>
  )
}

type Part = { ctx: SignedCtx; chosen: Chosen }

function MergeSheet({ ctx, chosen }: Part): VNode {
  const say = queueWords(ctx.lang).keys
  const into = chosen.detail.related.filter((each) => each.state !== 'closed' && each.state !== 'merged')
  return (
    <Sheet keyName="2" name={say.merge}>
      {into.length === 0 ? (
        <p>{say.mergeNone}</p>
      ) : (
        <form method="post" action={`/alerts/${chosen.detail.id}/merge`}>
          <label class="mm-small" for="merge-into">
            {say.mergeInto}
          </label>
          <select class="mm-select" id="merge-into" name="into">
            {into.map((each) => (
              <option value={each.id} key={each.id}>
                {storyOf(each.detection, each.device ?? undefined)[ctx.lang]}
              </option>
            ))}
          </select>
          <button class="mm-key" data-kind="primary">
            {say.merge}
          </button>
        </form>
      )}
    </Sheet>
  )
}

function ClosingSheet({ ctx, chosen }: Part): VNode {
  const say = queueWords(ctx.lang)
  return (
    <Sheet keyName="3" name={say.keys.close}>
      <form method="post" action={`/alerts/${chosen.detail.id}/closing`}>
        <p class="mm-small">{say.keys.closeWhy}</p>
        <div class="mm-sheet__choices">
          {closingReasons.map((reason, at) => (
            <button class="mm-key" name="reason" value={reason} data-choice={String(at + 1)} key={reason}>
              <KeyFace keyName={String(at + 1)}>{say.reasons[reason]}</KeyFace>
            </button>
          ))}
        </div>
        <label class="mm-small" for="closing-note">
          {say.keys.note}
        </label>
        <input class="mm-input" id="closing-note" name="note" autocomplete="off" maxLength={500} />
      </form>
    </Sheet>
  )
}

function AskSheet({ ctx, chosen }: Part): VNode {
  const say = queueWords(ctx.lang).keys
  return (
    <Sheet keyName="4" name={say.ask}>
      <form method="post" action={`/alerts/${chosen.detail.id}/question`}>
        <p class="mm-small">{say.askHelp}</p>
        <p>
          <Mark mark={chosen.preview.severity} /> {chosen.preview.texts[ctx.lang].title}
        </p>
        <label class="mm-small" for="ask-note">
          {say.askNote}
        </label>
        <input class="mm-input" id="ask-note" name="note" autocomplete="off" maxLength={500} />
        <button class="mm-key" data-kind="primary">
          {say.ask}
        </button>
      </form>
    </Sheet>
  )
}

function LaterSheet({ ctx, chosen }: Part): VNode {
  const say = queueWords(ctx.lang).keys
  const choices: readonly [string, string][] = [
    ['1h', say.hours(1)],
    ['4h', say.hours(4)],
    ['tomorrow', say.tomorrow],
  ]
  return (
    <Sheet keyName="h" name={say.later}>
      <form method="post" action={`/alerts/${chosen.detail.id}/later`}>
        <p class="mm-small">{say.laterFor}</p>
        <div class="mm-sheet__choices">
          {choices.map(([value, text], at) => (
            <button class="mm-key" name="until" value={value} data-choice={String(at + 1)} key={value}>
              <KeyFace keyName={String(at + 1)}>{text}</KeyFace>
            </button>
          ))}
        </div>
      </form>
    </Sheet>
  )
}
