import { vi } from 'vitest'
import type { Browser, BrowserContext } from 'playwright-core'
import { insertToken } from '../../src/device/index.ts'
import { practiceProvider, yamada } from '../../src/practice/index.ts'
import { botnetLine } from '../../src/practice/lines.ts'
import { within } from '../../src/store/index.ts'
import { findIds, type Kind } from '../isolation/world.ts'
import { type Program, startProgram } from '../program.ts'
import type { Lang } from './look.ts'

export type Reader = 'anybody' | 'owner' | 'provider'

/** The practice while it plays, with browsers for each reader. */
export type Stage = {
  readonly program: Program
  readonly startedAt: number
  /** Seconds from the start to the urgent notice, once it is there. */
  untilUrgent(): Promise<number>
  /** A thing of 山田製作所 for each `:param`. */
  ids(): Promise<Readonly<Record<Kind, string>>>
  /** The mailed link of the urgent notice, as a path. */
  mailedLink(): Promise<string>
  /** A context of the browser that is signed in, in one language, with or without JavaScript. */
  context(reader: Reader, options?: { lang?: Lang; script?: boolean }): Promise<BrowserContext>
  /** Another alert, at another company: its gateway stops a call to a criminal's computer. */
  anotherAlert(): Promise<void>
}

const emails = { owner: yamada.people[0]?.email ?? '', provider: practiceProvider.admin.email } as const

export async function setStage(browser: Browser): Promise<Stage> {
  const startedAt = Date.now()
  const program = await startProgram({ practice: true })
  const one = async (text: string, ...values: unknown[]): Promise<string | undefined> =>
    (await program.superuser.query<{ v: string }>(text, values)).rows[0]?.v
  const urgent = `select 'x' as v from notice n join case_alert c on c.alert_id = n.alert_id
     join practice_mail m on m.organisation_id = n.company_id and m.text_body like '%/n/%'
     where n.severity = 'now' and n.handed_at is not null and not n.canary`
  const cookies = new Map<Reader, string>()
  return {
    program,
    startedAt,
    async untilUrgent() {
      const there = async (): Promise<void> => {
        if ((await one(urgent)) === undefined) throw new Error(`no urgent notice yet; ${standing(program)}`)
      }
      await vi.waitFor(there, { timeout: 110_000, interval: 250 })
      return (Date.now() - startedAt) / 1000
    },
    async ids() {
      return findIds(program, {
        yamada: (await one('select id as v from company where code = $1', yamada.code)) ?? '',
        minato: (await one('select provider_id as v from installation')) ?? '',
      })
    },
    async mailedLink() {
      const text = await one(
        `select text_body as v from practice_mail where text_body like '%/n/%' order by at limit 1`,
      )
      return /\/n\/[\w-]+/.exec(text ?? '')?.[0] ?? ''
    },
    async context(reader, { lang = 'ja', script = true } = {}) {
      const context = await browser.newContext({ javaScriptEnabled: script, baseURL: program.baseUrl })
      const kept = cookies.get(reader) ?? (reader === 'anybody' ? '' : await program.signIn(emails[reader]))
      cookies.set(reader, kept)
      await context.addCookies(
        [...kept.split('; ').filter(Boolean), `mm-lang=${lang}`].map((pair) => ({
          name: pair.slice(0, pair.indexOf('=')),
          value: pair.slice(pair.indexOf('=') + 1),
          url: program.baseUrl,
        })),
      )
      return context
    },
    anotherAlert: () => sendAttackElsewhere(program),
  }
}

/** How the program does, for when it does not do what it should. */
function standing(program: Program): string {
  const state = program.running.watch()?.state()
  const { rules, setAside, troubled, uptoBatch, findings, lagMs } = state?.detector ?? {}
  const told = { rules: rules?.active, red: rules?.red, setAside, troubled, uptoBatch, findings, lagMs }
  return `${JSON.stringify(told)} ${program.troubles.join('; ')}`
}

async function sendAttackElsewhere(program: Program): Promise<void> {
  const { rows } = await program.superuser.query<{ company: string; sensor: string }>(
    `select company_id as company, id as sensor from sensor where class = 'utm' and canary is null
     and company_id = (select id from company where code = 'M-0291')`,
  )
  const [found] = rows
  if (found === undefined) throw new Error('BUG: みどり園芸 has no gateway')
  const token = await within(program.running.store.app, { organisations: [found.company] }, (tx) =>
    insertToken(tx, { ...found, by: null }),
  )
  const at = { host: 'FGT-MIDORI', from: '192.168.29.51', to: '203.0.113.66' }
  const answer = await fetch(`${program.baseUrl}/ingest/v1/fortigate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
    body: botnetLine(Date.now(), at),
  })
  if (!answer.ok) throw new Error(`the line was answered with ${answer.status} ${await answer.text()}`)
}
