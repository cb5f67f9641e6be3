import type { VNode } from 'preact'
import { type Declaration, mayDeclare, sayDate } from '../../../declaration/index.ts'
import { Card, Code, type Fact, Facts, List, Row, Section, type SignedCtx } from '../../../http/index.ts'
import type { Hub } from './hub-type.ts'
import { starWords } from './say.tsx'

/** What the company declared, as it was declared, and what it may do with it. */
export function Declared({ ctx, hub }: { ctx: SignedCtx; hub: Hub }): VNode {
  const say = starWords(ctx.lang).hub
  const legacy = hub.official?.declared?.system === 'legacy'
  const links = [
    { href: '/stars/text', text: say.links.text },
    { href: '/stars/logo', text: say.links.logo },
    { href: '/stars/change', text: say.links.change },
    ...(mayDeclare(ctx.actor) ? [{ href: '/stars/stop', text: say.links.stop }] : []),
  ]
  return (
    <Section id="now" head={say.now}>
      {hub.official && <Facts rows={factsOf(ctx, hub.official)} />}
      {legacy && (
        <Card tone="quiet">
          <p>{say.legacy}</p>
        </Card>
      )}
      {hub.own && <Facts rows={ownFacts(ctx, hub, hub.own)} />}
      <List>
        {links.map((link) => (
          <Row key={link.href} href={link.href} main={link.text} />
        ))}
      </List>
    </Section>
  )
}

function factsOf(ctx: SignedCtx, it: Declaration): Fact[] {
  const say = starWords(ctx.lang)
  const { facts } = say.hub
  const { declared, listed, confirmedEdition } = it
  const edition = declared?.pledgeEdition
  return [
    { name: facts.level, value: say.marked[it.level] },
    { name: facts.number, value: <Code>{declared?.officialId ?? ''}</Code> },
    ...(declared?.system ? [{ name: facts.system, value: facts.systems[declared.system] }] : []),
    { name: facts.on, value: sayDate(declared?.declaredOn ?? '', ctx.lang), note: facts.onNote },
    {
      name: facts.edition,
      value: edition === undefined ? facts.editionUnknown : facts.editions[edition],
      ...(confirmedEdition && { note: facts.confirmed(facts.editions[confirmedEdition]) }),
    },
    { name: facts.listed, value: listed === undefined ? facts.listedNot : facts.listedBy[listed.result] },
  ]
}

function ownFacts(ctx: SignedCtx, { entry, registry }: Hub, it: Declaration): Fact[] {
  const say = starWords(ctx.lang)
  const { facts } = say.hub
  const number = it.declared?.ownNumber ?? ''
  const name = ctx.lang === 'ja' ? registry?.name : registry?.nameEn
  return [
    { name: facts.level, value: `${say.marked[it.level]}${name === undefined ? '' : `（${name}）`}` },
    { name: facts.ownNumber, value: <Code>{number}</Code> },
    { name: facts.on, value: sayDate(it.declared?.declaredOn ?? '', ctx.lang) },
    ...(entry
      ? [
          {
            name: facts.entry,
            value: <a href={`/registry/entries/${encodeURIComponent(number)}`}>{facts.entryLink}</a>,
            note: facts.entryState[entry.status],
          },
        ]
      : []),
  ]
}
