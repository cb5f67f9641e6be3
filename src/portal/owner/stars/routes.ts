import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { account, keepAccount } from './account.tsx'
import { change, edition, told } from './change.tsx'
import { details, keepDetails } from './details.tsx'
import { chooseGoals, goals } from './goals.tsx'
import { history } from './history.tsx'
import { hub } from './hub.tsx'
import { logo, logoFile, removeLogo, uploadLogo } from './logo.tsx'
import { confirmNotice, differences, notice, seeDifferences } from './notice.tsx'
import { numberRoutes } from './number.tsx'
import { prepare } from './prepare.tsx'
import { enterRegister, ownRegister } from './registry.tsx'
import { stop, stopped } from './stop.tsx'
import { text } from './text.tsx'

/** The way to one and two stars: gates, preparation, number, changes. */
export function starsRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [
    hub,
    notice,
    confirmNotice,
    differences,
    seeDifferences,
    account,
    keepAccount,
    prepare(parts),
    ...numberRoutes,
    goals,
    chooseGoals,
    change,
    told,
    edition,
    stop,
    stopped,
    history,
    text,
    logo,
    uploadLogo,
    removeLogo,
    logoFile,
    ownRegister,
    enterRegister(parts),
    details,
    keepDetails,
  ]
}
