/** The door of promoters: who spreads the scheme, and what it offers to firms that declared. */
export {
  addOffer,
  addPromoter,
  endOffer,
  endPromoter,
  listPromoters,
  type NewOffer,
  type NewPromoter,
  type Offer,
  type Promoter,
  promoterKinds,
} from './promoter.ts'
export { offersFor, qualifies } from './offers-for.ts'
