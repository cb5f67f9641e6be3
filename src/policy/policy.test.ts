import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { saveDetail } from '../company/index.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import type { Tx } from '../store/index.ts'
import { approvePolicy, keyedText } from './approve.ts'
import { hashOf, wholeText } from './compose.ts'
import { currentPolicy, policyReading, policyText } from './current.ts'
import { askedQuestions, type Draft } from './draft.ts'
import { publishedPolicy } from './page-store.ts'
import { countReaders, switchPolicyPage } from './publish.ts'
import { confirmPolicy, reviewPolicy, takeReview } from './review.ts'
import { findVersion, listVersions } from './store.ts'
import { answerPolicyQuestion, type Doing, draftOf, wordPolicyArticle } from './write-policy.ts'

let town: Town
const now = at(10, 0)
const later = at(16, 0)

const doing = (actor: Actor, when = now): Doing => ({ actor, now: when, lang: 'ja' })
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => town.as(actor, work)

/** Answers everything that is asked, as it is filled in already. */
async function answerAll(actor: Actor, values: Partial<Draft['values']> = {}): Promise<Draft> {
  return as(actor, async (tx) => {
    let draft = await draftOf(tx, doing(actor))
    for (const { id: question } of askedQuestions(draft))
      draft = await answerPolicyQuestion(tx, doing(actor), { question, values })
    return draft
  })
}
const approve = (actor: Actor, draft: Draft, name = draft.values.representative_name, when = now) =>
  as(actor, (tx) =>
    approvePolicy(tx, doing(actor, when), { name, title: '代表取締役', shown: hashOf(keyedText(draft)) }),
  )

beforeAll(async () => {
  town = await makeTown()
  const detail = {
    nameKana: null,
    postalCode: null,
    address: null,
    url: null,
    industry: null,
    capitalYen: null,
    phone: '045-000-0000',
    representativeTitle: '代表取締役',
    representativeName: '山田 一郎',
  }
  const { owner, id } = town.yamada
  await as(owner, (tx) => saveDetail(tx, { ...detail, company: id }, { person: owner.person, now }))
})
afterAll(() => town.database.drop())

describe('from nothing to an approved policy', () => {
  test('the draft begins with the company and is written only when somebody answers', async () => {
    const { owner } = town.yamada
    const draft = await as(owner, (tx) => draftOf(tx, doing(owner)))
    expect(draft.values).toMatchObject({
      company_name: '株式会社山田製作所',
      representative_name: '山田 一郎',
      established_on: '2026-11-25',
    })
    const { rowCount } = await town.database.superuser.query('select 1 from policy_draft')
    expect(rowCount).toBe(0)
  })

  test('nothing is approved while a question is open, by another name, or when the text is not the one shown', async () => {
    const { owner, member } = town.yamada
    const first = await as(owner, (tx) => draftOf(tx, doing(owner)))
    expect(await approve(owner, first)).toEqual({ ok: false, why: 'open_questions' })
    const draft = await answerAll(member, { officer_title: '総務部長' })
    expect(await approve(owner, first)).toEqual({ ok: false, why: 'text_changed' })
    expect(await approve(owner, draft, '佐藤 次郎')).toEqual({ ok: false, why: 'other_name' })
    await expect(approve(member, draft)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await as(owner, (tx) => currentPolicy(tx, town.yamada.id))).toBe(undefined)
  })

  test('the representative approves what was shown; name, moment and hash stay with the frozen text', async () => {
    const { owner, id } = town.yamada
    const draft = await as(owner, (tx) => draftOf(tx, doing(owner)))
    const done = await approve(owner, draft, '山田　一郎')
    expect(done).toMatchObject({ ok: true, version: { number: 1, approvedName: '山田　一郎' } })
    const current = await as(owner, (tx) => currentPolicy(tx, id))
    expect(current).toMatchObject({
      number: 1,
      approvedAt: now,
      reviewedAt: now,
      missing: [],
      establishedOn: '2026-11-25',
      approvedBy: { name: '山田　一郎', title: '代表取締役' },
    })
    expect(current).not.toHaveProperty('hostedPath')
    const text = await as(owner, (tx) => policyText(tx, current?.version ?? ''))
    expect(hashOf(text)).toBe(current?.sha256)
    expect(wholeText(text)).toContain('情報セキュリティの責任者を総務部長とし')
  })

  test('a version can be changed by nobody', async () => {
    const { owner } = town.yamada
    for (const change of [`update policy_version set title = 'x'`, 'delete from policy_version'])
      await expect(as(owner, (tx) => tx.run(change))).rejects.toThrow('permission denied')
  })

  test('the same text again is no new version; a changed one is the second', async () => {
    const { owner, id } = town.yamada
    const draft = await as(owner, (tx) => draftOf(tx, doing(owner)))
    expect(await approve(owner, draft)).toEqual({ ok: false, why: 'nothing_new' })
    const changed = await as(owner, (tx) =>
      wordPolicyArticle(tx, doing(owner), {
        key: 'po.law',
        wording: { title: '法令と約束', text: '{{company_name}} #panic("x") <b>太字</b>' },
      }),
    )
    expect(await approve(owner, changed, '山田一郎', later)).toMatchObject({ ok: true })
    const versions = await as(owner, (tx) => listVersions(tx, id))
    expect(versions.map((one) => one.number)).toEqual([2, 1])
    const law = versions[0]?.articles.find((one) => one.key === 'po.law')
    expect(law?.text).toBe('{{company_name}} #panic("x") <b>太字</b>')
  })
})

describe('own wording', () => {
  test('equal to the standard it is none, and the standard comes back on a press', async () => {
    const { owner } = town.yamada
    const draft = await as(owner, (tx) => wordPolicyArticle(tx, doing(owner), { key: 'po.law' }))
    expect(draft.wording).toEqual({})
    const standard = keyedText(draft).articles.find((one) => one.key === 'po.law')
    const same = await as(owner, (tx) =>
      wordPolicyArticle(tx, doing(owner), {
        key: 'po.law',
        wording: { title: standard?.title ?? '', text: standard?.text ?? '' },
      }),
    )
    expect(same.wording).toEqual({})
    await expect(
      as(owner, (tx) => wordPolicyArticle(tx, doing(owner), { key: 'po.nothing' })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the page for everybody', () => {
  test('is open only while the company wants it, at an address that stays', async () => {
    const { owner, id } = town.yamada
    const { page } = await as(owner, (tx) => switchPolicyPage(tx, doing(owner), true))
    expect(page?.code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}$/)
    const code = page?.code ?? ''
    expect(await publishedPolicy(town.app, code)).toMatchObject({
      companyName: '株式会社山田製作所',
      number: 2,
      establishedOn: '2026-11-25',
    })
    const current = await as(owner, (tx) => currentPolicy(tx, id))
    expect(current?.hostedPath).toBe(`/published/${code}`)
    await as(owner, (tx) => switchPolicyPage(tx, doing(owner), false))
    expect(await publishedPolicy(town.app, code)).toBe(undefined)
    const again = await as(owner, (tx) => switchPolicyPage(tx, doing(owner), true))
    expect(again.page?.code).toBe(code)
    expect(await publishedPolicy(town.app, 'none-none')).toBe(undefined)
  })

  test('only an owner switches it', async () => {
    const { member } = town.yamada
    await expect(as(member, (tx) => switchPolicyPage(tx, doing(member), true))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('a year later', () => {
  test('a new representative is what the look shows, and nothing else', async () => {
    const { owner, id } = town.yamada
    const draft = await as(owner, (tx) => draftOf(tx, doing(owner)))
    await approve(owner, draft)
    const calm = await as(owner, (tx) => reviewPolicy(tx, doing(owner)))
    expect(calm.changes).toEqual([])
    await as(owner, (tx) => confirmPolicy(tx, doing(owner, later)))
    expect(await as(owner, (tx) => currentPolicy(tx, id))).toMatchObject({ number: 3, reviewedAt: later })

    await as(owner, (tx) =>
      tx.run(`update company_detail set representative_name = '山田 花子' where company_id = $1`, [id]),
    )
    const { changes } = await as(owner, (tx) => reviewPolicy(tx, doing(owner)))
    expect(changes).toEqual([
      { kind: 'closing', before: '代表取締役 山田 一郎', after: '代表取締役 山田 花子' },
    ])
    await as(owner, (tx) => takeReview(tx, doing(owner, later), ['po.partners', 'po.unknown']))
    const next = await as(owner, (tx) => draftOf(tx, doing(owner)))
    expect(next.values).toMatchObject({ representative_name: '山田 花子', revised_on: '2026-11-25' })
    expect(next.articles).toContain('po.partners')
    expect(next.articles).not.toContain('po.unknown')
  })

  test('how many read it is kept with the version', async () => {
    const { member, id } = town.yamada
    await as(member, (tx) => countReaders(tx, doing(member), { people: 18, confirmed: 17 }))
    expect(await as(member, (tx) => policyReading(tx, id))).toEqual({ people: 18, confirmed: 17, asOf: now })
  })
})

test('丸八運送 sees and touches nothing of 山田製作所', async () => {
  const { owner } = town.maruhachi
  const version = await as(town.yamada.owner, (tx) => currentPolicy(tx, town.yamada.id))
  const id = version?.version ?? ''
  expect(await as(owner, (tx) => currentPolicy(tx, town.yamada.id))).toBe(undefined)
  expect(await as(owner, (tx) => findVersion(tx, id))).toBe(undefined)
  await expect(as(owner, (tx) => policyText(tx, id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const draft = await as(owner, (tx) => draftOf(tx, doing(owner)))
  expect(draft.values.company_name).toBe('丸八運送')
  for (const table of ['policy_draft', 'policy_version', 'policy_review', 'policy_reading', 'policy_page'])
    expect(await as(owner, (tx) => tx.rows(`select 1 from ${table}`))).toEqual([])
  await expect(
    as(owner, (tx) =>
      tx.run(`insert into policy_draft (company_id, content, changed_at) values ($1, '{}', now())`, [
        town.yamada.id,
      ]),
    ),
  ).rejects.toThrow('row-level security')
})
