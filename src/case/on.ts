import { listen } from '../store/index.ts'
import {
  type CloseAlert,
  hearAlertDecided,
  hearNoticeAnswered,
  hearNoticeHanded,
  hearSilenceEnded,
} from './hear-notice.ts'
import { doors } from './work-case.ts'

/**
 * Registers what cases do when others' messages arrive. Called once, when the program is put together.
 * @param closers.closeAlert the alert's door: without it an alert stays open when the owner explains it or its case closes
 */
export function hearForCases(closers: { readonly closeAlert?: CloseAlert } = {}): void {
  doors.closeAlert = closers.closeAlert
  listen('notice.handed', (tx, message, now) => hearNoticeHanded(tx, message.id, now))
  listen('notice.answered', (tx, message, now) =>
    hearNoticeAnswered(tx, { notice: message.id, answer: message.answer, closeAlert: doors.closeAlert }, now),
  )
  listen('silence.ended', (tx, message, now) => hearSilenceEnded(tx, message.id, now))
  listen('alert.decided', (tx, message, now) => hearAlertDecided(tx, message.id, now))
}
