import type { RouteSpec } from '../../http/index.ts'
import { alertRoutes } from './alert.tsx'
import { caseRoutes } from './case.tsx'
import { registryDeskRoutes } from './registry/routes.ts'
import { promoterRoutes } from './promoter/routes.ts'
import { companyStarsRoutes } from './stars/routes.ts'
import { cases } from './cases.tsx'
import { companies, makeCompany, newCompany } from './companies.tsx'
import { company } from './company.tsx'
import { companyForms } from './company-forms.tsx'
import { decideRoutes } from './decide.ts'
import { holdingRoutes } from './holding.tsx'
import { mail, mailbox } from './mailbox.tsx'
import type { ProviderParts } from './parts.ts'
import { newsRoutes } from './news.tsx'
import { plan, savePlanRoute } from './plan.tsx'
import { practiceRoutes } from './practice.ts'
import { queueRoutes } from './queue.tsx'
import { rulesRoutes } from './rules.tsx'
import { sensorRoutes } from './sensor.tsx'
import { staffRoutes } from './staff.tsx'
import { watchRoutes } from './watch.tsx'

export type { ProviderParts, ProviderState } from './parts.ts'

/** The pages of the people who watch and keep the desk. */
export function providerRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    ...queueRoutes(parts),
    ...alertRoutes(parts),
    ...decideRoutes,
    cases,
    ...caseRoutes,
    ...watchRoutes(parts),
    ...holdingRoutes(parts),
    companies,
    newCompany,
    makeCompany(parts),
    company,
    ...companyForms(parts),
    plan,
    savePlanRoute,
    ...sensorRoutes(parts),
    ...rulesRoutes(parts),
    ...staffRoutes(parts),
    mailbox,
    mail,
    ...practiceRoutes(parts),
    ...newsRoutes,
    ...registryDeskRoutes(parts),
    ...promoterRoutes(parts),
    ...companyStarsRoutes(parts),
  ]
}
