import type { VNode } from 'preact'
import { fault } from '../../base/fault.ts'
import {
  type Company,
  findCompany,
  listPeople,
  listSites,
  type Person,
  type Site,
} from '../../company/index.ts'
import {
  type Answer,
  Code,
  Facts,
  List,
  OwnerPage,
  route,
  Row,
  Section,
  type SignedCtx,
  Title,
} from '../../http/index.ts'
import { ownerNav, ownerWords } from './say.ts'

/** What is kept of the company itself: who is called in which order, and where it is. */
export const company = route({
  method: 'GET',
  path: '/company',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const id = ctx.actor.organisation
    const read = await ctx.inCompany(id, async (tx) => ({
      company: await findCompany(tx, id),
      people: await listPeople(tx, id),
      sites: await listSites(tx, id),
    }))
    if (read.company === undefined) throw fault('NOT_FOUND')
    return { page: <CompanyPage ctx={ctx} company={read.company} people={read.people} sites={read.sites} /> }
  },
})

function CompanyPage(props: {
  ctx: SignedCtx
  company: Company
  people: readonly Person[]
  sites: readonly Site[]
}): VNode {
  const { ctx, company: it } = props
  const say = ownerWords(ctx.lang).company
  return (
    <OwnerPage ctx={ctx} title={say.title} nav={ownerNav(ctx.lang)} current="company" width="reading">
      <Title>{say.title}</Title>
      <Section id="about" head={say.about}>
        <Facts
          rows={[
            { name: say.name, value: it.name },
            { name: say.code, value: <Code>{it.code}</Code> },
            { name: say.number, value: it.corporateNumber ?? say.unknown },
            { name: say.trade, value: it.trade ?? say.unknown },
            { name: say.employees, value: it.employees === null ? say.unknown : say.count(it.employees) },
          ]}
        />
        <p class="mm-note">{say.changeHelp}</p>
      </Section>
      <Section id="people" head={say.people}>
        <List>
          {props.people.map((person) => (
            <Row
              key={person.id}
              main={person.name}
              sub={
                <>
                  {person.contactOrder === null ? say.noOrder : say.order(person.contactOrder)}・
                  {person.email}
                  {person.phone !== null && `・${person.phone}`}
                </>
              }
            />
          ))}
        </List>
      </Section>
      <Section id="sites" head={say.sites}>
        {props.sites.length === 0 ? (
          <p>{say.unknown}</p>
        ) : (
          <List>
            {props.sites.map((site) => (
              <Row key={site.id} main={site.name} sub={site.address ?? undefined} />
            ))}
          </List>
        )}
      </Section>
    </OwnerPage>
  )
}
