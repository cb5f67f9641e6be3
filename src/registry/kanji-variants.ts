/**
 * Kanji that people write one for the other in names of firms, for searching only; what is stored and shown keeps its
 * own form. Each group begins with the form that the others are read as.
 *
 * Where the facts are from: old forms beside the new in 常用漢字表 (平成22年内閣告示第2号) and in 戸籍法施行規則 別表第二
 * (人名用漢字); 異体字 of surnames and shops that JIS X 0213 and Unicode (CJK unified ideographs, FA0E–FA29 among the
 * compatibility block) give a code of their own. Forms that Unicode itself equates (神/神) are left to NFKC. The choice is
 * ours: 斉 and 斎 are two characters by the book, yet one surname on the telephone; 畑 and 畠, 坂 and 阪 stay two.
 */
const joyo = `
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩
仮假 価價 画畫畵 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀
気氣 既旣 帰歸 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕鄉 暁曉 区區 駆驅駈 勲勳勛 薫薰 径徑 茎莖 恵惠 掲揭
渓溪谿 経經 蛍螢 軽輕 継繼 鶏鷄雞 芸藝 撃擊 欠缺 研硏 県縣 倹儉 剣劍劒劔剱釼釖 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴
広廣 効效 恒恆 黄黃 鉱鑛礦砿 号號 国國囯圀 黒黑 砕碎 済濟 斎齋齊斉 剤劑 雑雜 参參 桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒
児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁澀 獣獸 縦縱 粛肅 処處 緒緖 叙敍敘 将將 称稱 渉涉 焼燒 証證 奨獎
条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓
枢樞 数數 瀬瀨 声聲 静靜 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾
痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 対對 体體躰軆 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽
団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵鐡鉃 点點 転轉 伝傳 灯燈 当當 党黨 盗盜 稲稻
闘鬪鬭 徳德悳 独獨 読讀 届屆 弐貳弍 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 秘祕 浜濱濵 瓶甁 払拂
仏佛 併倂 並竝 餅餠 辺邊邉 変變 弁辨瓣辯 歩步 宝寶寳 豊豐 褒襃 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫
余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊
炉爐 労勞 郎郞 楼樓 録錄 湾灣
`
const names = `
高髙 崎﨑嵜碕 吉𠮷 土圡 橋槗𣘺 桑桒 富冨 島嶋嶌㠀隝 峰峯 館舘 柳栁桺 船舩 祢禰 祇祗 鴎鷗 蝋蠟 頬頰 麹麴 噛嚙 焔焰 涼凉 凜凛
尭堯 槙槇 遥遙 瑶瑤 薮藪籔 桧檜 晋晉 亘亙 隣鄰 淵渕渊 籠篭 秋穐龝 野埜 巌巖 壺壷 靱靭 柏栢 舗舖 昇曻 悦悅 説說 税稅 鋭銳
脱脫 閲閱 強强 内內 戸戶 呉吳 娯娛 俣俁 呑吞 姫姬 彦彥 教敎 掻搔 掴摑 撹攪 没沒 沖冲 況况 減减 決决 準凖 冴冱 凄淒 遡溯
爾尓 産產 留畄畱 略畧 皐皋 砺礪 禄祿 祷禱 竈竃 繍繡 舎舍 蒋蔣 芦蘆 虎乕 蛎蠣 蝉蟬 裏裡 諫諌 醤醬 間閒 闊濶 青靑 穎頴 顔顏
飲飮 騨驒 鯵鰺 清淸 妍姸 屏屛 并幷 亀龜 厩廐廏 厨廚 厦廈 叡睿 往徃 協恊 昂昻 晃晄 皓晧 栃杤 枡桝 梼檮 櫟檪 歳歲 氷冰 煙烟
熙煕熈 珍珎 耕畊 蓋葢盖 磯礒 穣穰 窓窗 竪豎 蓑簑簔 糧粮 群羣 腸膓 兎兔莵菟 萌萠 園薗 蕊蘂 蝿蠅 讃讚 輌輛 迩邇 逃迯 村邨 醗醱
鉤鈎 鑑鑒 鶴靏靎鸖 頸頚 雁鴈鳫 鴬鶯 鵞鵝 麩麸 梁樑 杯盃 賎賤 贋贗 鹸鹼 嘘噓 填塡 顛顚 箪簞 莱萊 繋繫 涛濤
侠俠 仙僊 姉姊 荊荆 毘毗 囊嚢 岩嵓嵒 卯夘
`

/** Each other form to the one that it is read as. */
export const kanjiVariants: ReadonlyMap<string, string> = new Map(
  `${joyo} ${names}`
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((group) => {
      const [kept = '', ...others] = [...group]
      return others.filter((other) => other !== kept).map((other) => [other, kept] as const)
    }),
)
