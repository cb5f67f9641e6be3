import { prefectureCode } from '../base/prefecture.ts'
import { type Instant, jstDate } from '../base/time.ts'
import { findCompany, findDetail } from '../company/index.ts'
import { declarationInForce } from '../declaration/index.ts'
import type { Tx } from '../store/index.ts'
import { type Offer, standingOffers } from './promoter.ts'

/** What an offer asks about a firm. */
type Firm = {
  readonly level: 'SA1' | 'SA2' | undefined
  /** Code, where known. */
  readonly prefecture: string | undefined
  readonly industry: string | undefined
}

const stars = { SA1: 1, SA2: 2 } as const

/** Whether an offer is for this firm on this day: declared highly enough, in the right place and trade, not over. */
export function qualifies(offer: Offer, firm: Firm, today: string): boolean {
  if (firm.level === undefined || stars[firm.level] < stars[offer.level]) return false
  if (today < offer.startsOn || (offer.endsOn !== null && today > offer.endsOn)) return false
  const among = (list: readonly string[], one: string | undefined): boolean =>
    list.length === 0 || (one !== undefined && list.includes(one))
  return among(offer.prefectures, firm.prefecture) && among(offer.industries, firm.industry)
}

/** The offers that one company qualifies for today, and how many more a higher star would bring. */
export async function offersFor(
  tx: Tx,
  company: string,
  now: Instant,
): Promise<{ readonly offers: readonly Offer[]; readonly moreWithTwoStars: number }> {
  const [offers, found, detail, declared] = [
    await standingOffers(tx),
    await findCompany(tx, company),
    await findDetail(tx, company),
    await declarationInForce(tx, company),
  ]
  const firm: Firm = {
    level: declared?.level,
    prefecture: prefectureCode(found?.prefecture ?? ''),
    industry: detail?.industry ?? undefined,
  }
  const today = jstDate(now)
  const fits = offers.filter((offer) => qualifies(offer, firm, today))
  const then = offers.filter((offer) => qualifies(offer, { ...firm, level: 'SA2' }, today))
  return { offers: fits, moreWithTwoStars: then.length - fits.length }
}
