import type { VNode } from 'preact'
import type { Condition, HeardSensor } from '../../device/index.ts'
import { type Lang, List, Mark, type MarkKind, Row, Time } from '../../http/index.ts'
import { ownerWords } from './say.ts'
import { nameOf } from './watch.ts'

const marks: Readonly<Record<Condition, MarkKind>> = {
  heard: 'ok',
  suspect: 'doing',
  unwatched: 'unwatched',
  preparing: 'next',
}

/** A condition as a mark with its word. */
export function ConditionMark(props: { lang: Lang; condition: Condition }): VNode {
  return <Mark mark={marks[props.condition]}>{ownerWords(props.lang).home.condition[props.condition]}</Mark>
}

const isPc = (sensor: HeardSensor): boolean => sensor.class === 'pc' || sensor.class === 'laptop'

/** What is watched, one row a thing; PCs in one row with their count. */
export function Watching(props: { lang: Lang; sensors: readonly HeardSensor[] }): VNode {
  const say = ownerWords(props.lang).home
  const things = props.sensors.filter((sensor) => !isPc(sensor))
  const pcs = props.sensors.filter(isPc)
  if (props.sensors.length === 0) return <p>{say.watchingNone}</p>
  return (
    <List>
      {things.map((sensor) => (
        <Row
          key={sensor.id}
          main={nameOf(sensor)}
          side={<ConditionMark lang={props.lang} condition={sensor.condition} />}
          sub={
            sensor.lastReceivedAt === null ? (
              say.neverHeard
            ) : (
              <>
                {say.lastHeard} <Time at={sensor.lastReceivedAt} form="plain" />
              </>
            )
          }
        />
      ))}
      {pcs.length > 0 && <PcRow lang={props.lang} pcs={pcs} />}
    </List>
  )
}

function PcRow(props: { lang: Lang; pcs: readonly HeardSensor[] }): VNode {
  const say = ownerWords(props.lang).home
  const count = (condition: Condition): number =>
    props.pcs.filter((sensor) => sensor.condition === condition).length
  const words: readonly [Condition, (n: number) => string][] = [
    ['heard', say.pcSeen],
    ['suspect', say.pcLate],
    ['unwatched', say.pcNot],
    ['preparing', say.pcWaiting],
  ]
  return (
    <Row
      href="/devices"
      main={say.pcRow(props.pcs.length)}
      side={words
        .filter(([condition]) => count(condition) > 0)
        .map(([condition, word]) => (
          <Mark key={condition} mark={marks[condition]}>
            {word(count(condition))}
          </Mark>
        ))}
    />
  )
}
