import { type AlertDetail, alertDetail } from '../../alert/index.ts'
import type { Instant } from '../../base/time.ts'
import { listPeople, type Person } from '../../company/index.ts'
import {
  type NoticeRow,
  noticesOfAlert,
  type NoticeView,
  noticeView,
  type Preview,
  previewNotice,
} from '../../notice/index.ts'
import type { Tx } from '../../store/index.ts'

/** One alert with everything that an analyst decides by. */
export type Chosen = {
  readonly detail: AlertDetail
  readonly people: readonly Person[]
  readonly preview: Preview
  readonly notices: readonly NoticeRow[]
  readonly sent: NoticeView | undefined
}

/** Reads one alert for the panes. */
export async function readChosen(tx: Tx, id: string, now: Instant): Promise<Chosen> {
  const detail = await alertDetail(tx, id, now)
  const notices = await noticesOfAlert(tx, id)
  const newest = notices[0]
  return {
    detail,
    people: await listPeople(tx, detail.company),
    preview: await previewNotice(tx, id, now),
    notices,
    sent: newest === undefined ? undefined : await noticeView(tx, newest.id, { now }),
  }
}
