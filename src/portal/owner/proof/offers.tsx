import type { VNode } from 'preact'
import { type Answer, Card, OwnerPage, route, type SignedCtx, Title } from '../../../http/index.ts'
import { type Offer, offersFor } from '../../../promoter/index.ts'
import { proofWords } from '../../shared/proof-words.ts'
import { ownerNav } from '../say.ts'

/** What promoters offer to this company because it declared. */
export const offers = route({
  method: 'GET',
  path: '/offers',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const company = ctx.actor.organisation
    const found = await ctx.inCompany(company, (tx) => offersFor(tx, company, ctx.now))
    return { page: <OffersPage ctx={ctx} offers={found.offers} more={found.moreWithTwoStars} /> }
  },
})

function OffersPage(props: { ctx: SignedCtx; offers: readonly Offer[]; more: number }): VNode {
  const { ctx } = props
  const say = proofWords(ctx.lang)
  const mine = say.offersForYou
  return (
    <OwnerPage
      ctx={ctx}
      title={mine.title}
      nav={ownerNav(ctx.lang)}
      current="stars"
      width="reading"
      back={{ href: '/stars', text: say.back }}
    >
      <Title>{mine.title}</Title>
      <p class="mm-lead">{mine.lead}</p>
      <div class="mm-section mm-stack" data-first>
        {props.offers.length === 0 && <p>{mine.none}</p>}
        {props.offers.map((offer) => (
          <Card key={offer.id} title={offer.title}>
            <p>{offer.text}</p>
            <p>
              {mine.contact}
              {offer.contact}
            </p>
            <p class="mm-note">
              {mine.from(offer.promoterName)}・
              {offer.endsOn === null ? (
                say.promoters.untilFurther
              ) : (
                <>
                  <time dateTime={offer.endsOn}>{offer.endsOn.replaceAll('-', '/')}</time> {mine.until}
                </>
              )}
            </p>
          </Card>
        ))}
        {props.more > 0 && <p>{mine.more(props.more)}</p>}
      </div>
    </OwnerPage>
  )
}
