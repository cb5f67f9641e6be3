import { fault } from '../../../base/fault.ts'
import {
  type Answer,
  ConfirmBody,
  OwnerPage,
  type RouteSpec,
  route,
  type SignedCtx,
} from '../../../http/index.ts'
import { proofOf, revokeProof } from '../../../proof/index.ts'
import { proofWords } from '../../shared/proof-words.ts'
import { ownerNav } from '../say.ts'

const common = {
  path: '/proofs/:proof/ending',
  area: 'owner',
  roles: ['owner'],
  ids: { proof: 'proof' },
} as const

/** Asks once more, then ends the link of a pack. */
export const endingRoutes: readonly RouteSpec[] = [
  route({
    ...common,
    method: 'GET',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const company = ctx.actor.organisation
      const proof = ctx.params['proof'] ?? ''
      const found = await ctx.inCompany(company, (tx) => proofOf(tx, { company, proof }))
      if (found === undefined) throw fault('NOT_FOUND')
      const say = proofWords(ctx.lang)
      return {
        page: (
          <OwnerPage
            ctx={ctx}
            title={say.revokeTitle}
            nav={ownerNav(ctx.lang)}
            current="stars"
            width="reading"
          >
            <ConfirmBody
              title={say.revokeTitle}
              action={`/proofs/${proof}/ending`}
              submit={say.revokeAct}
              kind="danger"
              back={{ href: '/proofs', text: say.backToList }}
            >
              <p>
                {say.for}：{found.recipient}
              </p>
              <p>{say.revokeText}</p>
            </ConfirmBody>
          </OwnerPage>
        ),
      }
    },
  }),
  route({
    ...common,
    method: 'POST',
    async handle(ctx: SignedCtx): Promise<Answer> {
      await revokeProof(ctx.db, ctx.actor, { proof: ctx.params['proof'] ?? '', now: ctx.now })
      return { redirect: '/proofs?done=revoked' }
    },
  }),
]
