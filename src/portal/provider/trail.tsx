import type { VNode } from 'preact'
import { trail as en } from '../../../words/en/trail.ts'
import { trail as ja } from '../../../words/ja/trail.ts'
import type { Instant } from '../../base/time.ts'
import { type Lang, Table, Time } from '../../http/index.ts'
import type { Tx } from '../../store/index.ts'
import { wordOr } from './say.ts'

const words = { ja, en }

export type TrailRow = {
  readonly id: string
  readonly at: Instant
  readonly who: string | null
  readonly act: string
  readonly subject: string | null
}

/** The newest deeds on record for one organisation. */
export async function readTrail(tx: Tx, organisation: string): Promise<TrailRow[]> {
  return tx.rows<TrailRow>(
    `select a.id, a.at, p.name as who, a.act, a.subject from audit a left join person p on p.id = a.person_id
     where a.organisation_id = $1 order by a.at desc limit 50`,
    [organisation],
  )
}

/** Who did what, newest first. */
export function Trail(props: { lang: Lang; rows: readonly TrailRow[] }): VNode {
  const say = words[props.lang]
  if (props.rows.length === 0) return <p>{say.none}</p>
  return (
    <Table
      label={say.title}
      dense
      head={[say.at, say.who, say.act]}
      rows={props.rows.map((row) => ({
        key: row.id,
        cells: [<Time at={row.at} form="full" />, row.who ?? say.program, wordOr(say.acts, row.act)],
      }))}
    />
  )
}
