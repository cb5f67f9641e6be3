import type { ComponentChildren, VNode } from 'preact'
import { useKitWords } from './reading.ts'

export type Column = string | { readonly text: string; readonly num?: boolean }
export type TableRow = { readonly key: string; readonly cells: readonly ComponentChildren[] }

const textOf = (column: Column | undefined): string =>
  typeof column === 'string' ? column : (column?.text ?? '')
const isNumber = (column: Column | undefined): boolean => typeof column === 'object' && column.num === true

/**
 * A table whose first cell heads each row. `stack` turns rows into cards on a phone; otherwise a wide table scrolls inside
 * its own labelled frame. The roles are written out because a phone's card layout takes the table's own away.
 */
export function Table(props: {
  label: string
  head: readonly Column[]
  rows: readonly TableRow[]
  dense?: boolean
  stack?: boolean
}): VNode {
  const { head } = props
  return (
    <div class="mm-scroll" role="group" aria-label={props.label} tabIndex={0}>
      <table
        class="mm-table"
        role="table"
        aria-label={props.label}
        data-dense={props.dense || undefined}
        data-stack={props.stack || undefined}
      >
        <thead role="rowgroup">
          <tr role="row">
            {head.map((column) => (
              <th
                role="columnheader"
                scope="col"
                key={textOf(column)}
                class={isNumber(column) ? 'mm-table__num' : undefined}
              >
                {textOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <BodyRow key={row.key} row={row} head={head} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function BodyRow(props: { row: TableRow; head: readonly Column[] }): VNode {
  const [first, ...others] = props.row.cells
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {first}
      </th>
      {others.map((cell, at) => (
        <td
          role="cell"
          key={at}
          data-label={textOf(props.head[at + 1])}
          class={isNumber(props.head[at + 1]) ? 'mm-table__num' : undefined}
        >
          {cell}
        </td>
      ))}
    </tr>
  )
}

/** Links to the pages of a long list; pages count from 1. */
export function Pager(props: { page: number; pages: number; href: (page: number) => string }): VNode | null {
  const words = useKitWords()
  const { page, pages, href } = props
  if (pages < 2) return null
  return (
    <nav class="mm-pages" aria-label={words.pager}>
      {page > 1 && (
        <a rel="prev" href={href(page - 1)}>
          {words.previous}
        </a>
      )}
      <span aria-current="page">{words.pageOf(page, pages)}</span>
      {page < pages && (
        <a rel="next" href={href(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  )
}
