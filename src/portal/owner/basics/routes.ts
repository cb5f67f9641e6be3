import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { close, closing, erase, erasure } from './closing.tsx'
import { confirm, confirmation, done } from './confirmation.tsx'
import { item, restoreTests, tick } from './item.tsx'
import { list } from './list.tsx'
import { printed, toDos } from './to-dos.tsx'

/** The basic items and the to-do list. */
export function basicsRoutes(_parts: OwnerParts): readonly RouteSpec[] {
  return [
    list,
    confirmation,
    confirm,
    done,
    restoreTests,
    item,
    tick,
    toDos,
    printed,
    closing,
    close,
    erasure,
    erase,
  ]
}
