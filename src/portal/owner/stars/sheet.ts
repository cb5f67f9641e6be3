import { industryName } from '../../../base/industry.ts'
import { jstDate } from '../../../base/time.ts'
import { levelFacts } from '../../../catalogue/index.ts'
import type { Person } from '../../../company/index.ts'
import type { Level, Standing } from '../../../declaration/index.ts'
import type { StarWords } from './say.tsx'

export type SheetField = { readonly id: string; readonly label: string; readonly value: string }
export type SheetGroup = {
  readonly id: 'company' | 'contact' | 'declaration'
  readonly fields: readonly SheetField[]
}

type Of = {
  readonly it: Standing
  readonly level: Level
  readonly contact: Pick<Person, 'name' | 'email' | 'phone'>
  readonly baseUrl: string
}

/** Everything that IPA's form asks, as it is typed there: in Japanese, whatever language this page is read in. */
export function sheetOf(say: StarWords, of: Of): readonly SheetGroup[] {
  const { fields } = say.prepare
  const field = (id: keyof typeof fields, value: string | number | null | undefined): SheetField => ({
    id,
    label: fields[id],
    value: value === null || value === undefined ? '' : String(value),
  })
  return [
    { id: 'company', fields: companyFields(say, of.it, field) },
    {
      id: 'contact',
      fields: [
        field('contact', of.contact.name),
        field('email', of.contact.email),
        field('contactPhone', of.contact.phone ?? of.it.detail?.phone),
      ],
    },
    { id: 'declaration', fields: declarationFields(say, of, field) },
  ]
}

type MakeField = (
  id: keyof StarWords['prepare']['fields'],
  value: string | number | null | undefined,
) => SheetField

function companyFields(say: StarWords, { company, detail }: Standing, field: MakeField): SheetField[] {
  const sole = company.soleProprietor
  return [
    field('kind', sole ? say.prepare.sole : say.prepare.corporation),
    field('name', company.name),
    field('kana', detail?.nameKana),
    ...(sole ? [] : [field('number', company.corporateNumber)]),
    field('postal', detail?.postalCode),
    field('prefecture', company.prefecture),
    field('address', detail?.address),
    field('phone', detail?.phone),
    field('url', detail?.url),
    field('industry', detail?.industry && industryName(detail.industry, 'ja')),
    field('employees', company.employees),
    ...(sole ? [] : [field('capital', detail?.capitalYen)]),
    field('title', detail?.representativeTitle),
    field('representative', detail?.representativeName),
  ]
}

function declarationFields(say: StarWords, { it, level, baseUrl }: Of, field: MakeField): SheetField[] {
  const url = it.publication?.url ?? it.policy?.hostedPath
  const two =
    level === 'SA2'
      ? [
          field('checkedOn', it.check && jstDate(it.check.finishedAt)),
          field('policyUrl', url?.startsWith('/') ? `${baseUrl}${url}` : url),
        ]
      : []
  return [
    field('level', levelFacts().find((one) => one.id === level)?.ja.name),
    field('purpose', say.prepare.purposeText),
    ...two,
  ]
}
