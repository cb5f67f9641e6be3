import type { ComponentChildren, VNode } from 'preact'
import { industries } from '../../../base/industry.ts'
import { prefectures } from '../../../base/prefecture.ts'
import {
  CheckField,
  Form,
  Note,
  Prose,
  PublicPage,
  Section,
  SelectField,
  TextField,
  Title,
} from '../../../http/index.ts'
import { bands, type Step, stepsOf } from '../../../registry/index.ts'
import { PledgeFields } from './pledge-fields.tsx'
import { formPath, sayApplication } from './say.ts'
import { Choices } from './choices.tsx'
import type { StepView } from './step-view.ts'

/** One page of the form: one subject. */
export function StepPage(props: { view: StepView; step: Step }): VNode {
  const { step, view } = props
  const { ctx, secret, application, asking, whole } = view
  const say = sayApplication(ctx.lang)
  const order = stepsOf(application.kind, application.filled, asking)
  const at = order.indexOf(step)
  const before = order[at - 1]
  const back = whole
    ? { href: formPath(secret, 'check'), text: say.toCheck }
    : { href: before === undefined ? '/registry/apply' : formPath(secret, before), text: say.back }
  const { title } = say.step[step]
  return (
    <PublicPage
      ctx={ctx}
      title={say.page(title, at + 1, order.length)}
      width="reading"
      form={view.form}
      back={back}
    >
      <Title
        size="sm"
        eyebrow={application.kind === 'new' ? say.eyebrow(at + 1, order.length) : say.changeEyebrow}
      >
        {title}
      </Title>
      {bodies[step](view)}
    </PublicPage>
  )
}

const bodies: Readonly<Record<Step, (view: StepView) => VNode>> = {
  kind: KindBody,
  name: NameBody,
  place: PlaceBody,
  business: BusinessBody,
  contact: ContactBody,
  level: LevelBody,
  pledge: PledgeBody,
  'self-check': SelfCheckBody,
  consent: ConsentBody,
}

function Fields(props: {
  view: StepView
  step: Step
  hidden?: Record<string, string>
  children: ComponentChildren
}): VNode {
  const { ctx, secret, form } = props.view
  return (
    <div class="mm-section" data-first>
      <Form
        action={formPath(secret, props.step)}
        submit={sayApplication(ctx.lang).next}
        form={form}
        {...(props.hidden && { hidden: props.hidden })}
      >
        {props.children}
      </Form>
    </div>
  )
}

function KindBody(view: StepView): VNode {
  const say = sayApplication(view.ctx.lang).step.kind
  return (
    <Choices
      view={view}
      step="kind"
      options={[
        { value: 'legal', text: say.legal, help: say.legalHelp },
        { value: 'sole', text: say.sole, help: say.soleHelp },
      ]}
    />
  )
}

function LevelBody(view: StepView): VNode {
  const say = sayApplication(view.ctx.lang).step.level
  return (
    <Choices
      view={view}
      step="level"
      options={view.registry.levels.map((level) => ({
        value: level,
        text: say[level],
        help: say[`${level}help`],
      }))}
    />
  )
}

function NameBody(view: StepView): VNode {
  const { ctx, form, application } = view
  const say = sayApplication(ctx.lang).step.name
  const kind = application.filled.kind ?? 'legal'
  return (
    <Fields view={view} step="name">
      <TextField
        form={form}
        name="name"
        label={say.name[kind]}
        help={say.nameHelp[kind]}
        autocomplete="organization"
        required
        chars={24}
      />
      <TextField form={form} name="nameKana" label={say.nameKana} help={say.nameKanaHelp} chars={24} />
      {kind === 'legal' && (
        <TextField
          form={form}
          name="corporateNumber"
          label={say.corporateNumber}
          help={say.corporateNumberHelp}
          inputmode="numeric"
          required
          chars={13}
        />
      )}
    </Fields>
  )
}

function PlaceBody(view: StepView): VNode {
  const { ctx, form, application } = view
  const say = sayApplication(ctx.lang).step.place
  const kind = application.filled.kind ?? 'legal'
  const options = prefectures.map(([value, ja, en]) => ({ value, text: ctx.lang === 'ja' ? ja : en }))
  return (
    <Fields view={view} step="place">
      <SelectField form={form} name="prefecture" label={say.prefecture} options={options} blank required />
      <TextField
        form={form}
        name="town"
        label={say.town}
        help={say.townHelp[kind]}
        autocomplete="address-level2"
        required
        chars={24}
      />
      {kind === 'legal' ? (
        <TextField
          form={form}
          name="street"
          label={say.street}
          help={say.streetHelp}
          autocomplete="street-address"
          required
          chars={24}
        />
      ) : (
        <CheckField form={form} name="townListed" label={say.townListed} help={say.townListedHelp} />
      )}
    </Fields>
  )
}

function BusinessBody(view: StepView): VNode {
  const { ctx, form } = view
  const say = sayApplication(ctx.lang).step.business
  const trades = industries.map(([value, ja, en]) => ({ value, text: ctx.lang === 'ja' ? ja : en }))
  const sizes = bands.map((value) => ({ value, text: say.bands[value] }))
  return (
    <Fields view={view} step="business">
      <SelectField form={form} name="industry" label={say.industry} options={trades} blank required />
      <SelectField
        form={form}
        name="employees"
        label={say.employees}
        help={say.employeesHelp}
        options={sizes}
        blank
        required
      />
      <TextField form={form} name="url" label={say.url} help={say.urlHelp} autocomplete="url" chars={24} />
    </Fields>
  )
}

function ContactBody(view: StepView): VNode {
  const { ctx, form } = view
  const say = sayApplication(ctx.lang).step.contact
  return (
    <>
      <Prose>
        <p>{say.lead}</p>
      </Prose>
      <Fields view={view} step="contact">
        <TextField form={form} name="person" label={say.person} autocomplete="name" required chars={24} />
        <TextField
          form={form}
          name="email"
          label={say.email}
          help={say.emailHelp}
          type="email"
          inputmode="email"
          autocomplete="email"
          required
          chars={24}
        />
        <TextField
          form={form}
          name="phone"
          label={say.phone}
          help={say.phoneHelp}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          chars={13}
        />
      </Fields>
    </>
  )
}

function PledgeBody(view: StepView): VNode {
  const edition = view.form.values['edition'] ?? ''
  return (
    <Fields view={view} step="pledge" hidden={{ edition }}>
      <PledgeFields view={view} edition={edition} />
    </Fields>
  )
}

function SelfCheckBody(view: StepView): VNode {
  const { ctx, form } = view
  const say = sayApplication(ctx.lang).step['self-check']
  return (
    <Fields view={view} step="self-check">
      <TextField
        form={form}
        name="selfCheckOn"
        label={say.selfCheckOn}
        help={say.selfCheckOnHelp}
        type="date"
        required
        chars={13}
      />
      <TextField
        form={form}
        name="policyUrl"
        label={say.policyUrl}
        help={say.policyUrlHelp}
        required
        chars={24}
      />
    </Fields>
  )
}

function ConsentBody(view: StepView): VNode {
  const { ctx, form, registry } = view
  const say = sayApplication(ctx.lang)
  return (
    <>
      <Prose>
        <p>{say.intro.notCertified}</p>
        <p>{say.intro.shown}</p>
        <p>{say.intro.hidden}</p>
      </Prose>
      <Section id="terms" head={say.step.consent.termsHead}>
        <Prose>
          {(registry.terms || say.step.consent.noTerms).split(/\n+/).map((line, n) => (
            <p key={n}>{line}</p>
          ))}
        </Prose>
        <Note>{say.step.consent.licence(registry.dataLicence)}</Note>
      </Section>
      <Fields view={view} step="consent">
        <CheckField form={form} name="declaration" label={say.step.consent.declaration} required />
        <CheckField form={form} name="listing" label={say.step.consent.listing} required />
        <CheckField form={form} name="terms" label={say.step.consent.terms} required />
      </Fields>
    </>
  )
}
