import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankForm } from './form.ts'
import { TextArea, TextField } from './kit/field.tsx'
import { Data, Title } from './kit/text.tsx'
import { Row } from './kit/part.tsx'
import { renderPage } from './send.ts'

/** Markup characters far more often than chance would have them. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '-', '|', '\u2028', '\n'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
    fc.constantFrom('</script>', '<!--', ']]>', '&lt;', '<script>'),
  ),
  maxLength: 40,
})

/** The tags of a text, in order. */
const tags = (html: string): string[] => html.match(/<[!/a-z][^\s>]*/gi) ?? []

const page = (text: string): string =>
  renderPage(
    <main>
      <Title>{text}</Title>
      <TextField form={blankForm({ a: text })} name="a" label={text} help={text} />
      <TextArea form={blankForm({ b: text })} name="b" label="b" />
      <ul>
        <Row main={text} href={`/x?q=${encodeURIComponent(text)}`} sub={text} />
      </ul>
      <img alt={text} />
    </main>,
  )

test('whatever a text holds, the tags of the page stay the same', () => {
  const plain = tags(page('x')).join()
  fc.assert(
    fc.property(nasty, (text) => {
      const withoutBreaks = text.replaceAll('|', '/')
      expect(tags(page(withoutBreaks)).join()).toBe(plain)
    }),
    { numRuns: 500 },
  )
})

test('data for a script never ends its element, and comes back as it was', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const html = renderPage(<Data id="d" value={{ text }} />)
      const inner = /^<!doctype html><script type="application\/json" id="d">([\s\S]*)<\/script>$/.exec(
        html,
      )?.[1]
      expect(inner).not.toContain('<')
      expect(JSON.parse(inner ?? '')).toEqual({ text })
    }),
    { numRuns: 500 },
  )
})
