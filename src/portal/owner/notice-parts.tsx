import type { VNode } from 'preact'
import { Dont, Steps } from '../../http/index.ts'

type Slots = { readonly todo: readonly string[]; readonly doNot: readonly string[] }

/** What to do, and what not to do. */
export function TodoSlots(props: { texts: Slots }): VNode {
  const { todo, doNot } = props.texts
  return (
    <>
      {todo.length === 1 ? <p>{todo[0]}</p> : <Steps items={todo} />}
      {doNot.length > 0 && <Dont items={doNot} />}
    </>
  )
}
