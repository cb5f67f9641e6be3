import type { ComponentChildren, VNode } from 'preact'
import type { Alike } from '../../../../words/alike.ts'
import { starWords as en } from '../../../../words/en/stars.ts'
import { starWords as ja } from '../../../../words/ja/stars.ts'
import type { GateId, ReminderId } from '../../../catalogue/index.ts'
import type { By } from '../../../declaration/index.ts'
import { Banner, type FormState, type Lang, OwnerPage, type SignedCtx, Title } from '../../../http/index.ts'
import { ownerNav } from '../say.ts'

const words = { ja, en }
export type StarWords = Alike<typeof ja>

/** The words of these pages in the reader's language. */
export function starWords(lang: Lang): StarWords {
  return words[lang]
}

/** IPA's own pages, where a company declares and is listed. */
export const ipaSite = 'https://sme-security.ipa.go.jp/'
export const gbizidSite = 'https://gbiz-id.go.jp/'

export const byOf = (ctx: SignedCtx): By => ({ actor: ctx.actor, now: ctx.now })

/** One page of the way to the stars: its place in the navigation, its way back, what was just done. */
export function StarsPage(props: {
  ctx: SignedCtx
  title: string
  form?: FormState
  /** Absent = back to the hub; null = no way back. */
  back?: { readonly href: string; readonly text: string } | null
  children: ComponentChildren
}): VNode {
  const { ctx, form, title, back } = props
  const say = starWords(ctx.lang)
  const done = say.done[ctx.query['done'] ?? '']
  const way = back === undefined ? { href: '/stars', text: say.back } : back
  return (
    <OwnerPage
      ctx={ctx}
      title={title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      {...(form && { form })}
      {...(way && { back: way })}
    >
      {done !== undefined && (
        <Banner tone="ok">
          <p>{done}</p>
        </Banner>
      )}
      <Title>{title}</Title>
      {props.children}
    </OwnerPage>
  )
}

/** Where a gate is put right. */
export const gateLinks: Readonly<Record<GateId, string>> = {
  'g.company_named': '/company/details',
  'g.pledge_all': '/basics',
  'g.wording_ack': '/stars/notice',
  'g.check_complete': '/self-check',
  'g.check_fresh': '/self-check',
  'g.policy_approved': '/policy',
  'g.policy_covers': '/policy',
  'g.policy_public': '/policy/page',
  'g.gbizid': '/stars/account',
  'g.same_gbizid': '/stars/account',
  'g.evidence_seen': '/stars/differences',
}

/** Our own estimate of the minutes for a gate that is not passed. */
export const gateMinutes: Readonly<Record<GateId, number>> = {
  'g.company_named': 2,
  'g.pledge_all': 3,
  'g.wording_ack': 1,
  'g.check_complete': 5,
  'g.check_fresh': 5,
  'g.policy_approved': 10,
  'g.policy_covers': 3,
  'g.policy_public': 1,
  'g.gbizid': 1,
  'g.same_gbizid': 1,
  'g.evidence_seen': 2,
}

/** Where a reminder is put right. */
export const reminderLinks: Readonly<Record<ReminderId, string>> = {
  'a.legacy_id': '/stars/change',
  'a.edition_changed': '/stars/change',
  'a.details_changed': '/stars/change',
  'a.policy_down': '/policy/page',
  'a.policy_old': '/policy',
  'a.check_old': '/self-check',
  'a.logo_after_stop': '/policy/page',
  'a.wording': '/policy/page',
  'a.gbizid_expiry': '/stars/account',
}

/** A text to be copied: it can be selected whole, and without a script. */
export function CopyField(props: { id: string; label: string; value: string; rows?: number }): VNode {
  const id = `copy-${props.id}`
  return (
    <div class="mm-field">
      <label class="mm-field__label" for={id}>
        {props.label}
      </label>
      {props.rows === undefined ? (
        <input class="mm-input" id={id} readOnly value={props.value} autoComplete="off" />
      ) : (
        <textarea class="mm-textarea" id={id} readOnly rows={props.rows}>
          {props.value}
        </textarea>
      )}
    </div>
  )
}

/** A link that leaves us, and says so. */
export function OutLink(props: { href: string; text: string; lang: Lang }): VNode {
  return (
    <a class="mm-link" href={props.href} rel="noreferrer">
      {props.text}
      {starWords(props.lang).opens}
    </a>
  )
}
