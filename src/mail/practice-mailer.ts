import type { Instant } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'
import { headerLine, type Mail, type Mailer } from './mailer.ts'

/** Mails of a practice installation: kept in a mailbox page, sent to nobody. */
export function practiceMailer(pool: Pool, clock: () => Instant = Date.now): Mailer {
  return {
    async send(mail: Mail) {
      await within(pool, { organisations: [mail.organisation] }, (tx) =>
        tx.run(
          `insert into practice_mail (id, organisation_id, at, to_address, subject, text_body, html_body)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [
            newId(),
            mail.organisation,
            moment(clock()),
            mail.to,
            headerLine(mail.subject),
            mail.text,
            mail.html,
          ],
        ),
      )
    },
  }
}

/** A mail in the mailbox of the practice. */
export type PracticeMail = {
  readonly id: string
  readonly organisation: string
  readonly at: Instant
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const columns = `id, organisation_id as organisation, at, to_address as to, subject, text_body as text, html_body as html`

/** The newest mails to one organisation's people. */
export async function listPracticeMail(tx: Tx, organisation: string, limit = 50): Promise<PracticeMail[]> {
  return tx.rows<PracticeMail>(
    `select ${columns} from practice_mail where organisation_id = $1 order by at desc, id limit $2`,
    [organisation, limit],
  )
}

/** One mail of the scope. */
export async function findPracticeMail(tx: Tx, id: string): Promise<PracticeMail | undefined> {
  return tx.one<PracticeMail>(`select ${columns} from practice_mail where id = $1`, [id])
}
