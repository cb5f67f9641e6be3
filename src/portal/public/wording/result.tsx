import type { VNode } from 'preact'
import { Card, type Lang, Note, Section } from '../../../http/index.ts'
import type { WordingHit } from '../../../wording/index.ts'
import { wordingWords } from './say.ts'

/** A text that was looked at. */
export type Looked = {
  /** Of a page, its address; absent for what was typed. */
  readonly address?: string
  readonly text: string
  readonly hits: readonly WordingHit[]
}

/** So many places are shown of one text; who has more corrects these first. */
const most = 20
/** What stands around a place, in characters. */
const around = 24

export function Result(props: { lang: Lang; looked: readonly Looked[] }): VNode {
  const { lang, looked } = props
  const say = wordingWords(lang)
  const count = looked.reduce((sum, each) => sum + each.hits.length, 0)
  return (
    <div class="mm-section" data-first role="status">
      <p class="mm-verdict" data-valid={count === 0 ? 'yes' : 'no'}>
        {count === 0 ? say.none : say.found(count)}
      </p>
      <p>{count === 0 ? say.noneText : say.foundText}</p>
      {looked
        .filter((each) => each.hits.length > 0)
        .map((each) => (
          <Places key={each.address ?? ''} lang={lang} looked={each} />
        ))}
    </div>
  )
}

function Places(props: { lang: Lang; looked: Looked }): VNode {
  const { lang, looked } = props
  const say = wordingWords(lang)
  const { address, hits } = looked
  return (
    <Section
      id={address === undefined ? 'in-text' : 'on-page'}
      head={address === undefined ? say.inText : say.onPage(address)}
    >
      <div class="mm-stack" data-gap="4">
        {hits.slice(0, most).map((hit) => (
          <Card key={hit.at}>
            <p>
              <Place text={looked.text} hit={hit} />
            </p>
            <p>
              {say.rewrite}
              {lang === 'ja' ? '：' : ': '}
              <strong lang={/[ぁ-ん]/u.test(hit.suggestion) ? 'ja' : 'en'}>{hit.suggestion}</strong>
            </p>
          </Card>
        ))}
      </div>
      {hits.length > most && <Note>{say.more(hits.length - most)}</Note>}
    </Section>
  )
}

/** The words where they stand, marked. */
function Place(props: { text: string; hit: WordingHit }): VNode {
  const { text, hit } = props
  const from = Math.max(0, hit.at - around)
  const end = hit.at + hit.length
  const to = Math.min(text.length, end + around)
  return (
    <>
      {from > 0 && '…'}
      {text.slice(from, hit.at)}
      <mark>{hit.words}</mark>
      {text.slice(end, to)}
      {to < text.length && '…'}
    </>
  )
}
