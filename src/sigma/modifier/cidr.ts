import { readNetwork } from '../address.ts'
import { refuse } from '../problem.ts'
import { eachValue, type Modifier, mustComeFirst } from './modifier.ts'

/** The field is an address inside the network. A value that is no address is simply outside. */
export const cidr: Modifier = (draft, word) => {
  mustComeFirst(draft, word)
  return eachValue(draft, (value) => {
    if (value.kind !== 'text') return refuse('`cidr` takes a network such as 192.0.2.0/24', draft.path)
    const network = readNetwork(value.raw)
    if (typeof network === 'string') return refuse(network, draft.path)
    return [{ kind: 'test', test: { kind: 'cidr', network } }]
  })
}
