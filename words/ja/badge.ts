/** The signed badge, its picture, and the page that checks it. */
export const badge = {
  level: { SA1: '一つ星', SA2: '二つ星' },
  edition: { jou5: '基本の5項目', jou6: '基本の6項目' },
  /** Stands in every credential. */
  statement: (company: string, level: string) =>
    `${company}は、SECURITY ACTION ${level}を自己宣言しています。これは自社による宣言であり、認証・認定ではありません。`,
  picture: {
    head: (level: string) => `自己宣言 ${level}`,
    ended: '自己宣言は、終わりました',
    paused: '自己宣言は、一時停止中',
    declared: (date: string) => `${date} 宣言`,
    endedOn: (date: string) => `${date}から`,
    note: '自社による宣言です（認証・認定ではありません）',
    noteOther: 'いまの内容は、登録簿で確かめてください',
    title: (company: string, level: string) => `${company}の自己宣言（${level}）`,
    titleEnded: (company: string) => `${company}の自己宣言は、終わりました`,
    titlePaused: (company: string) => `${company}の自己宣言は、一時停止しています`,
    qr: '二次元コードから、登録簿のいまの内容を確かめられます。',
    alt: (company: string) => `${company}の自己宣言を、登録簿で確かめる`,
  },
  aside: {
    head: 'バッジを確かめる',
    compared: '（この登録簿に照らしました）',
    neutral:
      'バッジは中立な図で、公的なマークではありません。名刺やページに載せた絵が古くても、登録簿の内容が正しい内容です。',
    none: '宣言していないあいだ、証明は出しません。バッジの絵は灰色になります。',
    data: '証明のデータ（JSON）',
    token: '証明（署名付き、JWT）',
    snippetHead: '自社のページに載せる',
    snippet:
      '下の文字を写して、ページに貼ってください。スクリプトは使いません。宣言が変わると、絵も変わります。',
    snippetLabel: 'ページに貼る文字（HTML）',
    save: 'バッジの絵を開く',
    link: 'ほかの人から届いたバッジを確かめる',
  },
  verify: {
    title: 'バッジを確かめる',
    lead: '届いたバッジや証明が本物で、いまも続いているかを答えます。入れた内容は残しません。',
    field: '証明の文字、バッジの絵（SVG）の中身、または宣言番号',
    help: '証明は「eyJ」で始まる長い文字です。絵は、文字として開いて全部を貼ってください。',
    submit: '確かめる',
    empty: '確かめたいものを入れてください。',
    checksHead: '確かめたこと',
    signature: '署名が正しい',
    standing: '止められていない',
    same: 'この登録簿と同じ',
    signatureBad: '署名が正しくない',
    standingBad: { suspended: '一時停止している', stopped: '終わっている', absent: '登録簿にない' },
    sameBad: 'この登録簿と違う',
    notLooked: (check: string) => `${check}：確かめていません`,
    verdict: {
      good: (company: string, level: string) => `${company}は、|${level}を|自己宣言しています。`,
      forged: 'このバッジは、|本物ではありません。',
      foreign: 'この登録簿の|バッジではありません。',
      expired: 'この証明は、|期限が過ぎています。',
      suspended: (company: string) => `${company}の自己宣言は、|一時停止しています。`,
      stopped: (company: string) => `${company}の自己宣言は、|終わっています。`,
      absent: '登録簿に、|この宣言はありません。',
      changed: '本物ですが、|いまの登録簿と|違います。',
      unreadable: 'バッジや番号として|読めませんでした。',
    },
    why: {
      malformed:
        '証明の形になっていません。写すときに欠けたのかもしれません。もう一度、全部を貼ってください。',
      'bad-signature': '中身か署名が書き換えられています。書かれている内容を信じないでください。',
      'unknown-key':
        'この登録簿の鍵で署名されたものではないか、使うのをやめた鍵で署名されています。書かれている内容を信じないでください。',
      'other-kind': '別の種類の証明です。バッジではありません。',
      'other-register': (issuer: string) =>
        `ほかの発行者（${issuer}）のものと書かれています。その発行者のページで確かめてください。`,
      expired: (date: string) =>
        `署名は正しいものですが、${date}に期限が過ぎた古い写しです。宣言そのものに期限はありません。いまの内容は登録簿で見てください。`,
      early: '署名は正しいものですが、日時が先のものです。時計がずれている機械で見ているのかもしれません。',
      suspended: '登録簿が、宣言を一時止めています。',
      stopped: 'この会社の宣言は続いていません。このバッジを見かけたら、古いものです。',
      absent: 'この番号の宣言は、登録簿にありません。番号の写し間違いがないか見てください。',
      changed: (fields: string) =>
        `証明を出したあとで、${fields}が変わりました。登録簿の内容が、いまの内容です。`,
      unreadable:
        '「eyJ」で始まる証明も、宣言番号も見つかりませんでした。絵を確かめるときは、SVGの文字を全部貼ってください。',
      unsaid:
        '番号から、登録簿の内容を見ました。署名を確かめるには、証明かバッジの絵の中身を入れてください。',
    },
    fields: {
      name: '会社名',
      corporateNumber: '法人番号',
      level: '段階',
      edition: '取り組みの版',
      declaredOn: '宣言した日',
    },
    factsHead: '証明に書かれていること',
    factsNowHead: '登録簿のいまの内容',
    number: '宣言番号',
    issuedAt: '証明を出した日',
    expiresAt: '証明の期限',
    expiryNote: '期限は写しの新しさのためのもので、宣言には期限がありません。',
    from: 'から。',
    own: 'これは自社による宣言であり、認証・認定ではありません。',
    toEntry: '登録簿のページを開く',
    toRegistry: '登録簿で探す',
    byYourselfHead: '自分の道具で確かめる',
    byYourself:
      '証明は W3C Verifiable Credential（JWT、ES256）です。発行者の鍵と、止めたものの一覧は、だれでも読めます。',
    keys: '署名の鍵（JWKS）',
    did: '発行者（DID）',
    noRegistry: 'ここでは、登録簿を開いていません。',
  },
}
