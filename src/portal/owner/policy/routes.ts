import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { approval, approve } from './approve.tsx'
import { article, standardArticle, wordArticle } from './article.tsx'
import { check } from './check.tsx'
import { policyHome, policyLanguage } from './home.tsx'
import { hostingRoutes } from './hosting.tsx'
import { outputRoutes } from './outputs.ts'
import { answerQuestion, question } from './question.tsx'
import { keepReview, review } from './review.tsx'
import { staffMailRoutes } from './staff-mail.tsx'
import { versionRoutes, versions } from './version.tsx'

/** The basic policy: wizard, preview, approval, outputs. */
export function policyRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [
    policyHome,
    policyLanguage,
    question,
    answerQuestion,
    article,
    wordArticle,
    standardArticle,
    check,
    approval,
    approve,
    review,
    keepReview,
    versions,
    ...versionRoutes(parts),
    ...outputRoutes(parts),
    ...staffMailRoutes(parts),
    ...hostingRoutes(parts),
  ]
}
