/** Sign-in, invitations and the first run: mails and what the use cases say. */
export const access = {
  code: {
    subject: (code: string) => `サインインの番号：${code}｜みまもり`,
    hello: (name: string) => `${name}さん`,
    text: 'みまもりに入るための番号です。サインインの画面に入れてください。',
    valid: '10分以内に、1回だけ使えます。',
    notYou:
      '心当たりがなければ、何もしないでください。番号を人に教えないでください。私たちから番号を聞くことはありません。',
  },
  invitation: {
    subject: (organisation: string) => `みまもりの画面に入れるようになりました｜${organisation}`,
    hello: (name: string) => `${name}さん`,
    text: (inviter: string, organisation: string) =>
      `${inviter}が、${organisation}の見守りの画面にあなたを加えました。`,
    how: 'パスワードはありません。下の画面でこのメールアドレスを入れると、番号が届きます。',
    notYou: '心当たりがなければ、何もしないでください。',
  },
  from: 'みまもり',
}
