import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeBodies } from './isolation/bodies.ts'
import { describeDatabase } from './isolation/database.ts'
import { digest } from './isolation/digest.ts'
import { formsOf } from './isolation/forms.ts'
import {
  addressOf,
  dueToForeigner,
  formOf,
  mayEnter,
  nameOf,
  type Visit,
  walk,
  wrong,
} from './isolation/walk.ts'
import { describeMoving } from './isolation/moving.ts'
import { foreigners, makeWorld, ours, type World } from './isolation/world.ts'

const blank = { minato: '', kohoku: '', yamada: '', midori: '', hoshino: '' }
const foreignerNames = foreigners(blank).map((each) => each.name)
const ourNames = ours(blank).map((each) => each.name)

let world: World
let before: Record<string, string>
const visited: Visit[] = []

beforeAll(async () => {
  world = await makeWorld()
  before = await digest(world.program.superuser, [world.organisation.yamada, world.organisation.minato])
}, 180_000)
afterAll(async () => {
  const count = (due: string): number => visited.filter((visit) => visit.due === due).length
  console.info(
    `isolation: ${world.routes.length} routes, ${visited.length} visits, ${count('refused')} refused, ${count('own')} answered with the visitor's own`,
  )
  await world.program.stop()
})

const unchanged = async (): Promise<void> => {
  const { yamada, minato } = world.organisation
  expect(await digest(world.program.superuser, [yamada, minato])).toEqual(before)
}

describe('all routes, with the ids of 山田製作所', () => {
  test('are declared once, name what their params are, and have forms that this test knows', () => {
    const names = world.routes.map(nameOf)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    for (const route of world.routes) {
      addressOf(route, world.ids)
      formOf(world, route)
    }
    const posts = new Set(world.routes.filter((each) => each.method === 'POST').map((each) => each.path))
    expect(Object.keys(formsOf(world)).filter((path) => !posts.has(path))).toEqual([])
  })

  test.for(foreignerNames)('tell %s nothing and change nothing', async (name) => {
    const who = foreigners(world.organisation).find((each) => each.name === name)
    if (who === undefined) throw new Error('BUG: no such person')
    const visits = await walk(world, who, {
      routes: world.routes,
      due: (route) => dueToForeigner(route, who),
      words: true,
    })
    visited.push(...visits)
    expect(visits).toHaveLength(world.routes.length)
    expect(wrong(who, visits)).toEqual([])
    await unchanged()
  })

  test.for(ourNames)('are refused to %s where they are for another role', async (name) => {
    const who = ours(world.organisation).find((each) => each.name === name)
    if (who === undefined) throw new Error('BUG: no such person')
    const routes = world.routes.filter((route) => !mayEnter(route, who))
    const visits = await walk(world, who, { routes, due: () => 'refused', words: false })
    visited.push(...visits)
    expect(visits.length).toBeGreaterThan(10)
    expect(wrong(who, visits)).toEqual([])
    await unchanged()
  })
})

describeDatabase(() => world)
describeMoving(() => world)
describeBodies(() => world)
