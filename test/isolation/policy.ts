import { randomUUID } from 'node:crypto'
import type { Pool } from '../../src/store/index.ts'

type Form = Readonly<Record<string, string>>

/** What the buttons of the basic policy send. */
export const policyForms: Readonly<Record<string, Form>> = {
  '/policy/language': { lang: 'ja' },
  '/policy/questions/:question': { officer_title: '取った人' },
  '/policy/articles/:article': { title: '取った見出し', text: '取った文' },
  '/policy/articles/:article/standard': {},
  '/policy/approve': { name: '誰か', title: '社長', confirm: 'yes', shown: 'a'.repeat(64) },
  '/policy/review': { act: 'same' },
  '/policy/versions/:policy/readers': { people: '3', confirmed: '1' },
  '/policy/versions/:policy/staff-mail': {},
  '/policy/hosting': { open: 'yes' },
}

const source = {
  lang: 'ja',
  values: {
    company_name: '山田製作所',
    short_name: '当社',
    representative_title: '代表取締役',
    representative_name: '山田 一郎',
    officer_title: '総務部長',
    contact: '電話',
    established_on: '2026-11-20',
    revised_on: '',
  },
  assets: { chosen: [0], own: [] },
  fits: [],
  wording: {},
  answered: [],
}

/** One approved version of a company. */
export async function plantPolicy(superuser: Pool, company: string, by: string): Promise<{ policy: string }> {
  const policy = randomUUID()
  await superuser.query(
    `insert into policy_version (id, company_id, number, lang, edition, title, preamble, articles, closing, source,
       established_on, missing, sha256, approved_name, approved_title, approved_at, approved_by)
     values ($1, $2, 1, 'ja', '1', '情報セキュリティ基本方針', '守ります。', '[{"key":"po.law","title":"法令","text":"守ります。"}]',
       '["山田製作所"]', $3, '2026-11-20', '{}', $4, '山田 一郎', '代表取締役', now(), $5)`,
    [policy, company, JSON.stringify(source), 'b'.repeat(64), by],
  )
  return { policy }
}
