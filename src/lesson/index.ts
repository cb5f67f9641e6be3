/** The door of lessons: threat news, the staff lesson, who read and who learned. */
export {
  type LessonLink,
  type OpenedLink,
  lessonLinks,
  linkLife,
  makeLessonLink,
  openLessonLink,
  revokeLessonLink,
} from './link.ts'
export { listNews, type News, newsCounts, publishNews, readNews, withdrawNews } from './news.ts'
export { addStaff, listStaff, type StaffMember, staffLeft } from './staff.ts'
export {
  answerChapter,
  beginTraining,
  findTraining,
  lessonOf,
  listTrainings,
  type Training,
  trainingCounts,
} from './training.ts'
