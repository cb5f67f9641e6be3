import type { VNode } from 'preact'
import { pledgeFacts } from '../../../catalogue/index.ts'
import { CheckField, Note, TextField } from '../../../http/index.ts'
import { formPath, sayApplication } from './say.ts'
import type { StepView } from './step-view.ts'

/** The items of one edition, each to be ticked, and who promises. */
export function PledgeFields(props: { view: StepView; edition: string }): VNode {
  const { ctx, form, asking, secret } = props.view
  const say = sayApplication(ctx.lang).step.pledge
  const facts = pledgeFacts()
  const items = asking.editions.get(props.edition) ?? []
  const others = facts.editions.filter(({ id }) => id !== props.edition)
  return (
    <>
      <p>{say.lead}</p>
      <Note>{say.all}</Note>
      <fieldset class="mm-fieldset">
        <legend class="mm-legend">{say.edition[props.edition === 'jou5' ? 'jou5' : 'jou6']}</legend>
        {items.map((key, n) => {
          const item = facts.items.get(key)
          return (
            <CheckField
              key={key}
              form={form}
              name={key}
              label={`${n + 1}. ${item?.[ctx.lang].title ?? key}`}
              help={item?.[ctx.lang].pledge ?? ''}
              required
            />
          )
        })}
      </fieldset>
      {others.map(({ id }) => (
        <p key={id}>
          <a class="mm-link" href={`${formPath(secret, 'pledge')}?edition=${id}`}>
            {say.otherEdition(say.edition[id])}
          </a>
        </p>
      ))}
      <TextField
        form={form}
        name="pledgedName"
        label={say.pledgedName}
        autocomplete="name"
        required
        chars={24}
      />
      <TextField
        form={form}
        name="pledgedTitle"
        label={say.pledgedTitle}
        help={say.pledgedTitleHelp}
        autocomplete="organization-title"
        required
        chars={24}
      />
    </>
  )
}
