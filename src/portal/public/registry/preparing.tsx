import type { VNode } from 'preact'
import { type Ctx, List, PublicPage, Row, Section, Title } from '../../../http/index.ts'
import { ipaSearch, words } from './words.ts'

/** Where no register runs: says so, and what there is instead. */
export function PreparingPage({ ctx }: { ctx: Ctx }): VNode {
  const { preparing } = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={preparing.title} width="reading">
      <Title>{preparing.title}</Title>
      <p class="mm-lead">{preparing.lead}</p>
      <Section id="now" head={preparing.existsHead}>
        <List>
          <Row href={ipaSearch} main={preparing.ipa} />
          <Row href="/security-action" main={preparing.action} />
          <Row href="/verify" main={preparing.verify} />
          <Row href="/check" main={preparing.check} />
        </List>
      </Section>
    </PublicPage>
  )
}
