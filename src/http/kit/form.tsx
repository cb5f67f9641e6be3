import type { ComponentChildren, VNode } from 'preact'
import type { FormState } from '../form.ts'
import { Button, type ButtonKind } from './button.tsx'
import { Title } from './text.tsx'

type Way = { readonly href: string; readonly text: string }

/** A form that posts, with its button and, where there is one, the way back. */
export function Form(props: {
  action: string
  submit: string
  kind?: ButtonKind
  form?: FormState | undefined
  back?: Way
  hidden?: Readonly<Record<string, string>>
  children?: ComponentChildren
}): VNode {
  return (
    <form class="mm-form" method="post" action={props.action} noValidate>
      <HiddenFields of={props.hidden} />
      {props.children}
      <div class="mm-cluster">
        <Button kind={props.kind ?? 'primary'} size="lg">
          {props.submit}
        </Button>
        {props.back !== undefined && (
          <a class="mm-link" href={props.back.href}>
            {props.back.text}
          </a>
        )}
      </div>
    </form>
  )
}

/** One button that posts. */
export function ActForm(props: {
  action: string
  submit: ComponentChildren
  kind?: ButtonKind
  size?: 'lg' | 'md' | 'sm' | 'xs'
  name?: string
  value?: string
  hidden?: Readonly<Record<string, string>>
}): VNode {
  return (
    <form method="post" action={props.action}>
      <HiddenFields of={props.hidden} />
      <Button
        {...(props.kind && { kind: props.kind })}
        {...(props.size && { size: props.size })}
        {...(props.name && { name: props.name })}
        {...(props.value && { value: props.value })}
      >
        {props.submit}
      </Button>
    </form>
  )
}

function HiddenFields(props: { of: Readonly<Record<string, string>> | undefined }): VNode {
  return (
    <>
      {Object.entries(props.of ?? {}).map(([name, value]) => (
        <HiddenField key={name} name={name} value={value} />
      ))}
    </>
  )
}

export function HiddenField(props: { name: string; value: string }): VNode {
  return <input type="hidden" name={props.name} value={props.value} />
}

/** The inside of an interruption page: what will happen, one button, one way back. */
export function ConfirmBody(props: {
  title: string
  action: string
  submit: string
  back: Way
  kind?: ButtonKind
  hidden?: Readonly<Record<string, string>>
  children: ComponentChildren
}): VNode {
  return (
    <>
      <Title>{props.title}</Title>
      <div class="mm-prose">{props.children}</div>
      <div class="mm-section" data-first>
        <Form
          action={props.action}
          submit={props.submit}
          back={props.back}
          {...(props.kind && { kind: props.kind })}
          {...(props.hidden && { hidden: props.hidden })}
        />
      </div>
    </>
  )
}
