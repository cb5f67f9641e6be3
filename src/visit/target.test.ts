import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublicAddress } from './address.ts'
import { readPageAddress, readTarget } from './target.ts'

const why = (typed: string): string => {
  const read = readTarget(typed)
  return read.ok ? 'ok' : read.why
}

describe('an address that somebody types', () => {
  test.each([
    ['https://yamada.example/policy', 'https://yamada.example/policy'],
    ['  https://YAMADA.example:443/policy#top ', 'https://yamada.example/policy'],
    ['https://yamada.example./policy', 'https://yamada.example/policy'],
    ['https://山田.example/方針.html', 'https://xn--rhtu98c.example/%E6%96%B9%E9%87%9D.html'],
    ['https://ｙａｍａｄａ.example/', 'https://yamada.example/'],
  ])('%s is visited as %s', (typed, visited) => {
    const read = readTarget(typed)
    expect(read.ok && read.url.href).toBe(visited)
  })

  test.each([
    ['http://yamada.example/', 'not-https'],
    ['ftp://yamada.example/', 'address'],
    ['file:///etc/passwd', 'address'],
    ['javascript:alert(1)', 'address'],
    ['data:text/html,x', 'address'],
    ['yamada.example', 'address'],
    ['', 'address'],
    ['https://', 'address'],
    ['https://user:pass@yamada.example/', 'address'],
    ['https://user@yamada.example/', 'address'],
    ['https://yamada.example:8443/', 'address'],
    ['https://yamada.example:22/', 'address'],
    ['https://yamada/', 'address'],
    ['https://yamada_.example/', 'ok'],
    ['https://yamada..example/', 'address'],
    ['https://-yamada.example/', 'address'],
    ['https://8.8.8.8/', 'address'],
    ['https://[2001:4860:4860::8888]/', 'address'],
    ['https://127.0.0.1/', 'private'],
    ['https://127.1/', 'private'],
    ['https://0x7f.0.0.1/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://１２７.０.０.１/', 'private'],
    ['https://127。0。0。1/', 'private'],
    ['https://169.254.169.254/latest/meta-data/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::ffff:169.254.169.254]/', 'private'],
    ['https://localhost/', 'private'],
    ['https://printer.local/', 'private'],
    ['https://wiki.internal/', 'private'],
    [`https://yamada.example/${'a'.repeat(2_000)}`, 'address'],
  ])('%s: %s', (typed, expected) => {
    expect(why(typed)).toBe(expected)
  })

  test('no text whatever leads to a host that is a number', () => {
    const unit = fc.constantFrom(...'0123456789abcdefx.:%[]/@\\ 。１２７'.split(''))
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const read = readTarget(`https://${text}`)
        if (read.ok) {
          expect(read.host).toMatch(/[a-z_-]/)
          expect(isPublicAddress(read.host)).toBe(false)
          expect(read.url.port).toBe('')
        }
      }),
      { numRuns: 5_000 },
    )
  })

  test.each([
    ['yamada.example/policy', 'https://yamada.example/policy'],
    [' ｈｔｔｐｓ：／／ｙａｍａｄａ．ｅｘａｍｐｌｅ／ ', 'https://yamada.example/'],
    ['www.yamada.example', 'https://www.yamada.example/'],
    ['http://yamada.example', 'not-https'],
    ['127.0.0.1/', 'private'],
    ['山田製作所', 'address'],
    ['', 'address'],
  ])('in a form, %s is taken as %s', (typed, expected) => {
    const read = readPageAddress(typed)
    expect(read.ok ? read.url : read.why).toBe(expected)
  })
})
