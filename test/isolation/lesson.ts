import { randomUUID } from 'node:crypto'
import type { Pool } from '../../src/store/index.ts'

type Form = Readonly<Record<string, string>>

/** What the buttons of threat news and lessons send. */
export const lessonForms: Readonly<Record<string, Form>> = {
  '/news/:news/reading': {},
  '/lessons/:lesson/trainings': {},
  '/trainings/:training/answers': { chapter: 'hurry', choice: 'check' },
  '/lesson-links': {},
  '/lesson-links/:link/revocation': {},
  '/staff-members': { names: '新しい人' },
  '/staff-members/:staff/leaving': {},
  '/lesson/:secret': { name: '通りすがり' },
  '/lesson/:secret/:training': { chapter: 'hurry', choice: 'check' },
  '/news-desk': { title: '題', text: '手口', todo: 'すること', source: '' },
  '/news-desk/:news/withdrawal': {},
}

/** A training of 佐藤さん, a name on the staff list and a link, at one company. */
export async function plantLesson(
  superuser: Pool,
  company: string,
): Promise<{ training: string; staff: string; link: string }> {
  const [training, staff, link] = [randomUUID(), randomUUID(), randomUUID()]
  await superuser.query(
    'insert into staff_member (id, company_id, name, created_at) values ($1, $2, $3, now())',
    [staff, company, '佐藤 恵'],
  )
  await superuser.query(
    `insert into lesson_link (id, company_id, hash, created_at, expires_at) values ($1, $2, $3, now(), now() + interval '90 days')`,
    [link, company, Buffer.from(randomUUID())],
  )
  await superuser.query(
    `insert into training (id, company_id, lesson, edition, name, staff_id, link_id, started_at)
     values ($1, $2, 'tricks', '2026.1', '佐藤 恵', $3, $4, now())`,
    [training, company, staff, link],
  )
  return { training, staff, link }
}
