import type { VNode } from 'preact'
import { z } from 'zod'
import {
  ActForm,
  type Answer,
  Banner,
  blankForm,
  ConsolePage,
  Form,
  type FormState,
  failForm,
  field,
  readForm,
  type RouteSpec,
  route,
  Section,
  type SignedCtx,
  Table,
  TextArea,
  TextField,
  Time,
  Title,
} from '../../http/index.ts'
import { listNews, type News, publishNews, withdrawNews } from '../../lesson/index.ts'
import { lessonWords } from '../shared/lesson-words.ts'
import { DeskLinks } from './desk-links.tsx'
import { providerNav } from './say.ts'

const schema = z.object({
  title: field.text({ max: 80 }),
  text: field.text({ max: 600 }),
  todo: field.text({ max: 400 }),
  source: field.optionalText({ max: 300 }),
})

/** Threat news that the provider sends to all its companies. */
export const newsRoutes: readonly RouteSpec[] = [
  route({
    method: 'GET',
    path: '/news-desk',
    area: 'provider',
    handle: async (ctx: SignedCtx): Promise<Answer> => ({ page: await newsPage(ctx, blankForm()) }),
  }),
  route({
    method: 'POST',
    path: '/news-desk',
    area: 'provider',
    async handle(ctx: SignedCtx): Promise<Answer> {
      const say = lessonWords(ctx.lang).desk
      const labels = { title: say.newTitle, text: say.newText, todo: say.newTodo, source: say.newSource }
      const read = readForm(ctx, schema, labels)
      if (!read.ok) return { page: await newsPage(ctx, read.form), status: 422 }
      const { source, ...texts } = read.value
      if (source !== undefined && !/^https:\/\/[^\s]+$/.test(source)) {
        return { page: await newsPage(ctx, failForm(ctx, { source: say.badSource })), status: 422 }
      }
      await publishNews(ctx.db, ctx.actor, {
        ...texts,
        ...(source !== undefined && { source }),
        now: ctx.now,
      })
      return { redirect: '/news-desk?done=published' }
    },
  }),
  route({
    method: 'POST',
    path: '/news-desk/:news/withdrawal',
    area: 'provider',
    ids: { news: 'news' },
    async handle(ctx: SignedCtx): Promise<Answer> {
      await withdrawNews(ctx.db, ctx.actor, { news: ctx.params['news'] ?? '', now: ctx.now })
      return { redirect: '/news-desk?done=withdrawn' }
    },
  }),
]

async function newsPage(ctx: SignedCtx, form: FormState): Promise<VNode> {
  const say = lessonWords(ctx.lang).desk
  const news = await ctx.within((tx) => listNews(tx, ctx.lang, ctx.now))
  const done = ctx.query['done']
  return (
    <ConsolePage ctx={ctx} title={say.title} nav={providerNav(ctx)} current="declarations" form={form}>
      {(done === 'published' || done === 'withdrawn') && <Banner tone="ok">{say.done[done]}</Banner>}
      <DeskLinks ctx={ctx} current="news" />
      <Title size="sm">{say.title}</Title>
      <p>{say.lead}</p>
      <Form action="/news-desk" form={form} submit={say.publish}>
        <TextField
          form={form}
          name="title"
          label={say.newTitle}
          help={say.newTitleHelp}
          required
          chars={40}
        />
        <TextArea form={form} name="text" label={say.newText} rows={3} required />
        <TextArea form={form} name="todo" label={say.newTodo} help={say.newTodoHelp} rows={2} required />
        <TextField form={form} name="source" label={say.newSource} chars={40} />
      </Form>
      <NewsTable head={say.list} news={news.filter((item) => item.own)} say={say} />
      <NewsTable head={say.fromCatalogue} news={news.filter((item) => !item.own)} say={say} />
    </ConsolePage>
  )
}

function NewsTable(props: {
  head: string
  news: readonly News[]
  say: ReturnType<typeof lessonWords>['desk']
}): VNode {
  const { head, news, say } = props
  return (
    <Section id={news[0]?.own === false ? 'standing' : 'own'} head={head}>
      {news.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <Table
          label={head}
          head={[say.newTitle, say.newTodo, say.act]}
          rows={news.map((item) => ({
            key: item.id,
            cells: [
              item.title,
              item.todo,
              item.own ? (
                <ActForm
                  key="w"
                  action={`/news-desk/${item.id}/withdrawal`}
                  submit={say.withdraw}
                  kind="secondary"
                  size="xs"
                />
              ) : (
                <Time key="t" at={item.publishedAt} form="day" />
              ),
            ],
          }))}
        />
      )}
    </Section>
  )
}
