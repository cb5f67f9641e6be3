import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkWords } from './check-words.ts'
import { forbiddenIn } from './words/forbidden.ts'
import { shapeDifferences } from './words/shape.ts'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/words/${name}`, import.meta.url))

test('texts that one language lacks, empties or shapes otherwise are named by their place', async () => {
  const { problems } = await checkWords(fixture('unequal'))
  expect(problems.toSorted()).toEqual([
    'words/*/owner.ts: owner.ago: 2 parameters in ja, 1 in en',
    'words/*/owner.ts: owner.empty in ja: empty text',
    'words/*/owner.ts: owner.kind: string in ja, object in en',
    'words/*/owner.ts: owner.list.1: missing in en',
    'words/*/owner.ts: owner.lost: missing in en',
    'words/*/queue.ts: queue: missing in en',
  ])
})

test('forbidden words are found in words, pages and notices, but not in remarks or in lists of them', async () => {
  const { problems, files } = await checkWords(fixture('forbidden'))
  expect(problems.map((problem) => problem.replace(/」.*/, '')).toSorted()).toEqual([
    'catalogue/notices.yaml:5: 「安全です',
    'src/portal/owner/home.tsx:1: 「安心です',
    'words/ja/front.ts:3: 「IPA認定',
    'words/ja/front.ts:4: 「SECURITY ACTIONを取得',
    'words/ja/front.ts:5: 「取得した二つ星の宣言',
    'words/ja/front.ts:6: 「安全です',
  ])
  expect(files).toBe(4)
})

test('a folder whose noun the glossary does not explain is named', async () => {
  const { problems } = await checkWords(fixture('unexplained'))
  expect(problems).toEqual(['GLOSSARY.md: says nothing of src/helper/'])
})

test('a checkout without texts and without a glossary does not pass', async () => {
  const { problems } = await checkWords(fixture('nowhere'))
  expect(problems).toEqual(['words/: no texts found', 'GLOSSARY.md is missing'])
})

test('the same shape passes whatever the texts say', () => {
  const ja = { title: '見守り', days: (n: number) => `${n}日`, list: ['一', '二'] }
  const en = { title: 'Watching', days: (n: number) => `${n} days`, list: ['one', 'two'] }
  expect(shapeDifferences(ja, en)).toEqual([])
})

test('honest sentences pass', () => {
  const honest = [
    '宣言しました。IDを取得できました。',
    '安全な場所に置いてください。',
    'IPAの資料です。',
    '記録を取得しました。',
  ]
  expect(honest.flatMap(forbiddenIn)).toEqual([])
})
