import type { ComponentChildren, VNode } from 'preact'
import { errorOf, type FormState } from '../form.ts'
import { useKitWords } from './reading.ts'

type Named = {
  form: FormState | undefined
  name: string
  label: ComponentChildren
  help?: ComponentChildren
  required?: boolean
}

const idOf = (name: string): string => `f-${name}`

function describedBy(props: Named): string | undefined {
  const ids = [
    props.help === undefined ? '' : `${idOf(props.name)}-help`,
    errorOf(props.form, props.name) === undefined ? '' : `${idOf(props.name)}-error`,
  ].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function Under(props: Named): VNode {
  const error = errorOf(props.form, props.name)
  return (
    <>
      {props.help !== undefined && (
        <span class="mm-field__help" id={`${idOf(props.name)}-help`}>
          {props.help}
        </span>
      )}
      {error !== undefined && (
        <span class="mm-field__error" id={`${idOf(props.name)}-error`}>
          ＊{error}
        </span>
      )}
    </>
  )
}

function Required(props: { required?: boolean | undefined }): VNode | null {
  const words = useKitWords()
  return props.required ? <span class="mm-field__required">{words.required}</span> : null
}

/** One control with its label, help and error joined to it. */
function Labelled(props: Named & { children: ComponentChildren }): VNode {
  return (
    <div class="mm-field" data-error={errorOf(props.form, props.name) !== undefined || undefined}>
      <label class="mm-field__label" for={idOf(props.name)}>
        {props.label}
        <Required required={props.required} />
      </label>
      <Under {...props} />
      {props.children}
    </div>
  )
}

const attributesOf = (props: Named) => ({
  id: idOf(props.name),
  name: props.name,
  required: props.required || undefined,
  'aria-describedby': describedBy(props),
  'aria-invalid': errorOf(props.form, props.name) === undefined ? undefined : ('true' as const),
})

/** One line of text. `chars` is the width in full-width characters (8, 13 or 24). */
export function TextField(
  props: Named & {
    type?: 'text' | 'email' | 'tel' | 'date' | 'number' | 'search'
    inputmode?: 'text' | 'numeric' | 'tel' | 'email'
    autocomplete?: string
    chars?: number
  },
): VNode {
  // The typed attributes differ by kind of input in rules that none of these uses.
  const kind = { type: props.type ?? 'text' } as { type: 'text' }
  return (
    <Labelled {...props}>
      <input
        class="mm-input"
        {...attributesOf(props)}
        {...kind}
        inputMode={props.inputmode}
        autoComplete={props.autocomplete ?? 'off'}
        data-chars={props.chars}
        value={props.form?.values[props.name] ?? ''}
      />
    </Labelled>
  )
}

/** Several lines of text. */
export function TextArea(props: Named & { rows?: number }): VNode {
  return (
    <Labelled {...props}>
      <textarea class="mm-textarea" {...attributesOf(props)} rows={props.rows ?? 4}>
        {props.form?.values[props.name] ?? ''}
      </textarea>
    </Labelled>
  )
}

export type Option = { readonly value: string; readonly text: string; readonly help?: string }

/** One of a list; `blank` adds an empty first line with these words (true = the usual ones). */
export function SelectField(props: Named & { options: readonly Option[]; blank?: boolean | string }): VNode {
  const words = useKitWords()
  const chosen = props.form?.values[props.name] ?? ''
  return (
    <Labelled {...props}>
      <select class="mm-select" {...attributesOf(props)}>
        {props.blank && (
          <option value="">{typeof props.blank === 'string' ? props.blank : words.noChoice}</option>
        )}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** One of a few, all in sight, each with a line of help. */
export function RadioField(props: Named & { options: readonly Option[] }): VNode {
  const chosen = props.form?.values[props.name] ?? ''
  const error = errorOf(props.form, props.name) !== undefined
  return (
    <fieldset
      class="mm-field"
      id={idOf(props.name)}
      data-error={error || undefined}
      aria-describedby={describedBy(props)}
    >
      <legend class="mm-field__label">
        {props.label}
        <Required required={props.required} />
      </legend>
      <Under {...props} />
      {props.options.map((option) => (
        <label class="mm-choice" key={option.value}>
          <input type="radio" name={props.name} value={option.value} checked={option.value === chosen} />
          <span>
            {option.text}
            {option.help !== undefined && <span class="mm-choice__help">{option.help}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** One box to tick; its value is `yes`. */
export function CheckField(props: Named): VNode {
  return (
    <div class="mm-field" data-error={errorOf(props.form, props.name) !== undefined || undefined}>
      <label class="mm-choice">
        <input
          type="checkbox"
          {...attributesOf(props)}
          value="yes"
          checked={props.form?.values[props.name] === 'yes'}
        />
        <span>
          {props.label}
          <Required required={props.required} />
        </span>
      </label>
      <Under {...props} />
    </div>
  )
}
