/** The mail that reminds a company of what it should mend. */
export const declaration = {
  mail: {
    title: 'みまもり',
    subject: (first: string, count: number) =>
      count > 1 ? `【宣言】見てほしいことが${count}つあります` : `【宣言】${first}`,
    hello: (name: string) => `${name}さん`,
    lead: 'SECURITY ACTIONの自己宣言について、見てほしいことがあります。',
    item: (line: string) => `・${line}`,
    see: '次のページにサインインすると、直す場所がわかります。急ぎの攻撃の知らせではありません。',
    foot: 'このメールは、1つのことにつき1回だけ送ります。宣言の状態は変わっていません。',
  },
}
