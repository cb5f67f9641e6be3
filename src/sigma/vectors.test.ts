import { describe, expect, test } from 'vitest'
import { matches, matchesDetection, refusal } from './test-kit.ts'

type Event = Readonly<Record<string, unknown>>
type Vector = readonly [name: string, selection: unknown, fires: readonly Event[], stays: readonly Event[]]

const a = (...values: readonly unknown[]): readonly Event[] => values.map((A) => ({ A }))

/** The table of the language reference: what every implementation must pass. */
const vectors: readonly Vector[] = [
  ['1 a star is a wildcard', { A: 'x*' }, a('xy', 'x', 'X\n1'), a('yx')],
  ['1 an escaped star is a star', { A: 'x\\*' }, a('x*'), a('xy')],
  ['2 an escaped backslash leaves the star a wildcard', { A: 'a\\\\*' }, a('a\\bc', 'a\\'), a('abc')],
  ['3 backslash and plain star', { A: 'a\\\\\\*' }, a('a\\*'), a('a\\b')],
  [
    '4 the end of a path',
    { 'A|endswith': '\\cmd.exe' },
    a('C:\\X\\CMD.EXE'),
    a('C:\\X\\xcmd.exe', 'cmd.exe'),
  ],
  ['5 a backslash before a star escapes it', { A: 'C:\\*' }, a('C:*'), a('C:\\x')],
  ['6 a regular expression keeps case', { 'A|re': '^abc' }, a('abcd'), a('ABC', 'xabc')],
  ['7 a regular expression with i', { 'A|re|i': 'b$' }, a('aB', 'ab'), a('ba')],
  ['8 null is missing or null', { A: null }, [{}, { A: null }], a('', 'x')],
  ['9 exists asks for the key only', { 'A|exists': true }, a(null, '', 'x'), [{}, { a: 'x' }]],
  ['9 exists false', { 'A|exists': false }, [{}], a(null, '')],
  ['10 contains all', { 'A|contains|all': ['x', 'y'] }, a('yx'), a('x', 'y')],
  [
    '11 dashes',
    { 'A|windash|contains': ' -enc' },
    a('p.exe /enc', 'p.exe \u2013enc', 'p.exe -ENC'),
    a('p.exe enc'),
  ],
  ['12 a dash inside a word stays', { 'A|windash|contains': 'a-b' }, a('a-b'), a('a/b')],
  [
    '13 Base64 at any offset',
    { 'A|base64offset|contains': 'http://' },
    a('zzaHR0cDovLzz', 'zzh0dHA6Lyzz', 'zzodHRwOi8vzz'),
    a('http://'),
  ],
  ['14 networks of IPv6', { 'A|cidr': '::1/128' }, a('::1', '0:0:0:0:0:0:0:1'), a('::2', '127.0.0.1')],
  ['14 link-local', { 'A|cidr': 'fe80::/10' }, a('fe80::1', 'febf::1'), a('fec0::1', 'x')],
  ['15 numbers compare by text', { A: 4624 }, a('4624', 4624), a('04624', 46240)],
  [
    '16 big numbers are exact',
    { A: 9007199254740993n },
    a('9007199254740993', 9007199254740993n),
    a('9007199254740992'),
  ],
  ['21 neq is true where the field is missing', { 'A|neq': 'x' }, [{}, { A: 'y' }], a('x', 'X')],
  [
    '22 dots: flat key, path, any element',
    { 'a.b': 1 },
    [{ 'a.b': 1 }, { a: { b: 1 } }, { a: [{ b: 2 }, { b: 1 }] }],
    [{ a: { b: 2 } }, { b: 1 }, { a: 1 }],
  ],
  ['23 a keyword is found in any value', ['evil'], [{ m: { t: 'An EVIL x' } }], [{ evil: 'x' }]],
  ['24 Cyrillic is not Latin', { A: 'К*' }, a('К1', 'к1'), a('K1')],
  ['25 the Kelvin sign is not k', { 'A|contains': 'k' }, a('K'), a('\u212a')],
  ['26 another field', { 'A|fieldref': 'B' }, [{ A: 'x', B: 'X' }], [{}, { A: 'x' }, { A: 'x', B: 'y' }]],
  ['27 an empty text must be there', { A: '' }, a(''), [{}, { A: null }, { A: 'x' }]],
]

describe('the vectors of the language', () => {
  test.each(vectors)('%s', (_name, selection, fires, stays) => {
    for (const event of fires)
      expect(matches(selection, event), JSON.stringify(String(event['A']))).toBe(true)
    for (const event of stays)
      expect(matches(selection, event), JSON.stringify(String(event['A']))).toBe(false)
  })

  test('17 not of one single literal is true where the literal is absent', () => {
    const detection = { sel: { A: 'x' }, condition: 'not sel' }
    expect(matchesDetection(detection, { A: 'y' })).toBe(true)
    expect(matchesDetection(detection, {})).toBe(true)
    expect(matchesDetection(detection, { A: 'x' })).toBe(false)
  })

  test('18 and binds stronger than or', () => {
    const detection = { a: { A: 1 }, b: { B: 1 }, c: { C: 1 }, condition: 'a or b and not c' }
    expect(matchesDetection(detection, { A: 1, C: 1 })).toBe(true)
    expect(matchesDetection(detection, { B: 1, C: 1 })).toBe(false)
    expect(matchesDetection(detection, { B: 1 })).toBe(true)
  })

  test.each(['1 of them', '1 of *1'])('19 `%s` passes over names with an underscore', (condition) => {
    const detection = { _sel1: { A: 1 }, sel1: { B: 1 }, condition }
    expect(matchesDetection(detection, { A: 1 })).toBe(false)
    expect(matchesDetection(detection, { B: 1 })).toBe(true)
    expect(matchesDetection({ ...detection, condition: '1 of _sel*' }, { A: 1 })).toBe(true)
  })

  test('20 null inside a list is refused', () => {
    expect(refusal({ A: ['x', null] })).toContain('null')
    expect(refusal(['x', null])).toContain('null')
  })

  test('28 a placeholder without a list is refused', () => {
    expect(refusal({ 'A|expand': '%nobody%' })).toContain('expand')
  })
})
