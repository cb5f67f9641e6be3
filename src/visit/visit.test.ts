import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { publicAddress, openSite, type Site, type TestSite } from './test-visit.ts'

const open: TestSite[] = []
async function site(handler: Site, options: Parameters<typeof openSite>[1] = {}): Promise<TestSite> {
  const opened = await openSite(handler, options)
  open.push(opened)
  return opened
}
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const page = '<html><title>情報セキュリティ基本方針</title><body>㈱山田製作所</body></html>'
const html: Site = (_, answer) => answer.setHeader('content-type', 'text/html; charset=utf-8').end(page)
const to =
  (location: string, status = 302): Site =>
  (_, answer) =>
    answer.writeHead(status, { location }).end()
const address = 'https://yamada.example/policy'

describe('a page that is there', () => {
  test('is read with its text, without cookies, from the address that was checked', async () => {
    let asked: Record<string, unknown> = {}
    const shop = await site((request, answer) => {
      asked = request.headers
      html(request, answer)
    })
    expect(await shop.visit(`${address}?a=1#top`)).toMatchObject({
      ok: true,
      status: 200,
      url: `${address}?a=1`,
      type: 'text/html',
      text: '情報セキュリティ基本方針\n(株)山田製作所',
    })
    expect(asked).toMatchObject({ host: 'yamada.example', 'accept-encoding': 'gzip, br, deflate' })
    expect(asked).not.toHaveProperty('cookie')
    expect(asked).not.toHaveProperty('authorization')
    expect(shop.dialled).toEqual([publicAddress])
  })

  test('that says it is not found is told with its status', async () => {
    const shop = await site((_, answer) => answer.writeHead(404, { 'content-type': 'text/html' }).end('ない'))
    expect(await shop.visit(address)).toMatchObject({ ok: true, status: 404, text: 'ない' })
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('packed by %s is unpacked', async (encoding, pack) => {
    const shop = await site((_, answer) =>
      answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(pack(page)),
    )
    expect(await shop.visit(address)).toMatchObject({
      ok: true,
      text: '情報セキュリティ基本方針\n(株)山田製作所',
    })
  })

  test('that is a picture has no text', async () => {
    const shop = await site((_, answer) => answer.setHeader('content-type', 'image/png').end('x'))
    expect(await shop.visit(address)).toMatchObject({ ok: true, type: 'image/png', text: undefined })
  })
})

describe('redirects', () => {
  test('are followed five times, relative ones and those to another name too', async () => {
    const shop = await site((asked, answer) => {
      const step = Number(asked.url?.slice(1) ?? 0)
      if (asked.headers.host === 'www.yamada.example') html(asked, answer)
      else to(step < 4 ? `/${step + 1}` : 'https://www.yamada.example/policy', 301)(asked, answer)
    })
    expect(await shop.visit('https://yamada.example/0')).toMatchObject({
      ok: true,
      url: 'https://www.yamada.example/policy',
    })
    expect(shop.resolved).toHaveLength(6)
  })

  test('a sixth one is not', async () => {
    const shop = await site((asked, answer) => to(`/${Number(asked.url?.slice(1) ?? 0) + 1}`)(asked, answer))
    expect(await shop.visit('https://yamada.example/0')).toMatchObject({ ok: false, why: 'redirects' })
    expect(shop.dialled).toHaveLength(6)
  })

  test('a ring ends at once', async () => {
    const shop = await site((asked, answer) => to(asked.url === '/a' ? '/b' : '/a')(asked, answer))
    expect(await shop.visit('https://yamada.example/a')).toMatchObject({ ok: false, why: 'redirects' })
    expect(shop.dialled).toHaveLength(2)
  })

  test.each([
    ['https://169.254.169.254/latest/meta-data/', 'private'],
    ['https://127.0.0.1/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://localhost/', 'private'],
    ['https://inside.example/', 'private'],
    ['http://yamada.example/policy', 'not-https'],
    ['https://me:secret@yamada.example/', 'address'],
    ['https://yamada.example:8443/', 'address'],
    ['file:///etc/passwd', 'address'],
    ['//[', 'address'],
  ])('to %s are refused: %s', async (location, why) => {
    const shop = await site(to(location), { names: { 'inside.example': ['192.168.1.10'] } })
    expect(await shop.visit(address)).toMatchObject({ ok: false, why })
    expect(shop.dialled).toEqual([publicAddress])
  })

  test('without a place to go are the page', async () => {
    const shop = await site((_, answer) => answer.writeHead(302, { 'content-type': 'text/html' }).end('?'))
    expect(await shop.visit(address)).toMatchObject({ ok: true, status: 302 })
  })
})

describe('names', () => {
  test.each([
    [['127.0.0.1']],
    [['10.1.2.3']],
    [['::1']],
    [['fd00::1']],
    [['::ffff:192.168.0.1']],
    [['64:ff9b::7f00:1']],
    [[publicAddress, '192.168.0.1']],
    [['2400:cb00::1', 'fe80::1']],
    [[publicAddress, '']],
  ])('that lead to %j are refused before anything is dialled', async (answers) => {
    const shop = await site(html, { names: { 'yamada.example': answers } })
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'private' })
    expect(shop.dialled).toEqual([])
  })

  test('are asked for once: a name server that changes its answer leads nowhere', async () => {
    let answers = 0
    const shop = await site(html, {
      names: { 'yamada.example': () => (answers++ === 0 ? [publicAddress] : ['127.0.0.1']) },
    })
    expect(await shop.visit(address)).toMatchObject({ ok: true })
    expect(answers).toBe(1)
    expect(shop.dialled).toEqual([publicAddress])
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'private' })
    expect(shop.dialled).toEqual([publicAddress])
  })

  test('with several addresses, of IPv6 too, are dialled by all of them and by no other', async () => {
    const both = ['2400:cb00::1', publicAddress]
    const shop = await site(html, { names: { 'yamada.example': both } })
    expect(await shop.visit(address)).toMatchObject({ ok: true })
    expect(shop.dialled).toEqual(both)
  })

  test('without an address are told as such', async () => {
    const none = await site(html, { names: { 'yamada.example': [] } })
    expect(await none.visit(address)).toMatchObject({ ok: false, why: 'no-host' })
    const unknown = await site(html, {
      names: {
        'yamada.example': () => {
          throw Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' })
        },
      },
    })
    expect(await unknown.visit(address)).toMatchObject({ ok: false, why: 'no-host' })
  })
})

describe('certificates', () => {
  test('that nobody trusts, for another name or past their time are refused', async () => {
    const unknown = await site(html, { trusted: false })
    expect(await unknown.visit(address)).toMatchObject({ ok: false, why: 'certificate' })
    const named = await site(html)
    expect(await named.visit('https://maruhachi.example/')).toMatchObject({ ok: false, why: 'certificate' })
    const old = await site(html, { expired: true })
    expect(await old.visit(address)).toMatchObject({ ok: false, why: 'certificate' })
  })
})

describe('a site that keeps us', () => {
  const milliseconds = 300

  test('with its head is left in time', async () => {
    const shop = await site(() => undefined, { milliseconds })
    const begun = performance.now()
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'timeout' })
    expect(performance.now() - begun).toBeLessThan(1_500)
  })

  test('with a body that drips is left in time', async () => {
    const shop = await site(
      (asked, answer) => {
        answer.setHeader('content-type', 'text/html')
        const drip = setInterval(() => answer.write('.'), 20)
        asked.on('close', () => clearInterval(drip))
      },
      { milliseconds },
    )
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'timeout' })
  })

  test('with redirects that each take their time is left in time', async () => {
    const shop = await site(
      (asked, answer) =>
        void setTimeout(() => to(`/${Number(asked.url?.slice(1) ?? 0) + 1}`)(asked, answer), 100),
      { milliseconds },
    )
    expect(await shop.visit('https://yamada.example/0')).toMatchObject({ ok: false, why: 'timeout' })
  })

  test('with names that never come is left in time', async () => {
    const shop = await site(html, { milliseconds, silentNames: true })
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'timeout' })
    expect(shop.dialled).toEqual([])
  })

  test('with an endless body is left at two mebibytes', async () => {
    const shop = await site((_, answer) => {
      const chunk = Buffer.alloc(65_536, 'あ')
      const more = (): void => {
        while (!answer.destroyed && answer.write(chunk));
      }
      answer.on('drain', more)
      more()
    })
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'too-large' })
  })

  test('by the length it announces is not even read', async () => {
    const shop = await site((_, answer) => answer.writeHead(200, { 'content-length': '2097153' }).write('x'))
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'too-large' })
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('with a bomb of %s is left at two mebibytes unpacked', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(64 * 1_024 * 1_024))
    const shop = await site((_, answer) => answer.writeHead(200, { 'content-encoding': encoding }).end(bomb))
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'too-large' })
  })

  test('with a head that is too long is left', async () => {
    const shop = await site((_, answer) => answer.writeHead(200, { 'x-long': 'a'.repeat(60_000) }).end())
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'too-large' })
  })

  test('by hanging up, packing wrongly or packing in an unknown way is unreachable', async () => {
    const hanging = await site((asked) => asked.socket.destroy())
    expect(await hanging.visit(address)).toMatchObject({ ok: false, why: 'unreachable' })
    const cut = await site((_, answer) => {
      answer.writeHead(200, { 'content-length': '1000', 'content-type': 'text/html' })
      answer.write('x', () => answer.destroy())
    })
    expect(await cut.visit(address)).toMatchObject({ ok: false, why: 'unreachable' })
    const wrong = await site((_, answer) =>
      answer.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
    )
    expect(await wrong.visit(address)).toMatchObject({ ok: false, why: 'unreachable' })
    const odd = await site((_, answer) => answer.writeHead(200, { 'content-encoding': 'zstd' }).end('x'))
    expect(await odd.visit(address)).toMatchObject({ ok: false, why: 'unreachable' })
  })

  test('on a closed port is unreachable', async () => {
    const shop = await openSite(html)
    await shop.close()
    expect(await shop.visit(address)).toMatchObject({ ok: false, why: 'unreachable' })
  })
})
