/** Made-up firms for the register's bench: Japanese names with old kanji, kinds of body, readings, every prefecture and trade. */
import { jstDate, day, fromJst, type Instant } from '../../src/base/time.ts'
import type { NewEntry } from '../../src/registry/index.ts'

/** The same numbers in every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const surnames = `
山田:ヤマダ 髙橋:タカハシ 高橋:タカハシ 佐藤:サトウ 鈴木:スズキ 田中:タナカ 渡邊:ワタナベ 渡辺:ワタナベ 渡邉:ワタナベ 伊藤:イトウ 齋藤:サイトウ
斎藤:サイトウ 斉藤:サイトウ 佐々木:ササキ 山﨑:ヤマザキ 山崎:ヤマザキ 濵田:ハマダ 浜田:ハマダ 廣瀬:ヒロセ 広瀬:ヒロセ 澤田:サワダ 沢田:サワダ
桒原:クワハラ 嶋田:シマダ 島田:シマダ 冨田:トミタ 富田:トミタ 関ヶ原:セキガハラ 井ノ上:イノウエ 井上:イノウエ 木村:キムラ 林:ハヤシ 清水:シミズ 森:モリ
阿部:アベ 池田:イケダ 橋本:ハシモト 石川:イシカワ 山下:ヤマシタ 前田:マエダ 藤田:フジタ 後藤:ゴトウ 長谷川:ハセガワ 村上:ムラカミ 近藤:コンドウ 石井:イシイ
坂本:サカモト 遠藤:エンドウ 青木:アオキ 福田:フクダ 三浦:ミウラ 西村:ニシムラ 太田:オオタ 岡本:オカモト 松田:マツダ 中島:ナカジマ 中野:ナカノ 原田:ハラダ
小川:オガワ 竹内:タケウチ 金子:カネコ 和田:ワダ 中山:ナカヤマ 石田:イシダ 上田:ウエダ 森田:モリタ 柴田:シバタ 酒井:サカイ 工藤:クドウ 横山:ヨコヤマ
宮崎:ミヤザキ 宮本:ミヤモト 内田:ウチダ 高木:タカギ 安藤:アンドウ 谷口:タニグチ 大野:オオノ 丸山:マルヤマ 今井:イマイ 高田:タカダ 藤本:フジモト 武田:タケダ
村田:ムラタ 上野:ウエノ 杉山:スギヤマ 増田:マスダ 菅原:スガワラ 平野:ヒラノ 小島:コジマ 久保:クボ 松井:マツイ 野口:ノグチ 千葉:チバ 岩崎:イワサキ
北浜:キタハマ 丸八:マルハチ 大川:オオカワ 西川:ニシカワ 東野:ヒガシノ 南部:ナンブ 黒田:クロダ 白石:シライシ 赤松:アカマツ 緑川:ミドリカワ 星野:ホシノ 月岡:ツキオカ`
const fronts = `
日本:ニホン 東洋:トウヨウ 大和:ヤマト 富士:フジ 旭:アサヒ 光:ヒカリ 新:シン 協和:キョウワ 三和:サンワ 昭和:ショウワ 平和:ヘイワ 丸:マル 共栄:キョウエイ 栄:サカエ
北:キタ 南:ミナミ 東:ヒガシ 西:ニシ 中央:チュウオウ 第一:ダイイチ みどり:ミドリ さくら:サクラ ひまわり:ヒマワリ グリーン:グリーン サン:サン アイ:アイ エム:エム
ウェスト:ウェスト フジ:フジ ハート:ハート ミナト:ミナト アクア:アクア スター:スター エコ:エコ ライフ:ライフ テクノ:テクノ ネクスト:ネクスト トータル:トータル`
const trades = `
製作所:セイサクショ 工業:コウギョウ 建設:ケンセツ 工務店:コウムテン 運送:ウンソウ 商店:ショウテン 商事:ショウジ 産業:サンギョウ 電機:デンキ 電工:デンコウ 設備:セツビ
印刷:インサツ 食品:ショクヒン 水産:スイサン 農園:ノウエン 酒造:シュゾウ 醸造:ジョウゾウ 鉄工所:テッコウジョ 精機:セイキ 精密:セイミツ 化学:カガク 繊維:センイ
木材:モクザイ 造園:ゾウエン 塗装:トソウ 自動車:ジドウシャ 不動産:フドウサン 測量:ソクリョウ 設計事務所:セッケイジムショ 会計事務所:カイケイジムショ 歯科医院:シカイイン
薬局:ヤッキョク 旅館:リョカン 観光:カンコウ サービス:サービス システム:システム コンピュータ:コンピュータ コンピューター:コンピューター ソフト:ソフト デザイン:デザイン
フーズ:フーズ エンジニアリング:エンジニアリング ホーム:ホーム クリーニング:クリーニング メディカル:メディカル 介護サービス:カイゴサービス 学習塾:ガクシュウジュク 保育園:ホイクエン
理容店:リヨウテン 美容室:ビヨウシツ 青果:セイカ 米穀店:ベイコクテン 金物店:カナモノテン 写真館:シャシンカン 時計店:トケイテン 書店:ショテン 文具:ブング 紙業:シギョウ`
const seconds = `
大阪:オオサカ 関西:カンサイ 東京:トウキョウ 名古屋:ナゴヤ 九州:キュウシュウ 北陸:ホクリク 東北:トウホク 四国:シコク 瀬戸内:セトウチ 湖南:コナン 総合:ソウゴウ 特殊:トクシュ
精工:セイコウ 住宅:ジュウタク 機械:キカイ 金属:キンゾク 樹脂:ジュシ 包装:ホウソウ 物流:ブツリュウ 環境:カンキョウ 情報:ジョウホウ 通信:ツウシン 食材:ショクザイ 衣料:イリョウ`

type Word = readonly [written: string, read: string]
const wordsOf = (text: string): Word[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [written = '', read = ''] = pair.split(':')
      return [written, read] as const
    })

const lists = {
  surnames: wordsOf(surnames),
  fronts: wordsOf(fronts),
  trades: wordsOf(trades),
  seconds: wordsOf(seconds),
}
const towns = ['中央区', '北区', '港区', '東町', '西村', '南市', '緑ヶ丘市', '本町', '栄町', '旭市']
/** A third single kanji or kana that makes names less alike, as given names and places do. */
const middles = Array.from(
  '一二三正清幸福栄昭和光明信義孝春夏秋冬松竹梅桜泉谷川原野浦島岡坂森杉月星花雪虹空海山岩石金銀銅鉄玉宝寿鶴亀龍',
)
const front = ['株式会社', '㈱', '(株)', '有限会社', '㈲', '合同会社', '株式会社　', '']
const back = ['株式会社', '㈱', '（株）', ' 有限会社', '']

const pick = <T>(from: readonly T[], roll: () => number, first: T): T =>
  from[Math.floor(roll() * from.length)] ?? first
const none: Word = ['', '']

function nameOf(roll: () => number): Word {
  const head = roll() < 0.6 ? pick(lists.surnames, roll, none) : pick(lists.fronts, roll, none)
  const middle = roll() < 0.45 ? pick(middles, roll, '') : ''
  const second = roll() < 0.35 ? pick(lists.seconds, roll, none) : none
  const trade = pick(lists.trades, roll, none)
  return [`${head[0]}${middle}${second[0]}${trade[0]}`, `${head[1]}${second[1]}${trade[1]}`]
}

function dressed(name: string, roll: () => number): string {
  const side = roll()
  if (side < 0.55) return `${pick(front, roll, '')}${name}`
  if (side < 0.85) return `${name}${pick(back, roll, '')}`
  return name
}

/** 12 digits and the check digit in front. */
function corporateNumber(at: number): string {
  const base = String(100_000_000_000 + at * 7_919).slice(-12)
  let sum = 0
  for (let n = 1; n <= 12; n++) sum += Number(base[12 - n]) * (n % 2 === 1 ? 1 : 2)
  return `${9 - (sum % 9)}${base}`
}

/** Firms gather in few prefectures; the square makes some forty times as usual as others. */
const prefecture = (roll: () => number): string =>
  String(1 + Math.floor(((roll() + roll()) / 2) ** 2 * 46.99)).padStart(2, '0')

const first: Instant = fromJst({ year: 2022, month: 4, day: 1 })

/** The `at`-th made-up firm; the same for the same number. */
export function madeUp(at: number): NewEntry {
  const roll = dice(at + 1)
  const [name, kana] = nameOf(roll)
  const alone = roll() < 0.12
  const two = roll() < 0.1
  const declaredOn = jstDate(first + Math.floor(roll() * 1_690) * day)
  return {
    name: alone ? name : dressed(name, roll),
    nameKana: roll() < 0.9 ? kana : undefined,
    corporateNumber: alone ? undefined : corporateNumber(at),
    soleProprietor: alone,
    prefecture: prefecture(roll),
    town: pick(towns, roll, ''),
    industry:
      roll() < 0.95 ? (pick(Array.from('ABCDEEEEDDDGHIIIIJKLMMNOPPQRT'), roll, 'T') as string) : undefined,
    level: two ? 'SA2' : 'SA1',
    pledgeEdition: declaredOn < '2026-04-01' ? 'jou5' : 'jou6',
    declaredOn,
    selfCheckOn: two ? declaredOn : undefined,
    policyUrl: two ? `https://www${at}.example.jp/policy` : undefined,
    replaces: undefined,
  }
}
