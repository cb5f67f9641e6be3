import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../base/time.ts'
import { lessonsOfCatalogue, newsOfCatalogue } from '../catalogue/index.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import { type Tx, within } from '../store/index.ts'
import {
  addStaff,
  answerChapter,
  beginTraining,
  findTraining,
  lessonLinks,
  lessonOf,
  linkLife,
  listNews,
  makeLessonLink,
  newsCounts,
  openLessonLink,
  publishNews,
  readNews,
  revokeLessonLink,
  trainingCounts,
  withdrawNews,
} from './index.ts'

let town: Town
const now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())

const asYamada = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  within(town.app, { organisations: [town.yamada.id] }, work)

describe('the catalogue', () => {
  test('has lessons with one right choice a chapter, the same in both languages', () => {
    for (const lesson of lessonsOfCatalogue()) {
      for (const chapter of lesson.chapters) {
        const right = (lang: 'ja' | 'en') => chapter[lang].choices.find((one) => one.right)?.id
        expect(right('ja')).toBe(right('en'))
        expect(chapter.ja.choices.map((one) => one.id)).toEqual(chapter.en.choices.map((one) => one.id))
      }
    }
  })

  test('reads in ten minutes: 500 characters a minute and half a minute for each question', () => {
    for (const lesson of lessonsOfCatalogue()) {
      const letters = lesson.chapters
        .flatMap(({ ja }) => [
          ja.title,
          ...ja.text,
          ja.question,
          ...ja.choices.map((one) => one.text),
          ja.because,
        ])
        .join('').length
      expect(letters / 500 + lesson.chapters.length / 2).toBeLessThanOrEqual(lesson.minutes)
    }
  })

  test('has news with a source and one thing to do', () => {
    expect(newsOfCatalogue().length).toBeGreaterThanOrEqual(5)
  })
})

describe('the lesson', () => {
  test('is finished when the last chapter is answered right; tries are kept', async () => {
    const lesson = lessonOf()
    const company = town.yamada.id
    const find = (training: string) => asYamada((tx) => findTraining(tx, { company, training }))
    const id = await asYamada((tx) =>
      beginTraining(tx, { company, name: ' 佐藤　恵 ', lesson: lesson.id }, now),
    )
    for (const [index, chapter] of lesson.chapters.entries()) {
      const wrong = chapter.ja.choices.find((one) => !one.right)?.id ?? ''
      const right = chapter.ja.choices.find((one) => one.right)?.id ?? ''
      const answer = async (choice: string, later: number) => {
        const training = await find(id)
        if (!training) throw new Error('no training')
        return asYamada((tx) =>
          answerChapter(tx, { company, training, chapter: chapter.key, choice }, now + index * 10 + later),
        )
      }
      if (index === 0) expect(await answer(wrong, 0)).toBe(false)
      expect((await find(id))?.finishedAt).toBeNull()
      expect(await answer(right, 1)).toBe(true)
    }
    const done = await find(id)
    expect(done).toMatchObject({ name: '佐藤 恵', rightAtFirst: lesson.chapters.length - 1 })
    expect(done?.finishedAt).toBe(now + (lesson.chapters.length - 1) * 10 + 1)
  })

  test('counts by the staff list and names who is missing, for a year', async () => {
    const company = town.yamada.id
    expect(
      await addStaff(town.app, town.yamada.owner, { names: '佐藤恵\n田中 一郎\n\n田中　一郎', now }),
    ).toBe(2)
    const counts = (later: number) => asYamada((tx) => trainingCounts(tx, company, now + later))
    expect(await counts(day)).toMatchObject({ people: 2, done: 1, missing: ['田中 一郎'] })
    expect(await counts(366 * day)).toMatchObject({ people: 2, done: 0 })
  })

  test('says which line of the names is too long', async () => {
    const names = `佐藤\n${'あ'.repeat(61)}`
    await expect(addStaff(town.app, town.yamada.owner, { names, now })).rejects.toMatchObject({
      details: { line: 2, limit: 60 },
    })
  })

  test('is nothing of another company', async () => {
    const maruhachi = town.maruhachi.id
    const read = await within(town.app, { organisations: [maruhachi] }, async (tx) => ({
      counts: await trainingCounts(tx, maruhachi, now + day),
      stolen: await tx.rows('select 1 from training union all select 1 from staff_member'),
    }))
    expect(read.stolen).toEqual([])
    expect(read.counts.done).toBe(0)
  })
})

describe('a link for staff', () => {
  test('opens the lesson of its company for 90 days, until it is revoked', async () => {
    const secret = await makeLessonLink(town.app, town.yamada.owner, now)
    const opened = await openLessonLink(town.app, secret, now)
    expect(opened).toMatchObject({ company: town.yamada.id })
    expect(await openLessonLink(town.app, secret, now + linkLife)).toBeUndefined()
    expect(await openLessonLink(town.app, `${secret}x`, now)).toBeUndefined()
    const [link] = await asYamada((tx) => lessonLinks(tx, town.yamada.id, now))
    const of = { link: link?.id ?? '', now }
    expect(await revokeLessonLink(town.app, town.maruhachi.owner, of)).toBe(false)
    expect(await openLessonLink(town.app, secret, now)).toBeDefined()
    expect(await revokeLessonLink(town.app, town.yamada.owner, of)).toBe(true)
    expect(await openLessonLink(town.app, secret, now)).toBeUndefined()
  })
})

describe('threat news', () => {
  test('of the provider stands beside that of the catalogue; reading is counted once', async () => {
    const company = town.yamada.id
    const person = town.yamada.owner.person
    const text = {
      title: '県内で、にせの請求が増えています',
      text: '水道局を名のります。',
      todo: '番号を確かめます。',
    }
    const id = await publishNews(town.app, town.analyst, { ...text, now })
    const before = await asYamada((tx) => newsCounts(tx, company, now))
    for (const _ of [1, 2]) {
      const read = await asYamada((tx) => readNews(tx, { company, person, news: id, lang: 'ja' }, now))
      expect(read).toMatchObject({ title: text.title, own: true })
    }
    const after = await asYamada((tx) => newsCounts(tx, company, now))
    expect(after).toMatchObject({ sent: before.sent, read: before.read + 1 })
    await withdrawNews(town.app, town.analyst, { news: id, now })
    const left = await asYamada((tx) => listNews(tx, 'ja', now))
    expect(left.map((item) => item.id)).not.toContain(id)
    await expect(publishNews(town.app, town.yamada.owner, { ...text, now })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
