import { z } from 'zod'
import { readSet } from './read.ts'

const choice = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  text: z.string().min(1).max(120),
  right: z.literal(true).optional(),
})
const chapterText = z
  .strictObject({
    title: z.string().min(1),
    text: z.array(z.string().min(1)).min(1),
    question: z.string().min(1),
    choices: z.array(choice).min(2).max(4),
    because: z.string().min(1),
  })
  .refine((it) => it.choices.filter((one) => one.right).length === 1, 'exactly one right choice')
const chapter = z.strictObject({ key: z.string().regex(/^[a-z]+$/), ja: chapterText, en: chapterText })
const heading = z.strictObject({ title: z.string().min(1), about: z.string().min(1) })
const lesson = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  edition: z.string(),
  published: z.string(),
  minutes: z.number().int().positive(),
  status: z.string(),
  source: z.url(),
  ja: heading,
  en: heading,
  chapters: z.array(chapter).min(1),
})
const newsText = z.strictObject({
  title: z.string().min(1).max(90),
  text: z.string().min(1),
  todo: z.string().min(1),
})
const news = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  published: z.iso.date(),
  source: z.url(),
  ja: newsText,
  en: newsText,
})

export type Lesson = z.infer<typeof lesson>
export type Chapter = Lesson['chapters'][number]
export type StandingNews = z.infer<typeof news>

let lessons: readonly Lesson[] | undefined
let standing: readonly StandingNews[] | undefined

/** The lessons of the catalogue. Fault: CATALOGUE. */
export function lessonsOfCatalogue(): readonly Lesson[] {
  lessons ??= readSet('lessons', z.array(lesson).min(1), 'lessons')
  return lessons
}

/** The threat news that every installation begins with, as in the file. Fault: CATALOGUE. */
export function newsOfCatalogue(): readonly StandingNews[] {
  standing ??= readSet('news', z.array(news), 'lessons')
  return standing
}
