import { randomUUID } from 'node:crypto'
import type { Pool } from '../../src/store/index.ts'

/** An application that waits for a person of the register, which this organisation runs. */
export async function plantApplication(
  superuser: Pool,
  organisation: string,
): Promise<{ readonly application: string }> {
  const application = randomUUID()
  const filled = {
    kind: 'sole',
    name: 'ひみつ商店',
    prefecture: '27',
    town: '東大阪市',
    industry: 'I',
    employees: '1-5',
    person: '隠田 薫',
    email: 'himitsu@himitsu.example',
    level: 'SA1',
    edition: 'jou6',
  }
  await superuser.query(
    `insert into application (id, organisation_id, kind, filled, state, language, email, confirmed_email, started_at, sent_at,
       confirmed_at) values ($1, $2, 'new', $3, 'review', 'ja', $4, $4, now(), now(), now())`,
    [application, organisation, JSON.stringify(filled), filled.email],
  )
  return { application }
}
