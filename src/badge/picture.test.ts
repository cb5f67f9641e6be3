import jsqrModule from 'jsqr'
import { describe, expect, test } from 'vitest'
import { badgeSnippet, badgeSvg, type PictureOf } from './picture.ts'
import { wednesday, yamada } from './test-register.ts'

const baseUrl = 'https://touroku.example.jp'
const entry = { ...yamada, number: 'OSK-7K3M9QPTN', status: 'active' as const, statusSince: wednesday }
const svg = (of: Partial<PictureOf['entry']> = {}, more: Partial<PictureOf> = {}) =>
  badgeSvg({ entry: { ...entry, ...of }, baseUrl, lang: 'ja', since: '2026-11-25', ...more })

/** Reads the code of the picture back: paints its bars, then looks at the pixels as a camera program does. */
function readCode(picture: string): string | undefined {
  const found = /translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)" fill="#000000" d="([^"]+)"/.exec(picture)
  const bars = [...(found?.[4] ?? '').matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((bar) =>
    bar.slice(1).map(Number),
  )
  const modules = Math.max(...bars.map(([x = 0, , width = 0]) => x + width))
  const side = (modules + 8) * 4
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [x = 0, y = 0, width = 0] of bars)
    for (let py = (y + 4) * 4; py < (y + 5) * 4; py += 1)
      for (let px = (x + 4) * 4; px < (x + width + 4) * 4; px += 1)
        pixels.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3)
  return jsqrModule.default(pixels, side, side)?.data
}

/** Whether every tag is closed, every attribute quoted and nothing stands bare: enough of XML 1.0 for what we write. */
function problemsOf(picture: string): string[] {
  const open: string[] = []
  const problems: string[] = []
  const rest = picture.replaceAll(
    /<(\/?)([\w:]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_all, end: string, name: string, _attributes, single: string) => {
      if (end && open.pop() !== name) problems.push(`</${name}> closes nothing`)
      if (!end && !single) open.push(name)
      return ''
    },
  )
  if (open.length > 0) problems.push(`open: ${open.join()}`)
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest)) problems.push(`bare: ${rest}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
  if (
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/.test(
      picture.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''),
    )
  )
    problems.push('characters')
  return problems
}

describe('the picture of a badge', () => {
  test('says what it is in text, and carries the credential', () => {
    const picture = svg({}, { token: 'eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln' })
    for (const words of [
      '自己宣言 二つ星',
      '株式会社山田製作所',
      '2026年11月20日 宣言',
      'OSK-7K3M9QPTN',
      '認証・認定ではありません',
    ])
      expect(picture).toContain(words)
    expect(picture).toMatch(/<metadata><vc:credential [^>]+>eyJhbGciOiJFUzI1NiJ9\.eyJhIjoxfQ\.c2ln</)
    expect(picture).not.toMatch(/<script|<image|<foreignObject|href=|style=|\bon\w+=/)
    expect(svg({}, { lang: 'en' })).toContain('Self-declared: two stars')
    expect(problemsOf(picture)).toEqual([])
  })

  test('holds a code that leads to the entry, also when it is grey, and for every sign a number may end with', () => {
    expect(readCode(svg())).toBe(`${baseUrl}/registry/entries/OSK-7K3M9QPTN`)
    expect(readCode(svg({ status: 'stopped' }))).toBe(`${baseUrl}/registry/entries/OSK-7K3M9QPTN`)
    for (const sign of ['*', '~', '$', '=', 'U']) {
      const address = readCode(svg({ number: `OSK-7K3M9QPT${sign}` })) ?? ''
      expect(decodeURIComponent(new URL(address).pathname)).toBe(`/registry/entries/OSK-7K3M9QPT${sign}`)
    }
  })

  test('turns grey and says so when the declaration is suspended or has ended', () => {
    const paused = svg({ status: 'suspended' })
    const ended = svg({ status: 'stopped' })
    expect(paused).toContain('自己宣言は、一時停止中<')
    expect(ended).toContain('自己宣言は、終わりました<')
    for (const picture of [paused, ended]) {
      expect(picture).not.toContain('#0b5c66')
      expect(picture).toContain('2026年11月25日から')
      expect(picture).not.toContain('二つ星')
      expect(problemsOf(picture)).toEqual([])
    }
  })

  test('stays one well-formed picture whatever the company is called', () => {
    const names = [
      '</text></svg><script>alert(1)</script>',
      '"><image href="https://example.com/x"/>',
      "A&B 'C' <D> ]]> <!-- <?x?> <![CDATA[",
      '&lt;&#0;&unknown;',
      '山\u0000田\u001b\ud800製\uffff作\u202e所',
      '',
      '𠮷野家👩‍👩‍👧‍👦'.repeat(40),
    ]
    for (const name of names) {
      const picture = svg({ name })
      expect(problemsOf(picture), name).toEqual([])
      expect(picture).not.toMatch(/<(?!\/?(?:svg|title|desc|rect|path|text|tspan)[ >/])/)
      expect(picture.match(/<svg /g)).toHaveLength(1)
    }
  })
})

test('what a company pastes is a link and a picture, without script, and escaped', () => {
  const snippet = badgeSnippet({
    baseUrl,
    lang: 'ja',
    entry: { number: 'OSK-7K3M9QPT$', name: '"><script>山田' },
  })
  expect(snippet).toBe(
    '<a href="https://touroku.example.jp/registry/entries/OSK-7K3M9QPT%24">' +
      '<img src="https://touroku.example.jp/badges/OSK-7K3M9QPT%24.svg" width="360" height="156" alt="&quot;&gt;&lt;script&gt;山田の自己宣言を、登録簿で確かめる"></a>',
  )
})
