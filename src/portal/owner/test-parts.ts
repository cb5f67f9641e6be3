import { makeAccess } from '../../access/index.ts'
import { makeSeal } from '../../seal/index.ts'
import type { Pool } from '../../store/index.ts'
import { makeVisit } from '../../visit/index.ts'
import type { OwnerParts } from './parts.ts'

const secret = 'a secret of the tests, long enough'
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The parts of the owner's pages over a test database; `mails` collects what was sent. */
export function testOwnerParts(app: Pool, mails: unknown[] = []): OwnerParts {
  return {
    access: makeAccess({
      app,
      signIn: app,
      secret,
      baseUrl: 'http://localhost:8080',
      sendMail: (mail) => {
        mails.push(mail)
        return Promise.resolve()
      },
      log: quiet,
    }),
    seal: makeSeal({ pool: app, secret }),
    visit: makeVisit(),
  }
}
