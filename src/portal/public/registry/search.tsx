import type { VNode } from 'preact'
import { industries, industryName } from '../../../base/industry.ts'
import { prefectureName, prefectures } from '../../../base/prefecture.ts'
import {
  blankForm,
  type Ctx,
  HiddenField,
  PublicPage,
  SelectField,
  TextField,
  Title,
} from '../../../http/index.ts'
import type { Registry, SearchQuery } from '../../../registry/index.ts'
import { addressOf, filterNames } from './asked.ts'
import { Hits, type HitsProps } from './hits.tsx'
import { words } from './words.ts'

/** The register: one box, filters, what was found. */
export function SearchPage(props: HitsProps): VNode {
  const { ctx, registry, asked } = props
  const say = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={say.title}>
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead(ctx.lang === 'ja' ? registry.name : registry.nameEn)}</p>
      <div class="mm-section" data-first>
        <Box ctx={ctx} asked={asked} />
      </div>
      <div class="mm-grid mm-section" data-columns="side-main">
        <Filters ctx={ctx} asked={asked} levels={registry.levels} />
        <Hits {...props} />
      </div>
    </PublicPage>
  )
}

function Box({ ctx, asked }: { ctx: Ctx; asked: SearchQuery }): VNode {
  const { box } = words[ctx.lang]
  return (
    <form class="mm-search" method="get" action="/registry" role="search" aria-label={box.form}>
      <div class="mm-field">
        <label class="mm-field__label" for="q">
          {box.label}
        </label>
        <span class="mm-field__help" id="q-help">
          {box.help}
        </span>
        <input
          class="mm-input"
          data-size="56"
          id="q"
          name="q"
          value={asked.typed}
          maxLength={200}
          aria-describedby="q-help"
          autoComplete="organization"
        />
      </div>
      {filterNames.map((name) => {
        const value = asked[name]
        return value === undefined ? null : <HiddenField key={name} name={name} value={value} />
      })}
      <button class="mm-button" data-size="lg">
        {box.submit}
      </button>
    </form>
  )
}

function Filters(props: { ctx: Ctx; asked: SearchQuery; levels: Registry['levels'] }): VNode {
  const { ctx, asked } = props
  const { filter, level, status } = words[ctx.lang]
  const form = blankForm(Object.fromEntries(filterNames.map((name) => [name, asked[name]])))
  const field = { form, blank: filter.all }
  const narrowed = filterNames.some((name) => asked[name] !== undefined)
  return (
    <details class="mm-filter" open={narrowed}>
      <summary>{filter.head}</summary>
      <form method="get" action="/registry" aria-label={filter.head}>
        {asked.typed !== '' && <HiddenField name="q" value={asked.typed} />}
        <div class="mm-filter__group">
          <SelectField
            {...field}
            name="prefecture"
            label={filter.prefecture}
            options={prefectures.map(([value]) => ({ value, text: prefectureName(value, ctx.lang) }))}
          />
        </div>
        <div class="mm-filter__group">
          <SelectField
            {...field}
            name="industry"
            label={filter.industry}
            options={industries.map(([value]) => ({ value, text: industryName(value, ctx.lang) }))}
          />
        </div>
        <div class="mm-filter__group">
          <SelectField
            {...field}
            name="level"
            label={filter.level}
            options={props.levels.map((value) => ({ value, text: level[value] }))}
          />
        </div>
        <div class="mm-filter__group">
          <SelectField
            {...field}
            name="status"
            label={filter.status}
            options={(['active', 'suspended', 'stopped'] as const).map((value) => ({
              value,
              text: status[value],
            }))}
          />
        </div>
        <div class="mm-filter__group">
          <TextField form={form} name="from" label={filter.from} type="date" />
        </div>
        <div class="mm-filter__group">
          <TextField form={form} name="to" label={filter.to} type="date" />
        </div>
        <p class="mm-filter__act">
          <button class="mm-button" data-kind="secondary" data-wide>
            {filter.submit}
          </button>
        </p>
        {narrowed && (
          <p class="mm-filter__act">
            <a class="mm-link" href={addressOf('/registry', { typed: asked.typed })}>
              {filter.clear}
            </a>
          </p>
        )}
      </form>
    </details>
  )
}
