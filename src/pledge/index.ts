/** The door of the basic items. */
export {
  editionBefore,
  editionOf,
  itemsOf,
  newestEdition,
  newItems,
  type Pledge,
  type PledgeEditionId,
} from './pledge.ts'
export { draftOf, listPledges, pledgeOf, pledgeText, type Tick, ticksOf } from './store.ts'
export { againstOf, type Closing, closeTask, knownOf, type Task, tasksOf, type Why } from './to-do.ts'
export { confirmPledge, hashOf, mayConfirm, tickItem } from './work-on.ts'
