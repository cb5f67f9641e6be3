/** The mails about an application to the register. The act comes first in a subject, then whose mail it is. */
export const applicationMail = {
  hello: (person: string) => `${person} 様`,
  from: (registry: string, contact: string) => `${registry}\n問い合わせ：${contact}`,
  subject: (act: string, registry: string) => `${act}｜${registry}`,
  confirm: {
    act: '申し込みを確かめてください',
    text: (name: string) =>
      `「${name}」の申し込みを受け取りました。48時間以内に、次のリンクを開いて、ボタンを押してください。押すまで、申し込みは終わっていません。`,
    notYou: '心当たりがないときは、何もしないでください。申し込みは7日で消えます。',
  },
  held: {
    act: '申し込みを受け取りました',
    text: (name: string, when: string) =>
      `「${name}」の申し込みを受け取りました。担当者が確かめて、${when}までにメールで答えます。それまで、することはありません。`,
    state: '様子は、次のページで見られます。',
  },
  entered: {
    act: (number: string) => `番号は ${number} です`,
    text: (name: string, number: string) =>
      `「${name}」は、登録簿に載りました。番号は ${number} です。控えてください。`,
    entry: '登録のページ（だれでも見られます）：',
    badge: '自社のサイトや名刺に載せられるバッジ：',
    change: '内容の変更、段階を上げる、宣言をやめるとき：',
    notCertified: 'これは自社による宣言です。「認証」「認定」とは書かないでください。',
  },
  changed: {
    act: '登録の内容を変えました',
    text: (name: string, number: string) => `「${name}」（番号 ${number}）の登録の内容を変えました。`,
    notYou: 'あなたが変えたのではないときは、すぐに問い合わせてください。',
  },
  asked: {
    act: '教えてください',
    text: (name: string) => `「${name}」の申し込みについて、担当者から聞きたいことがあります。`,
    how: '次のページから、答えるか、内容を直してください。',
  },
  refused: {
    act: '登録簿に載せられませんでした',
    text: (name: string) =>
      `「${name}」の申し込みを確かめましたが、登録簿に載せられませんでした。理由は次のとおりです。`,
    how: '納得できないときや、直して申し込み直すときは、問い合わせてください。',
  },
  reopened: {
    act: 'もう一度確かめています',
    text: (name: string) =>
      `「${name}」の申し込みを、もう一度確かめることにしました。結果はメールで知らせます。それまで、することはありません。`,
  },
  change: {
    act: '登録の変更のリンクです',
    text: (name: string, number: string) =>
      `「${name}」（番号 ${number}）の内容の変更、段階を上げる、宣言をやめるためのリンクです。48時間使えます。`,
    notYou: '頼んだ覚えがないときは、何もしないでください。何も変わりません。',
  },
  moved: {
    act: '連絡先のメールアドレスが変わります',
    text: (name: string, number: string) =>
      `「${name}」（番号 ${number}）の連絡先を、別のメールアドレスに変える申し込みがありました。新しいアドレスで確かめられると、変わります。`,
    notYou: '心当たりがないときは、すぐに問い合わせてください。',
  },
  status: {
    suspended: {
      act: '登録を一時停止しました',
      text: (name: string, number: string) =>
        `「${name}」（番号 ${number}）の登録を一時停止しました。理由は次のとおりです。`,
    },
    active: {
      act: '登録を元に戻しました',
      text: (name: string, number: string) =>
        `「${name}」（番号 ${number}）の登録を、有効に戻しました。理由は次のとおりです。`,
    },
    stopped: {
      act: '登録が終わりました',
      text: (name: string, number: string) =>
        `「${name}」（番号 ${number}）の登録は、終わりになりました。登録のページは残ります。理由は次のとおりです。`,
    },
    own: '申し込みのメールアドレスから、宣言をやめる手続きがありました。',
  },
}
