import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { queue as queueWords } from '../../words/ja/queue.ts'
import type { Launched } from '../program.ts'
import type { Stage } from './stage.ts'

/** Presses the button of the form that posts to this address, and waits for the page that follows. */
async function press(page: Page, action: string | RegExp, button?: string): Promise<void> {
  const forms = page.locator('form[method=post]')
  const actions = await forms.evaluateAll((all) => all.map((form) => form.getAttribute('action') ?? ''))
  const at = actions.findIndex((each) => (typeof action === 'string' ? each === action : action.test(each)))
  if (at < 0) throw new Error(`${page.url()} has no form for ${action}, only ${actions.join(', ')}`)
  const scope = forms.nth(at)
  await Promise.all([
    page.waitForEvent('framenavigated'),
    (button === undefined ? scope.locator('button').last() : scope.locator(button)).click(),
  ])
  await page.waitForLoadState()
  const heading = (await page.locator('h1').first().textContent()) ?? ''
  expect([page.url(), await page.locator('.mm-errors').allTextContents(), heading !== '']).toEqual([
    page.url(),
    [],
    true,
  ])
}

const fill = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(values)) {
    const input = page.locator(`main [name="${name}"]`).first()
    if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption(value)
    else await input.fill(value)
  }
}

/** The owner comes in by a one-time link, opens the urgent notice, answers, and reads what follows. */
export async function ownerAnswers(stage: Stage, page: Page, email: string): Promise<void> {
  await page.goto(await stage.program.entryLink(email))
  await press(page, /^\/enter\//)
  expect(new URL(page.url()).pathname).toBe('/home')
  await page.locator('a[href^="/notices/"]').first().click()
  await press(page, /^\/notices\/.+\/answers$/, 'button[value=unplugged]')
  const said = await page.locator('.mm-banner').first().textContent()
  expect(said).toContain('外しました')
  expect(said).toMatch(/電話します/)
  await page.goto('/home')
  expect(await page.locator('main').textContent()).toContain('外しました')
}

/** An analyst opens a case from the queue's form, adds a note and closes it. */
export async function analystClosesCase(stage: Stage, page: Page, email: string): Promise<void> {
  await page.goto(await stage.program.entryLink(email))
  await press(page, /^\/enter\//)
  expect(new URL(page.url()).pathname).toBe('/queue')
  const alert = await withoutCase(stage)
  await page.goto(`/queue?alert=${alert}`)
  await press(page, `/alerts/${alert}/case`)
  expect(new URL(page.url()).pathname).toMatch(/^\/cases\//)
  await fill(page, { text: '経理の人に電話で聞きました。' })
  await press(page, /\/notes$/)
  expect(await page.locator('main').textContent()).toContain('経理の人に電話で聞きました。')
  await fill(page, { reason: 'resolved', closingNote: '片づきました。' })
  await press(page, /\/cases\/[^/]+\/closing$/)
  expect(await page.locator('.mm-banner').first().textContent()).toContain(queueWords.cases.reasons.resolved)
  expect(await page.locator('form[action$="/closing"]').count()).toBe(0)
}

async function withoutCase(stage: Stage): Promise<string> {
  const { rows } = await stage.program.superuser.query<{ id: string }>(
    `select id from alert where id not in (select alert_id from case_alert)
       and id not in (select alert_id from alert_decision where kind in ('closing', 'merge') and withdrawn_at is null)
     order by first_at limit 1`,
  )
  return rows[0]?.id ?? ''
}

/** From nothing to a sensor with its token, by forms alone. Gives the token. */
export async function adminBegins(program: Launched, page: Page): Promise<string> {
  await page.goto(`${program.baseUrl}/`)
  expect(new URL(page.url()).pathname).toBe('/first-run')
  await fill(page, {
    code: program.setUpCode.toLowerCase(),
    providerName: 'みなと情報サービス',
    adminName: '木村 葵',
    adminEmail: 'kimura@minato.example',
    deskPhone: '０１２０－０００－０００',
    deskHours: '24時間',
  })
  await press(page, '/first-run')
  expect(new URL(page.url()).pathname).toBe('/queue')
  expect(await page.locator('.mm-practice').count()).toBe(0)
  await page.goto(`${program.baseUrl}/companies/new`)
  await fill(page, { name: '佐藤商店', trade: '小売', employees: '６' })
  await press(page, '/companies')
  const company = new URL(page.url()).pathname
  expect(company).toMatch(/^\/companies\/[0-9a-f-]{36}$/)
  const add = async (kind: string, values: Readonly<Record<string, string>>): Promise<void> => {
    await page.goto(`${program.baseUrl}${company}/${kind}/new`)
    await fill(page, values)
    await press(page, `${company}/${kind}`)
  }
  await add('people', {
    name: '佐藤 太郎',
    email: 'sato@sato-shoten.example',
    role: 'owner',
    contactOrder: '1',
  })
  await add('devices', {
    nickname: '入口の機械',
    class: 'utm',
    place: '店の奥',
    knownAs: 'fgt-sato 192.168.1.1',
  })
  const main = await page.locator('main').textContent()
  for (const said of ['佐藤 太郎', '入口の機械']) expect(main).toContain(said)
  await page.goto(`${program.baseUrl}${company}/sensors/new`)
  const device = await page
    .locator('select[name=device] option', { hasText: '入口の機械' })
    .getAttribute('value')
  expect(await page.locator('input[name=required]').isChecked()).toBe(true)
  await fill(page, { name: '入口の記録', device: device ?? '', source: 'fortigate', class: 'utm' })
  await press(page, `${company}/sensors`)
  expect(new URL(page.url()).pathname).toMatch(/^\/sensors\//)
  await press(page, /\/tokens$/)
  const token = (await page.locator('.mm-banner .mm-code').first().textContent()) ?? ''
  expect(token.length).toBeGreaterThan(20)
  return token
}
