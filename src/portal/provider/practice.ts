import { decide, recentAlerts } from '../../alert/index.ts'
import { fault } from '../../base/fault.ts'
import { caseList, closeCase } from '../../case/index.ts'
import { listCompanies } from '../../company/index.ts'
import { type Answer, type RouteSpec, route, type SignedCtx } from '../../http/index.ts'
import type { Tx } from '../../store/index.ts'
import { sampleDayCompany } from '../../practice/index.ts'
import type { ProviderParts } from './parts.ts'

/** Starts the sample day of a practice installation again; what its last showing left open is closed as a test. */
export function practiceRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    route({
      method: 'POST',
      path: '/practice/day',
      area: 'provider',
      async handle(ctx: SignedCtx): Promise<Answer> {
        if (ctx.house?.practice !== true) throw fault('NOT_FOUND')
        const companies = await ctx.within(sampleCompany)
        if (companies.length === 0) throw fault('NOT_FOUND')
        await closeLastDay(ctx, companies)
        if (!parts.startDay(ctx.now)) throw fault('NOT_FOUND')
        return { redirect: '/queue?done=day' }
      },
    }),
  ]
}

/** The company whose day it is, when the reader watches it. */
export async function sampleCompany(tx: Tx): Promise<readonly string[]> {
  const all = await listCompanies(tx)
  return all.filter((each) => each.code === sampleDayCompany).map((each) => each.id)
}

async function closeLastDay(ctx: SignedCtx, companies: readonly string[]): Promise<void> {
  const open = await ctx.within(async (tx) => {
    const alerts = await recentAlerts(tx, companies, { limit: 200, now: ctx.now })
    return {
      cases: await caseList(tx, { companies, state: 'open', limit: 200 }),
      alerts: alerts.filter((each) => each.state !== 'closed' && each.state !== 'merged'),
    }
  })
  for (const each of open.cases) {
    await closeCase(ctx.db, ctx.actor, { case: each.id, reason: 'test', note: '', now: ctx.now })
  }
  for (const each of open.alerts) {
    await decide(ctx.db, ctx.actor, {
      alert: each.id,
      decision: { kind: 'closing', reason: 'sensor-test' },
      now: ctx.now,
    }).catch((thrown: unknown) => {
      // Closing its case has closed it already.
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ALERT_CLOSED')) throw thrown
    })
  }
}
