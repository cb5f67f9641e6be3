import type { VNode } from 'preact'
import { industryName } from '../../../base/industry.ts'
import { prefectureName } from '../../../base/prefecture.ts'
import { jstDate } from '../../../base/time.ts'
import { isCorporateNumber } from '../../../company/index.ts'
import {
  Card,
  type Ctx,
  List,
  Mark,
  type MarkKind,
  Note,
  Pager,
  PhoneLink,
  Row,
  sayCount,
} from '../../../http/index.ts'
import {
  type Entry,
  type EntryStatus,
  mostPages,
  perPage,
  type Registry,
  type SearchQuery,
  type SearchResult,
} from '../../../registry/index.ts'
import { addressOf, filterNames } from './asked.ts'
import { ipaSearch, sayDate, words } from './words.ts'

export type HitsProps = { ctx: Ctx; registry: Registry; asked: SearchQuery; result: SearchResult }

export const markOf: Readonly<Record<EntryStatus, MarkKind>> = {
  active: 'ok',
  suspended: 'paused',
  stopped: 'ended',
}

/** What was found, page by page, and other ways to the same. */
export function Hits(props: HitsProps): VNode {
  const { ctx, asked, result } = props
  const say = words[ctx.lang]
  const none = result.entries.length === 0
  const last = result.page === mostPages && result.total > mostPages * perPage
  return (
    <section aria-labelledby="hits">
      <h2 class="mm-section__head" id="hits">
        {none ? say.none.head : countOf(ctx, result)}
      </h2>
      {result.box.as === 'body-only' && <Note>{say.bodyOnly}</Note>}
      {result.box.as === 'nothing' && !none && <Note>{say.allListed}</Note>}
      {none ? (
        <None {...props} />
      ) : (
        <List>
          {result.entries.map((entry) => (
            <Hit key={entry.number} ctx={ctx} entry={entry} />
          ))}
        </List>
      )}
      <Pager
        page={result.page}
        pages={result.pages}
        href={(page) => addressOf('/registry', asked, { page: String(page) })}
      />
      {last && <Note>{say.lastPage(sayCount(mostPages * perPage))}</Note>}
      <Ways {...props} />
      {!none && (
        <div class="mm-section">
          <Card title={say.missing.head} tone="quiet">
            <p>{say.missing.text}</p>
          </Card>
        </div>
      )}
    </section>
  )
}

function countOf(ctx: Ctx, { total, more, page, entries }: SearchResult): string {
  const say = words[ctx.lang]
  const from = (page - 1) * perPage
  return (more ? say.hitsMore : say.hits)(
    sayCount(total),
    sayCount(from + 1),
    sayCount(from + entries.length),
  )
}

function Hit({ ctx, entry }: { ctx: Ctx; entry: Entry }): VNode {
  const say = words[ctx.lang]
  const place = [prefectureName(entry.prefecture, ctx.lang), entry.town].filter(Boolean).join('')
  const from = sayDate(ctx.lang, entry.declaredOn)
  const ended = entry.status === 'stopped'
  const when = ended ? say.until(from, sayDate(ctx.lang, jstDate(entry.statusSince))) : say.since(from)
  return (
    <Row
      href={`/registry/entries/${encodeURIComponent(entry.number)}`}
      main={entry.name}
      side={<Mark mark={markOf[entry.status]}>{say.status[entry.status]}</Mark>}
      sub={
        <>
          {say.level[entry.level]}・{when}
          <br />
          {[entry.industry && industryName(entry.industry, ctx.lang), place].filter(Boolean).join('・')}
        </>
      }
    />
  )
}

function None({ ctx, asked, result }: HitsProps): VNode {
  const { none, filter, ipa } = words[ctx.lang]
  const { box } = result
  const narrowed = filterNames.some((name) => asked[name] !== undefined)
  const texts = {
    nothing: none.filtered,
    'body-only': none.filtered,
    words: none.words,
    number: none.number,
    'wrong-number': none.wrongNumber,
    corporate:
      box.as === 'corporate' && !isCorporateNumber(box.digits) ? none.wrongCorporate : none.corporate,
    official: none.official,
  }
  return (
    <Card tone="quiet">
      <p>{texts[box.as]}</p>
      {narrowed && (
        <p>
          <a class="mm-link" href={addressOf('/registry', { typed: asked.typed })}>
            {filter.clear}
          </a>
        </p>
      )}
      <p>
        <a class="mm-link" href={ipaSearch} rel="noopener">
          {ipa}
        </a>
      </p>
      <p>{none.meaning}</p>
      {ctx.house && (
        <p>
          <PhoneLink phone={ctx.house.deskPhone} />
        </p>
      )}
    </Card>
  )
}

/** Other ways to the same: files, many at once, counts, and the licence. */
function Ways({ ctx, registry, asked }: HitsProps): VNode {
  const say = words[ctx.lang]
  return (
    <>
      <p class="mm-cluster">
        <a class="mm-link" href={addressOf('/registry/data.csv', asked)}>
          {say.csv}
        </a>
        <a class="mm-link" href={addressOf('/registry/data.json', asked)}>
          {say.json}
        </a>
        <a class="mm-link" href="/registry/check">
          {say.many}
        </a>
        <a class="mm-link" href="/registry/statistics">
          {say.statistics}
        </a>
        <a class="mm-link" href="/registry/apply">
          {say.apply}
        </a>
        <a class="mm-link" href="/registry/api">
          {say.api}
        </a>
      </p>
      <Note>
        {registry.dataLicenceUrl === undefined ? (
          say.licence(registry.dataLicence, sayDate(ctx.lang, jstDate(ctx.now)))
        ) : (
          <a href={registry.dataLicenceUrl} rel="license noopener" class="mm-link">
            {say.licence(registry.dataLicence, sayDate(ctx.lang, jstDate(ctx.now)))}
          </a>
        )}
      </Note>
    </>
  )
}
