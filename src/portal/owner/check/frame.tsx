import type { ComponentChildren, VNode } from 'preact'
import { type FormState, OwnerPage, type SignedCtx } from '../../../http/index.ts'
import { ownerNav } from '../say.ts'
import { checkWords } from './words.ts'

/** A page of the self-check. */
export function CheckPage(props: {
  ctx: SignedCtx
  title: string
  width?: 'reading' | 'wide'
  form?: FormState
  back?: { href: string; text: string }
  children: ComponentChildren
}): VNode {
  const { ctx } = props
  const say = checkWords(ctx.lang)
  const whole = props.title === say.title ? say.title : `${props.title}（${say.title}）`
  return (
    <OwnerPage
      ctx={ctx}
      title={ctx.lang === 'ja' ? whole : props.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width={props.width ?? 'reading'}
      back={props.back ?? { href: '/self-check', text: say.back }}
      {...(props.form && { form: props.form })}
    >
      {props.children}
    </OwnerPage>
  )
}
