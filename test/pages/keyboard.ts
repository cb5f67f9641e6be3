import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { Stage } from './stage.ts'

/** The queue as its keys move it. */
type Queue = {
  rows(): Promise<string[]>
  chosen(): Promise<string>
  press(...keys: string[]): Promise<void>
  /** Presses, and gives what the page then says was done. */
  act(...keys: string[]): Promise<string>
  /** Waits until this row is chosen and its detail and its acts stand beside it. */
  untilChosen(id: string): Promise<void>
}

export function queueOn(page: Page): Queue {
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  return {
    rows: () =>
      page
        .locator('#rows tr[data-row]')
        .evaluateAll((all) => all.map((row) => row.getAttribute('data-row') ?? '')),
    chosen: async () =>
      (await page.locator('#rows tr[aria-selected=true]').first().getAttribute('data-row')) ?? '',
    press,
    async act(...keys) {
      const said = (): Promise<string> => page.locator('#done').evaluate((done) => done.textContent ?? '')
      const before = await said()
      await press(...keys)
      await expect.poll(async () => [before, ''].includes(await said()), { timeout: 10_000 }).toBe(false)
      return said()
    },
    async untilChosen(id) {
      await page.locator(`#rows tr[data-row="${id}"][aria-selected=true]`).waitFor()
      await page.locator(`#keys form[action="/alerts/${id}/assignment"]`).waitFor({ state: 'attached' })
      await page.locator(`#detail a[href="/alerts/${id}"]`).first().waitFor()
    },
  }
}

/** J and K choose, and stop at the ends. */
export async function movesByKeys(page: Page): Promise<void> {
  const queue = queueOn(page)
  const rows = await queue.rows()
  expect(rows.length).toBeGreaterThan(2)
  const [first = '', second = ''] = rows
  await queue.untilChosen(first)
  await queue.press('k')
  expect(await queue.chosen()).toBe(first)
  await queue.press('j')
  await queue.untilChosen(second)
  await queue.press('k')
  await queue.untilChosen(first)
  expect(await queue.rows()).toEqual(rows)
}

/** Keys typed faster than the panes follow act on the row that was chosen, never on the one before. */
export async function actsOnTheChosen(stage: Stage, page: Page): Promise<void> {
  const queue = queueOn(page)
  const second = (await queue.rows())[1] ?? ''
  await queue.act('j', 'a')
  const { rows } = await stage.program.superuser.query<{ alert: string }>(
    `select alert_id as alert from alert_decision where kind = 'assignment' order by at desc limit 1`,
  )
  expect(rows).toEqual([{ alert: second }])
  await queue.untilChosen(second)
  await queue.press('k')
}

/** "No problem" with its reason takes the row away, the next is chosen, and Z brings it back where it was. */
export async function closesAndUndoes(page: Page): Promise<void> {
  const queue = queueOn(page)
  const rows = await queue.rows()
  const last = rows.at(-1) ?? ''
  for (let at = 1; at < rows.length; at++) await queue.press('j')
  await queue.untilChosen(last)
  await queue.act('3', '1')
  await expect.poll(queue.rows).toEqual(rows.slice(0, -1))
  await queue.untilChosen(rows.at(-2) ?? '')
  await queue.act('z')
  await expect.poll(queue.rows).toEqual(rows)
}

/** Asking the owner, and later, leave the alert in the list. */
export async function asksAndPutsOff(stage: Stage, page: Page): Promise<void> {
  const queue = queueOn(page)
  const target = (await queue.rows()).at(-1) ?? ''
  await page.locator(`#rows tr[data-row="${target}"] a`).click()
  await queue.untilChosen(target)
  await queue.press('4')
  expect(await page.locator('.mm-sheet[data-sheet="4"][open]').count()).toBe(1)
  await page.locator('.mm-sheet[open] button').last().focus()
  await queue.act('Enter')
  await queue.untilChosen(target)
  await queue.act('h', '1')
  const { rows } = await stage.program.superuser.query<{ kind: string }>(
    'select kind from alert_decision where alert_id = $1 and withdrawn_at is null order by at desc limit 2',
    [target],
  )
  expect(rows.map((row) => row.kind)).toEqual(['later', 'question'])
}

/** Keys say nothing in a field, while an input method composes, with Control, and when they are switched off. */
export async function keysRest(page: Page): Promise<void> {
  const queue = queueOn(page)
  const first = (await queue.rows())[0] ?? ''
  await page.locator(`#rows tr[data-row="${first}"] a`).click()
  await queue.untilChosen(first)
  await queue.press('3')
  const note = page.locator('#closing-note')
  await note.focus()
  await queue.press('j', '1', '4')
  expect(await note.inputValue()).toBe('j14')
  expect(await queue.chosen()).toBe(first)
  await note.fill('')
  await queue.press('Escape')
  expect(await page.locator('.mm-sheet[open]').count()).toBe(0)
  await page.evaluate(() => {
    const press = (more: KeyboardEventInit): boolean =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { bubbles: true, code: 'KeyJ', key: 'j', ...more }),
      )
    press({ isComposing: true })
    press({ keyCode: 229 })
    press({ ctrlKey: true })
  })
  expect(await queue.chosen()).toBe(first)
  await page.locator('#key-help summary').click()
  await page.locator('#key-switch').click()
  await page.locator('#key-help summary').click()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await queue.press('j')
  expect(await queue.chosen()).toBe(first)
  await page.locator('#key-help summary').click()
  await page.locator('#key-switch').click()
  await page.locator('#key-help summary').click()
}

/** What arrives is only counted; the list moves when the analyst asks for it. */
export async function listStaysWhileAlertsArrive(stage: Stage, page: Page): Promise<void> {
  const queue = queueOn(page)
  const before = await queue.rows()
  const chosen = await queue.chosen()
  const top = (): Promise<number> =>
    page.locator(`#rows tr[data-row="${chosen}"]`).evaluate((row) => row.getBoundingClientRect().top)
  const at = await top()
  await stage.anotherAlert()
  await page.locator('#fresh:not([hidden])').waitFor({ timeout: 30_000 })
  expect(Number(await page.locator('#fresh-count').textContent())).toBeGreaterThan(0)
  expect(await queue.rows()).toEqual(before)
  expect([await queue.chosen(), await top()]).toEqual([chosen, at])
  await queue.press('r')
  await expect.poll(async () => (await queue.rows()).length).toBeGreaterThan(before.length)
  expect(await queue.chosen()).toBe(chosen)
}

/** 1 opens the case of the chosen alert. */
export async function opensCase(page: Page): Promise<void> {
  await page.keyboard.press('1')
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}/)
}
