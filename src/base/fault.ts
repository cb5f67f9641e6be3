/**
 * The catalogue of errors. A code is stable and never reused; `operator` says whether somebody who runs the
 * installation must hear of it. Texts say what happened and what to do, without blame.
 */
type Entry = { readonly status: number; readonly operator: boolean; readonly ja: string; readonly en: string }

export const faults = {
  NOT_FOUND: {
    status: 404,
    operator: false,
    ja: 'このページは見つかりません。リンクが古いか、見る権限がありません。',
    en: 'This page was not found. The link is old, or you may not see it.',
  },
  SIGN_IN_NEEDED: { status: 401, operator: false, ja: 'サインインしてください。', en: 'Please sign in.' },
  FORM_ORIGIN: {
    status: 403,
    operator: false,
    ja: 'このページの外から送られたので、受け取りませんでした。ページを開き直して、もう一度押してください。',
    en: 'This was sent from outside the page, so we did not take it. Open the page again and press once more.',
  },
  TOO_MANY: {
    status: 429,
    operator: false,
    ja: '回数が多すぎます。しばらくしてから、もう一度ためしてください。',
    en: 'Too many tries. Please wait a while and try again.',
  },
  BAD_INPUT: {
    status: 400,
    operator: false,
    ja: '入力を確かめてください。',
    en: 'Please check what you entered.',
  },
  INTERNAL: {
    status: 500,
    operator: true,
    ja: '私たちの側の不具合で、表示できませんでした。入力はそのまま残っていることがあります。もう一度ためしてください。',
    en: 'Something failed on our side. Please try again.',
  },
  CATALOGUE: {
    status: 500,
    operator: true,
    ja: '制度の一覧（catalogue）が正しくありません。',
    en: 'The catalogue of the schemes is wrong.',
  },
  SETTING: { status: 500, operator: true, ja: '設定が正しくありません。', en: 'A setting is wrong.' },
  DATABASE_LOCALE: {
    status: 500,
    operator: true,
    ja: 'データベースの文字の並び（LC_CTYPE）が C です。日本語の検索が正しく動かないので、始めませんでした。',
    en: 'The database was made with LC_CTYPE C. Japanese search would fail silently, so nothing was started.',
  },
  DATABASE_ROLE: {
    status: 500,
    operator: true,
    ja: '会社ごとの区切りを越えられる役でデータベースにつながっています。始めませんでした。',
    en: 'The connection can bypass row-level security (superuser or owner). Nothing was started.',
  },
  INGEST_TOKEN: {
    status: 401,
    operator: false,
    ja: 'センサーの鍵が正しくありません。',
    en: 'The sensor token is missing or wrong.',
  },
  INGEST_BUSY: {
    status: 503,
    operator: true,
    ja: '今は受け取れません。少し待って、もう一度送ってください。',
    en: 'Cannot take lines now. Wait and send again.',
  },
  INGEST_RATE: {
    status: 429,
    operator: false,
    ja: '送る速さが上限を超えました。少し待って、もう一度送ってください。',
    en: 'The rate limit of this sensor is exceeded. Wait and send again.',
  },
  INGEST_TOO_LARGE: {
    status: 413,
    operator: false,
    ja: '一度に送る量が上限を超えました。分けて送ってください。',
    en: 'The body is over the limit. Send it in parts.',
  },
  INGEST_ENCODING: {
    status: 415,
    operator: false,
    ja: 'この圧縮や形式は読めません。',
    en: 'This content type or encoding is not supported.',
  },
  INGEST_BODY: {
    status: 400,
    operator: false,
    ja: '本文を読めませんでした。',
    en: 'The body could not be read.',
  },
  CASE_ALREADY_CLOSED: {
    status: 409,
    operator: false,
    ja: 'この事案は、もう終わっています。',
    en: 'This case is already closed.',
  },
  NOTICE_ALREADY_ANSWERED: {
    status: 409,
    operator: false,
    ja: 'このお知らせには、もう答えが届いています。',
    en: 'This notice was answered already.',
  },
  HOME_IN_USE: {
    status: 500,
    operator: true,
    ja: 'このデータフォルダーでは、もう見守りが動いています。先に動いている方を止めてください。',
    en: 'Another Mimamori runs on this home folder. Stop it first.',
  },
  HOME_UNREACHABLE: {
    status: 500,
    operator: true,
    ja: 'データベースの利用者がデータフォルダーに入れません。MIMAMORI_HOME に別のフォルダーを書いてください。',
    en: 'The database account cannot reach the home folder. Set MIMAMORI_HOME to another folder.',
  },
  DATABASE_START: {
    status: 500,
    operator: true,
    ja: '内蔵のデータベースを始められませんでした。',
    en: 'The embedded database could not be started.',
  },
  DATABASE_VERSION: {
    status: 500,
    operator: true,
    ja: 'データベースの版が古すぎます。PostgreSQL 15 以上が必要です。',
    en: 'The database server is too old. PostgreSQL 15 or newer is needed.',
  },
  DATABASE_OWNER: {
    status: 500,
    operator: true,
    ja: 'DATABASE_URL の利用者に必要な権限がありません。',
    en: 'The user of DATABASE_URL lacks a right it needs.',
  },
  MIGRATION: {
    status: 500,
    operator: true,
    ja: 'データベースの表の版が、このプログラムと合いません。何も変えていません。',
    en: 'The schema of the database does not fit this program. Nothing was changed.',
  },
  BACKUP_INCOMPLETE: {
    status: 500,
    operator: true,
    ja: 'バックアップに入らない表があるので、やめました。',
    en: 'Some rows would be missing from the backup, so none was made.',
  },
  BACKUP_UNREADABLE: {
    status: 400,
    operator: true,
    ja: 'バックアップのファイルが壊れているか、途中で切れています。',
    en: 'The backup file is damaged or cut off.',
  },
  RESTORE_NOT_EMPTY: {
    status: 409,
    operator: true,
    ja: '戻す先のデータベースが空ではありません。何も変えていません。',
    en: 'The database to restore into is not empty. Nothing was changed.',
  },
  INGEST_SLOW: {
    status: 408,
    operator: false,
    ja: '本文が届くのに時間がかかりすぎました。もう一度送ってください。',
    en: 'The body took too long to arrive. Send it again.',
  },
  ALERT_CLOSED: {
    status: 409,
    operator: false,
    ja: 'この気づきは、もう片づいています。続けるには、前の判断を取り消してください。',
    en: 'This alert is settled already. Withdraw that decision first.',
  },
  DECISION_TOO_LATE: {
    status: 409,
    operator: false,
    ja: 'この判断のあとに次のことが行われたので、もう取り消せません。',
    en: 'Something was done after this decision, so it can no longer be withdrawn.',
  },
  NOTICE_CLOSED: {
    status: 409,
    operator: false,
    ja: 'このお知らせは、もう終わっています。新しいお知らせを見てください。',
    en: 'This notice is over. Look at the newer one.',
  },
  TASK_ALREADY_DONE: {
    status: 409,
    operator: false,
    ja: 'この作業は、もう終わっています。',
    en: 'This task is already done.',
  },
  DOCUMENT: {
    status: 500,
    operator: true,
    ja: '私たちの側の不具合で、書類を作れませんでした。入力はそのまま残っています。少し待って、もう一度ためしてください。',
    en: 'The document could not be made. What you entered is kept. Please try again later.',
  },
  DECLARATION_STATE: {
    status: 409,
    operator: false,
    ja: 'この宣言では、いまはそれができません。宣言のページで、いまの様子を見てください。',
    en: 'This is not possible in the present state of the declaration. See its page for how it stands.',
  },
  ENTRY_STATE: {
    status: 409,
    operator: false,
    ja: '登録簿のこの宣言では、いまはそれができません。登録のページで、いまの様子を見てください。',
    en: 'This is not possible in the present state of the entry. See its page for how it stands.',
  },
  SELF_CHECK_OVER: {
    status: 409,
    operator: false,
    ja: 'この診断は、もう終わっているか、やめたものです。答えは変えられません。',
    en: 'This self-check is finished or was given up. Its answers can no longer be changed.',
  },
  APPLICATION_SETTLED: {
    status: 409,
    operator: false,
    ja: 'この申し込みは、先に決まったか、取り下げられました。開き直して、いまの様子を見てください。',
    en: 'This application was decided or withdrawn in the meantime. Open it again to see how it stands.',
  },
} as const satisfies Record<string, Entry>

export type FaultCode = keyof typeof faults

/** An error from the catalogue; `details` name what it happened to and never hold a secret. */
export type Fault = Error & {
  readonly code: FaultCode
  readonly status: number
  readonly operator: boolean
  readonly details: Readonly<Record<string, unknown>>
}

/** Makes the error `code`; its message is the English text with the details, for logs and the command line. */
export function fault(code: FaultCode, details: Readonly<Record<string, unknown>> = {}): Fault {
  const entry = faults[code]
  const shown = Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''
  return Object.assign(new Error(`${entry.en}${shown}`), {
    code,
    status: entry.status,
    operator: entry.operator,
    details,
  })
}

/** Whether an unknown thrown value is one of ours. */
export function isFault(thrown: unknown): thrown is Fault {
  return (
    thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code in faults
  )
}
