import type { Severity } from '../../src/base/severity.ts'

const asked: Readonly<Record<Severity, string>> = {
  now: 'あなたの操作が必要です',
  today: '今日、お願いしたいことがあります',
  week: '今週、お願いしたいことがあります',
  info: 'することはありません',
}

/** Words around a notice in a mail; the notice's own words are in catalogue/notices.yaml. */
export const noticeMail = {
  severity: { now: 'いますぐ', today: '今日中', week: '今週中', info: 'お知らせ' },
  asked,
  practice: '練習用の見本',
  practiceText: 'これは練習用の見本です。本物の攻撃ではありません。',
  again: '続報',
  againText: '前のお知らせから、わかったことが変わりました。このお知らせを見てください。',
  to: (name: string) => `${name} 様`,
  subject: (mark: string, act: string, company: string) => `${mark}${act}｜${company}`,
  actAndTitle: (act: string, title: string) => `${act}：${title}`,
  mark: (text: string) => `【${text}】`,
  what: 'なにが',
  todo: 'してほしいこと',
  doNot: 'しないでください',
  head: (text: string) => `■ ${text}`,
  asking: (severity: string, who: string) => `■ ${severity}：${who}`,
  phone: (phone: string, hours: string) => `■ 電話 ${phone}（${hours}）`,
  code: (code: string) => `番号 ${code} と言ってください。`,
  page: (until: string) => `■ 答えるページ（${until}まで開けます）`,
  pageNote: 'リンクはページを開くだけです。押すまで、何も変わりません。',
  details: (text: string) => `${text}：答えるページの下にあります。`,
  genuine: '■ 本物か確かめるには',
  genuineHow: (page: string) =>
    `契約書の番号に電話してお知らせ番号を言うか、次のページに番号を入れてください。\n${page}`,
  genuineNever: 'このメールは、パスワードもお金もお願いしません。添付ファイルもありません。',
  weekSubject: (count: number) => `お願いが${count}つあります`,
  weekText: (count: number) => `今週中にお願いしたいことが、${count}つあります。`,
  floodSubject: (count: number, title: string) => `お知らせが${count}件あります：${title}`,
  floodText: (count: number) =>
    `短い間にお知らせが続いたので、${count}件を1通にまとめました。急ぐ順に並んでいます。`,
  item: (severity: string, title: string) => `【${severity}】${title}`,
  until: (date: string, time: string) => `${date}${time}`,
}
