import type { ComponentChildren, VNode } from 'preact'
import { type Ctx, PhoneLink, Prose, PublicPage, Section, Tag, Title } from '../../http/index.ts'
import { words } from './words.ts'

function Preparing(props: {
  ctx: Ctx
  page: { readonly title: string; readonly text: string; readonly later: readonly string[] }
  english?: boolean
  now: ComponentChildren
}): VNode {
  const { ctx, page } = props
  const say = words[ctx.lang]
  return (
    <PublicPage ctx={ctx} title={page.title} width="reading" back={{ href: '/', text: say.back }}>
      <Title>
        <span lang={props.english ? 'en' : undefined}>{page.title}</span>
      </Title>
      <p>
        <Tag>{say.preparing}</Tag> {say.notYet(page.title)}
      </p>
      <div class="mm-section" data-first>
        <Prose>
          <p>{page.text}</p>
        </Prose>
      </div>
      <Section id="now" head={say.now}>
        <Prose>
          {props.now}
          {ctx.house && (
            <p>
              <PhoneLink phone={ctx.house.deskPhone} /> <span lang="ja">{ctx.house.deskHours}</span>
            </p>
          )}
        </Prose>
      </Section>
      <Section id="later" head={say.later}>
        <ul class="mm-bullets">
          {page.later.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </Section>
    </PublicPage>
  )
}

/** Demonstration programmes: not here yet. */
export function ProgrammesPage(props: { ctx: Ctx }): VNode {
  const page = words[props.ctx.lang].programme
  return <Preparing ctx={props.ctx} page={page} now={<p>{page.now}</p>} />
}

/** SC3: not here yet. */
export function ChainPage(props: { ctx: Ctx }): VNode {
  const page = words[props.ctx.lang].chain
  return <Preparing ctx={props.ctx} page={page} english now={<p>{page.now}</p>} />
}
