import { listen } from '../store/index.ts'
import {
  hearAlertDecided,
  hearAlertGrew,
  hearAlertRaised,
  hearSilenceEnded,
  hearSilenceFound,
} from './make-notice.ts'

/** Registers what notices do when others' messages arrive. Called once, when the program is put together. */
export function hearForNotices(): void {
  listen('alert.raised', (tx, message, now) => hearAlertRaised(tx, message.id, now))
  listen('alert.grew', (tx, message, now) => hearAlertGrew(tx, message.id, now))
  listen('alert.decided', (tx, message, now) => hearAlertDecided(tx, message.id, now))
  listen('silence.found', (tx, message, now) => hearSilenceFound(tx, message.id, now))
  listen('silence.ended', (tx, message, now) => hearSilenceEnded(tx, message.id, now))
}
