import { describe, expect, test } from 'vitest'
import { foldName, hasAdoptionDate, lackingOf } from './find-parts.ts'

describe('the company’s name on its page', () => {
  test.each([
    ['株式会社山田製作所', '㈱山田製作所'],
    ['株式会社山田製作所', '（株）山田製作所'],
    ['株式会社山田製作所', '株式会社　山田 製作所'],
    ['株式会社山田製作所', '株式会社山田\n製作所'],
    ['有限会社丸八運送', '㈲丸八運送'],
    ['合同会社みどり', '(同)みどり'],
    ['株式会社ＹＡＭＡＤＡ', '株式会社Yamada'],
    ['株式会社ヤマダ', '㈱ﾔﾏﾀﾞ'],
    ['髙橋工務店', '高橋工務店'],
    ['浜崎商店', '濵﨑商店'],
    ['山田・佐藤法律事務所', '山田佐藤法律事務所'],
    ['A-ONE 株式会社', 'Ａ－ＯＮＥ㈱'],
  ])('%s is found in %s', (name, page) => {
    expect(foldName(`情報は${page}が守ります`)).toContain(foldName(name))
  })

  test('another company, or another form of company, is not it', () => {
    expect(foldName('有限会社山田製作所')).not.toContain(foldName('株式会社山田製作所'))
    expect(foldName('山田製作所株式会社')).not.toContain(foldName('株式会社山田製作所'))
  })
})

describe('a date of adoption or revision', () => {
  test.each([
    '2026年4月1日 制定',
    '制定日：2026年4月1日',
    '２０２６年　４月　１日　改定',
    '令和8年4月1日制定',
    '令和元年10月1日 制定 令和8年4月1日 改訂',
    '令和八年四月一日　制定',
    '二〇二六年四月一日制定',
    '平成30年4月1日 策定',
    '令和8年（2026年）4月1日 制定',
    '2026（令和8）年4月1日 改定',
    '2026/04/01 制定',
    '最終改定 2026.4.1',
    'R8.4.1改訂',
    '制定 2026-04-01',
    '2026年4月 制定',
    '2026年4月1日\n株式会社山田製作所\n代表取締役 山田一郎',
    'Adopted April 1, 2026',
    'Effective 1 April 2026',
    'Revised: Apr. 2026',
  ])('is found: %s', (text) => {
    expect(hasAdoptionDate(text)).toBe(true)
  })

  test.each([
    '制定しました',
    '2026年4月1日 春の安売りを始めました',
    'Copyright 2026 Yamada',
    '2026年13日に制定',
    '電話 03-1234-5678 制定',
    '© 2019-2026 株式会社山田製作所 代表 山田',
    '',
  ])('is not found: %s', (text) => {
    expect(hasAdoptionDate(text)).toBe(false)
  })
})

describe('what a page lacks', () => {
  const wanted = { name: '株式会社山田製作所', title: undefined }
  const whole = '情報セキュリティ基本方針 ㈱山田製作所 令和8年4月1日 制定'

  test('is named part by part', () => {
    expect(lackingOf(whole, wanted)).toEqual([])
    expect(lackingOf(whole.replace('㈱山田製作所', '当社'), wanted)).toEqual(['name'])
    expect(lackingOf(whole.replace('制定', ''), wanted)).toEqual(['date'])
    expect(lackingOf(whole.replace('情報セキュリティ基本方針', '個人情報保護方針'), wanted)).toEqual([
      'title',
    ])
    expect(lackingOf('準備中です', wanted)).toEqual(['name', 'date', 'title'])
  })

  test.each([
    '情報セキュリティ方針',
    '情報セキュリティポリシー',
    '情報 セキュリティー 基本方針',
    'セキュリティ基本方針',
    'Information Security Policy',
    'Basic Policy on Information Security',
  ])('the title may be %s', (title) => {
    expect(lackingOf(whole.replace('情報セキュリティ基本方針', title), wanted)).toEqual([])
  })

  test('a title of the company’s own is known too', () => {
    const page = whole.replace('情報セキュリティ基本方針', '山田製作所 情報を守るための約束')
    expect(lackingOf(page, wanted)).toEqual(['title'])
    expect(lackingOf(page, { ...wanted, title: '情報を守るための約束' })).toEqual([])
  })
})
