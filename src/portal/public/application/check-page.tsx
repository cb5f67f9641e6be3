import type { VNode } from 'preact'
import { industryName } from '../../../base/industry.ts'
import { prefectureName } from '../../../base/prefecture.ts'
import {
  Banner,
  type Ctx,
  type Fact,
  Facts,
  Form,
  Hidden,
  Prose,
  PublicPage,
  Tag,
  Title,
} from '../../../http/index.ts'
import {
  type Application,
  type Asking,
  applicantPaths,
  type Filled,
  type Step,
  stepsOf,
} from '../../../registry/index.ts'
import { checkWording } from '../../../wording/index.ts'
import { formPath, sayApplication } from './say.ts'

type Line = { readonly step: Step; readonly name: string; readonly value: string; readonly shown?: boolean }

/** Everything that was answered, in the words of the pages. `shown` stands in the register. */
export function linesOf(lang: Ctx['lang'], filled: Filled): readonly Line[] {
  const say = sayApplication(lang)
  const { step } = say
  const kind = filled.kind ?? 'legal'
  const legal: Line[] = [
    { step: 'name', name: step.name.corporateNumber, value: filled.corporateNumber ?? '', shown: true },
  ]
  const town = filled.kind === 'sole' ? filled.townListed === true : true
  const two: Line[] = [
    {
      step: 'self-check',
      name: step['self-check'].selfCheckOn,
      value: filled.selfCheckOn ?? '',
      shown: true,
    },
    { step: 'self-check', name: step['self-check'].policyUrl, value: filled.policyUrl ?? '', shown: true },
  ]
  const level = filled.level ?? 'SA1'
  const edition = step.pledge.edition[filled.edition === 'jou5' ? 'jou5' : 'jou6']
  return [
    { step: 'kind', name: step.kind.short, value: step.kind[kind] },
    { step: 'name', name: step.name.name[kind], value: filled.name ?? '', shown: true },
    { step: 'name', name: step.name.nameKana, value: filled.nameKana ?? '', shown: true },
    ...(kind === 'legal' ? legal : []),
    {
      step: 'place',
      name: step.place.prefecture,
      value: prefectureName(filled.prefecture ?? '', lang),
      shown: true,
    },
    { step: 'place', name: step.place.town, value: filled.town ?? '', shown: town },
    ...(kind === 'legal'
      ? [{ step: 'place' as const, name: step.place.street, value: filled.street ?? '' }]
      : []),
    {
      step: 'business',
      name: step.business.industry,
      value: filled.industry === undefined ? '' : industryName(filled.industry, lang),
      shown: true,
    },
    {
      step: 'business',
      name: step.business.employees,
      value: filled.employees === undefined ? '' : step.business.bands[filled.employees],
    },
    { step: 'business', name: step.business.url, value: filled.url ?? '' },
    { step: 'contact', name: step.contact.person, value: filled.person ?? '' },
    { step: 'contact', name: step.contact.email, value: filled.email ?? '' },
    { step: 'contact', name: step.contact.phone, value: filled.phone ?? '' },
    { step: 'level', name: step.level.short, value: step.level[level], shown: true },
    {
      step: 'pledge',
      name: step.pledge.short,
      value: say.step.check.pledge(edition, filled.ticked?.length ?? 0),
      shown: true,
    },
    {
      step: 'pledge',
      name: say.step.check.pledgedBy,
      value: [filled.pledgedTitle, filled.pledgedName].filter(Boolean).join(' '),
    },
    ...(level === 'SA2' ? two : []),
    { step: 'consent', name: step.consent.short, value: say.step.check.agreed },
  ]
}

/** All answers on one page, each with its way to be changed; the button says what it does. */
export function CheckPage(props: {
  ctx: Ctx
  secret: string
  application: Application
  asking: Asking
  /** An entry in force with the same corporate number, besides the one that is changed. */
  duplicate: string | undefined
}): VNode {
  const { ctx, secret, application, asking } = props
  const say = sayApplication(ctx.lang)
  const { filled, kind } = application
  const editable = new Set(stepsOf(kind, filled, asking))
  const known = application.email === application.confirmedEmail
  const submit = !known
    ? say.step.check.submit
    : application.state === 'asked'
      ? say.step.check.submitAnswer
      : say.step.check.submitChange
  return (
    <PublicPage ctx={ctx} title={say.step.check.title} width="reading">
      <Title size="sm" {...(kind === 'new' ? {} : { eyebrow: say.changeEyebrow })}>
        {say.step.check.title}
      </Title>
      <Warning ctx={ctx} filled={filled} duplicate={props.duplicate} />
      <Prose>
        <p>{say.step.check.lead}</p>
      </Prose>
      <div class="mm-section" data-first>
        <Facts rows={linesOf(ctx.lang, filled).map((line) => factOf(line, { ctx, secret, editable }))} />
      </div>
      <div class="mm-section" data-first>
        <Form action={formPath(secret, 'check')} submit={submit} />
      </div>
    </PublicPage>
  )
}

function factOf(
  line: Line,
  of: { readonly ctx: Ctx; readonly secret: string; readonly editable: ReadonlySet<Step> },
): Fact {
  const say = sayApplication(of.ctx.lang)
  return {
    name: line.name,
    value: (
      <>
        {line.value === '' ? say.step.check.empty : line.value}{' '}
        {line.shown === true && line.value !== '' && <Tag tone="accent">{say.step.check.shown}</Tag>}{' '}
        {of.editable.has(line.step) && (
          <a class="mm-link" href={formPath(of.secret, line.step)}>
            {say.step.check.change}
            <Hidden>{line.name}</Hidden>
          </a>
        )}
      </>
    ),
  }
}

/** At most one: the same firm again goes before a manner of speaking. */
function Warning(props: { ctx: Ctx; filled: Filled; duplicate: string | undefined }): VNode | null {
  const say = sayApplication(props.ctx.lang).step.check
  if (props.duplicate !== undefined) {
    return (
      <Banner tone="today" title={say.duplicateHead}>
        <p>{say.duplicate(props.duplicate)}</p>
        <p>
          <a class="mm-link" href={applicantPaths.askForChange}>
            {say.duplicateLink}
          </a>
        </p>
      </Banner>
    )
  }
  const { name, nameKana, town } = props.filled
  const [hit] = [name, nameKana, town].flatMap((text) => checkWording(text ?? '', props.ctx.lang))
  if (hit === undefined) return null
  return (
    <Banner tone="today" title={say.wordingHead}>
      <p>{say.wording(hit.words)}</p>
      <p>{say.suggestion(hit.suggestion)}</p>
    </Banner>
  )
}
