import type { Lang } from './catalogue.ts'

const names: Readonly<Record<Lang, Intl.DisplayNames>> = {
  ja: new Intl.DisplayNames('ja', { type: 'region', fallback: 'none' }),
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }),
}

/** Codes that stand for no country: unknown, reserved, Europe as a whole, the United Nations. */
const noCountry = new Set(['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB'])

/** Countries that take an article in an English sentence. */
const withThe = new Set(['NL', 'US', 'GB', 'PH', 'AE', 'BS', 'GM', 'MV', 'SC', 'DO', 'CF', 'SB', 'MH', 'KM'])

let codes: ReadonlyMap<string, string> | undefined

/** English country name (lower case) → ISO 3166 code. */
function codeByName(): ReadonlyMap<string, string> {
  if (codes) return codes
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  const found = new Map<string, string>([
    ['russian federation', 'RU'],
    ['korea, republic of', 'KR'],
    ['viet nam', 'VN'],
    ['turkey', 'TR'],
  ])
  for (const a of letters) {
    for (const b of letters) {
      const name = names.en.of(a + b)
      if (name !== undefined && !noCountry.has(a + b) && !found.has(name.toLowerCase()))
        found.set(name.toLowerCase(), a + b)
    }
  }
  codes = found
  return found
}

/**
 * A country by its ISO 3166 code or its English name as devices write it, in the reader's language. Undefined for what is no
 * country (e.g. FortiGate's `Reserved`), and for Japan, which is not abroad.
 */
export function countryName(written: string, lang: Lang): string | undefined {
  const text = written.trim()
  const code = /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : codeByName().get(text.toLowerCase())
  if (code === undefined || noCountry.has(code) || code === 'JP') return undefined
  const name = names[lang].of(code)
  return lang === 'en' && name !== undefined && withThe.has(code) ? `the ${name}` : name
}
