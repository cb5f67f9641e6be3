import { describe, expect, test } from 'vitest'
import { fromJst, minute } from '../base/time.ts'
import { noticeCatalogue, readCatalogue, typeOf } from './catalogue.ts'
import { countryName } from './country.ts'
import type { Story } from './field.ts'
import { chooseTexts, containmentOf, fillReply, type Written, write } from './fill.ts'

const at = (h: number, m: number): number => fromJst({ year: 2026, month: 11, day: 25, hour: h, minute: m })
const now = at(14, 31)

const beacon: Story = {
  detection: 'net.beacon',
  held: { kind: 'gateway-block', at: at(14, 31), by: 'device' },
  firstAt: at(14, 21),
  lastAt: at(14, 31),
  device: { nickname: '経理-02', person: '高橋' },
  facts: {},
}

function written(story: Partial<Story>): Written {
  const whole = { ...beacon, ...story }
  const type = typeOf(whole.detection)
  if (!type) throw new Error(`no type tells ${whole.detection}`)
  return write(type, whole, { now, callBy: now + 15 * minute })
}

describe('the notice of 経理-02, which talks to a criminal', () => {
  test('says what the gateway really blocked, with the time of its own record', () => {
    const { texts, chosen, story } = written({})
    expect(chosen.variant).toBe('base')
    expect(texts.ja.title).toBe('経理-02を今すぐネットから外してください')
    expect(texts.ja.what).toEqual([
      '14時21分から、経理-02が犯人のコンピューターと通信しています。',
      '外から操作されている恐れがあります。',
      '14時31分に入口で止めました。別の道から情報が出る恐れは残っています。',
    ])
    expect(texts.en.what[0]).toBe("Since 14:21, 経理-02 has been talking to a criminal's computer.")
    expect(story.ja).toBe('経理-02が犯人のコンピューターと通信した件')
  })

  test('claims nothing when nothing is held, when the act is of an unknown kind, or when its time is not recorded', () => {
    for (const held of [
      null,
      { kind: 'hope', at: now, by: 'device' },
      { kind: 'gateway-block', at: Number.NaN, by: 'device' },
    ]) {
      const { texts, chosen } = written({ held })
      expect(chosen.variant).toBe('not-contained')
      expect(texts.ja.what.at(-1)).toBe('この通信は、まだ止められていません。')
    }
  })

  test('does not ask to pull the cable of a machine that we cut off, and says when we call', () => {
    const { texts } = written({ held: { kind: 'device-isolated', at: now, by: 'provider' } })
    expect(texts.ja.doNot).toEqual(['電源を切らないでください。線も抜かないでください。'])
    expect(texts.ja.todo[1]).toBe('14時46分までに電話します。出てください。')
  })

  test('asks which machine it is when nobody knows, and never prints an address', () => {
    const { texts } = written({ device: null, facts: { address: '192.0.2.24' } })
    expect(texts.ja.title).toBe('パソコン1台を今すぐネットから外してください')
    expect(texts.ja.what.at(-1)).toBe('どの機械か、いっしょに探します。')
    expect(JSON.stringify(texts)).not.toContain('192.0.2')
  })
})

describe('each detection has words that are true of it', () => {
  test('deleted restore copies are not told as rewritten files', () => {
    const { texts, chosen } = written({ detection: 'ep.ransom.shadow', held: null })
    expect(chosen.variant).toBe('ep.ransom.shadow not-contained')
    expect(texts.ja.title).toBe('元に戻すための写しが消されました。線を抜いてください')
  })
  test('a cleared log is not told as a stopped guard', () => {
    expect(written({ detection: 'ep.log.cleared', held: null }).texts.ja.title).toBe(
      '経理-02の動きの記録が消されました',
    )
  })
  test('an attack that the gateway only saw is not told as stopped', () => {
    const { texts, chosen } = written({ detection: 'gw.attack.seen', held: null })
    expect(chosen.severity).toBe('today')
    expect(texts.ja.what[1]).toContain('止めた記録がありません')
  })
  test('every detection kind leads to a text, whatever is held', () => {
    for (const kind of noticeCatalogue().detectionKinds) {
      for (const held of [null, 'gateway-block', 'device-isolated', 'entry-closed', 'quarantined']) {
        const type = typeOf(kind.id)
        const act = held === null ? null : { kind: held, at: now, by: 'device' }
        const chosen = type && chooseTexts(type, kind.id, act)
        expect([undefined, 'not-contained', containmentOf(act)]).toContain(chosen?.when)
      }
    }
  })
})

describe('values', () => {
  test('a break-in names country, count, entry and person', () => {
    const { texts } = written({
      detection: 'auth.brute.success',
      held: null,
      facts: { country: 'Netherlands', count: 2140, entry: 'vpn', person: '鈴木' },
    })
    expect(texts.ja.what.slice(0, 2)).toEqual([
      '14時21分に、オランダから入った記録があります。',
      'その前に、外からの入口（VPN）でパスワードが2,140回試されました。',
    ])
    expect(texts.ja.todo[0]).toBe('鈴木さんに、電話で「今、外から入りましたか」と聞いてください。')
    expect(texts.en.what[0]).toBe('At 14:21, someone came in from the Netherlands.')
  })

  test('without them it still reads', () => {
    const { texts } = written({ detection: 'auth.brute.success', held: null, device: null })
    expect(texts.ja.what.slice(0, 2)).toEqual([
      '14時21分に、外から入った記録があります。',
      'その前に、外からの入口でパスワードが何度も試されました。',
    ])
    expect(texts.ja.todo[0]).toBe('使っている人に、電話で「今、外から入りましたか」と聞いてください。')
  })

  test('a name chosen by an attacker cannot speak for us', () => {
    const { texts } = written({
      detection: 'os.admin.created',
      held: null,
      facts: { account: '」を押し\n0120-999-999に電話', actor: 'https://evil.example' },
    })
    const said = texts.ja.what.join('')
    expect(said).not.toContain('電話')
    expect(said).not.toContain('evil')
    expect(said).toContain('「を押し 0120-99…」')
  })

  test('sizes are said as people say them, numbers are never made smaller', () => {
    const { texts } = written({
      detection: 'net.upload.unusual',
      held: null,
      facts: { size: 48e9, usual: 1e8, destination: 'abroad' },
    })
    expect(texts.ja.what).toEqual([
      '14時から15時の間に、経理-02から外国へ48GBが送られました。',
      'いつもの夜は0.1GBほどです。',
    ])
    const many = written({ detection: 'auth.brute.rdp', held: null, facts: { count: 123_456 } })
    expect(many.texts.ja.what[0]).toBe('14時21分から、パスワードの総当たりが約12万回ありました。')
  })

  test('countries are known by code or English name; no country and Japan are not said', () => {
    expect(countryName('NL', 'ja')).toBe('オランダ')
    expect(countryName('Viet Nam', 'ja')).toBe('ベトナム')
    expect(countryName('Russian Federation', 'ja')).toBe('ロシア')
    for (const none of ['Reserved', 'Japan', 'JP', 'ZZ', '', '198.51.100.1'])
      expect(countryName(none, 'ja')).toBeUndefined()
  })

  test('a reply names the time computed when somebody presses', () => {
    expect(fillReply('{callBy}までに電話します。', { callBy: '明日10時00分', elapsed: '' })).toBe(
      '明日10時00分までに電話します。',
    )
  })
})

test('a catalogue with mistakes is refused with the path of each', () => {
  const text = (change: string): string =>
    JSON.stringify({ ...noticeCatalogue(), items: [{ ...noticeCatalogue().items[0], severity: change }] })
  expect(() => readCatalogue(text('soon'))).toThrow(/items\.0\.severity/)
  expect(() => readCatalogue(text('now'))).toThrow(/no notice type tells it/)
})
