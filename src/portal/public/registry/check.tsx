import type { VNode } from 'preact'
import {
  Button,
  Banner,
  type Ctx,
  Facts,
  type FormState,
  Mark,
  Note,
  PublicPage,
  Section,
  sayCount,
  Table,
  type TableRow,
  TextArea,
  Title,
} from '../../../http/index.ts'
import { type CheckedLine, mostChecked, type Registry } from '../../../registry/index.ts'
import { markOf } from './hits.tsx'
import { sayDate, words } from './words.ts'

type Props = { ctx: Ctx; registry: Registry; form: FormState; checked?: readonly CheckedLine[] }

/** Rows on the page; the file has all of them. */
const shownRows = 200

/** Many numbers at once: paste or choose a file, look at it here or take it as a file. */
export function CheckManyPage({ ctx, form, checked }: Props): VNode {
  const say = words[ctx.lang].check
  return (
    <PublicPage
      ctx={ctx}
      title={say.title}
      form={form}
      back={{ href: '/registry', text: words[ctx.lang].entry.back }}
    >
      <Title>{say.title}</Title>
      <p class="mm-lead">{say.lead(sayCount(mostChecked))}</p>
      {checked && <Results ctx={ctx} checked={checked} />}
      <Section id="form" head={checked ? say.again : say.numbers} first={checked === undefined}>
        <CheckForm ctx={ctx} form={form} />
        <Note>{say.ipaIds}</Note>
        <Note>{say.kept}</Note>
      </Section>
    </PublicPage>
  )
}

function CheckForm({ ctx, form }: { ctx: Ctx; form: FormState }): VNode {
  const say = words[ctx.lang].check
  return (
    <form class="mm-form" method="post" action="/registry/check" encType="multipart/form-data" noValidate>
      <TextArea form={form} name="numbers" label={say.numbers} help={say.help} rows={8} />
      <div class="mm-field">
        <label class="mm-field__label" for="f-file">
          {say.file}
        </label>
        <span class="mm-field__help" id="f-file-help">
          {say.fileHelp}
        </span>
        <input
          id="f-file"
          name="file"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-describedby="f-file-help"
        />
      </div>
      <div class="mm-cluster">
        <Button size="lg" name="as" value="page">
          {say.show}
        </Button>
        <Button size="lg" kind="secondary" name="as" value="csv">
          {say.csv}
        </Button>
      </div>
    </form>
  )
}

function Results({ ctx, checked }: { ctx: Ctx; checked: readonly CheckedLine[] }): VNode {
  const say = words[ctx.lang].check
  const { column } = say
  return (
    <Section id="results" head={say.resultHead(sayCount(checked.length))} first>
      <Facts rows={countsOf(ctx, checked)} />
      {checked.length > shownRows && <Banner>{say.firstRows(sayCount(shownRows))}</Banner>}
      <Table
        label={say.resultHead(sayCount(checked.length))}
        head={[
          { text: column.line, num: true },
          column.typed,
          column.result,
          column.name,
          column.level,
          column.number,
          column.declaredOn,
          column.edition,
          column.selfCheck,
        ]}
        rows={checked.slice(0, shownRows).map((line) => rowOf(ctx, line))}
        stack
      />
    </Section>
  )
}

const isOf = (
  line: CheckedLine,
  what: 'active' | 'other' | 'absent' | 'official' | 'unreadable',
): boolean => {
  if (line.entry)
    return (line.entry.status === 'active') === (what === 'active') && ['active', 'other'].includes(what)
  return (
    line.read.as === what ||
    (what === 'absent' && (line.read.as === 'number' || line.read.as === 'corporate'))
  )
}

function countsOf(ctx: Ctx, checked: readonly CheckedLine[]): { name: string; value: string }[] {
  const { counts } = words[ctx.lang].check
  return (['active', 'other', 'absent', 'official', 'unreadable'] as const)
    .map((what) => ({ name: counts[what], count: checked.filter((line) => isOf(line, what)).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => ({ name, value: sayCount(count) }))
}

function Result({ ctx, line }: { ctx: Ctx; line: CheckedLine }): VNode {
  const { check, status } = words[ctx.lang]
  const { entry, read, others } = line
  if (entry) {
    return (
      <>
        <Mark mark={markOf[entry.status]}>{status[entry.status]}</Mark>
        {others > 0 && <> {check.others(others)}</>}
      </>
    )
  }
  if (read.as === 'unreadable') return <Mark mark="question">{check.result[read.why]}</Mark>
  if (read.as === 'official') {
    return (
      <>
        <Mark mark="question">{check.result.official}</Mark> {check.officialNote}
      </>
    )
  }
  return <Mark mark="question">{check.result.absent}</Mark>
}

/** A line as shown: long ones are cut, since somebody may paste anything. */
const shortened = (typed: string): string =>
  [...typed].length > 40 ? `${[...typed].slice(0, 40).join('')}…` : typed

function rowOf(ctx: Ctx, line: CheckedLine): TableRow {
  const { level, edition } = words[ctx.lang]
  const { entry } = line
  const name = entry && <a href={`/registry/entries/${encodeURIComponent(entry.number)}`}>{entry.name}</a>
  return {
    key: String(line.line),
    cells: [
      String(line.line),
      shortened(line.typed),
      <Result key="result" ctx={ctx} line={line} />,
      name ?? '',
      entry ? level[entry.level] : '',
      entry?.number ?? '',
      entry ? sayDate(ctx.lang, entry.declaredOn) : '',
      entry ? edition[entry.pledgeEdition] : '',
      entry?.selfCheckOn === undefined ? '' : sayDate(ctx.lang, entry.selfCheckOn),
    ],
  }
}
