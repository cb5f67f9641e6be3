import { expect, test } from 'vitest'
import { drawPdf, readPdf } from '../../document/test-read.ts'
import { compose, textOf } from '../compose.ts'
import { startDraft } from '../draft.ts'
import { policyHtml } from './html.tsx'
import {
  policyDocx,
  policyPdf,
  policyPlainText,
  policyPoster,
  type PolicySheet,
  staffMail,
} from './outputs.ts'

const draft = startDraft(
  {
    name: '株式会社髙﨑製作所㈱①',
    employees: 18,
    representativeTitle: '代表取締役',
    representativeName: '髙﨑 一郎',
    phone: '045-000-0000',
  },
  'ja',
  '2026-11-23',
)
const url = 'https://mimamori.example/published/k3vm-9xq2'
const sheet: PolicySheet = {
  ...textOf(compose(draft)),
  lang: 'ja',
  company: '株式会社髙﨑製作所㈱①',
  number: 1,
  url,
}
const hostile: PolicySheet = {
  ...sheet,
  company: '#panic("x") <b>$x$</b>',
  preamble: '#read("/etc/passwd") *a* _b_ @c <script>alert(1)</script>',
  articles: [{ title: '= 見出し', text: '$ sum_(k=1)^n k $ {{company_name}}\n二行目 &amp; "引用"' }],
}
const tight = (text: string): string => text.replaceAll(/\s/g, '')

test('the A4 sheet holds the whole text on tagged pages', async () => {
  const read = await readPdf(await policyPdf(sheet))
  expect(read).toMatchObject({ tagged: true, lang: 'ja-JP', width: 210, height: 297 })
  expect(read.title).toBe('株式会社髙﨑製作所㈱① 情報セキュリティ基本方針')
  const all = tight(read.pages.join(''))
  for (const { title, text } of sheet.articles) {
    expect(all).toContain(tight(title))
    expect(all).toContain(tight(text))
  }
  for (const line of sheet.closing) expect(all).toContain(tight(line))
  expect(all).toContain('令和8年（2026年）11月23日制定')
})

test('the poster is one A3 page, also for a long text, and its code leads to the public page', async () => {
  const poster = await policyPoster(sheet)
  expect(await readPdf(poster)).toMatchObject({ pages: { length: 1 }, width: 297, height: 420 })
  expect((await drawPdf(poster)).code).toBe(url)
  const long = {
    ...sheet,
    url: undefined,
    articles: sheet.articles.map((one) => ({ ...one, text: one.text.repeat(3) })),
  }
  expect((await readPdf(await policyPoster(long))).pages).toHaveLength(1)
})

test('no text of a company is evaluated in any of the outputs', async () => {
  for (const pdf of [await policyPdf(hostile), await policyPoster(hostile)]) {
    const all = tight((await readPdf(pdf)).pages.join(''))
    expect(all).toContain(tight(hostile.preamble))
    expect(all).toContain(tight('1. = 見出し'))
    expect(all).toContain(tight('$ sum_(k=1)^n k $ {{company_name}}'))
  }
  const html = policyHtml(hostile)
  expect(html).not.toContain('<script>')
  expect(html).toContain('&lt;script>alert(1)&lt;/script>')
  expect(html).toContain('{{company_name}}')
  expect(policyPlainText(hostile)).toContain('&amp; "引用"')
  expect((await policyDocx(hostile)).length).toBeGreaterThan(4_000)
})

test('the HTML file needs nothing from elsewhere', () => {
  const html = policyHtml(sheet)
  expect(html).toMatch(/^<!doctype html>\n<html lang="ja">/)
  expect(html).not.toMatch(/(src|href)=/)
  expect(html).toContain('<title>情報セキュリティ基本方針｜株式会社髙﨑製作所㈱①</title>')
})

test('the message to the staff says what to do, and where the policy stands', () => {
  const mail = staffMail(sheet, '代表取締役 髙﨑 一郎')
  expect(mail.text).toContain('「読みました」と返事をください')
  expect(mail.text).toContain(url)
  expect(mail.text).toContain(sheet.closing[0])
  expect(staffMail({ ...sheet, url: undefined }, '髙﨑').text).toContain('全文は下にあります')
})
