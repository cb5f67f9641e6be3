/**
 * Makes the queue live and drives it by keyboard. The page works without it: every act is a form, every row a link.
 * What it shows comes from the server's own page, read again and put in place; the order of the list changes only when
 * the analyst asks for it.
 */
import { keyOf } from './part/key-of.ts'
import { tick } from './part/tick.ts'

type Words = {
  readonly lost: string
  readonly live: string
  readonly pause: string
  readonly resume: string
  readonly off: string
  readonly on: string
}

const words = JSON.parse(document.getElementById('queue-data')?.textContent ?? '{}') as Words
const keysKey = 'mm-keys'

const byId = (id: string): HTMLElement | null => document.getElementById(id)
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('#rows tr[data-row]')]
const chosenRow = (): HTMLElement | undefined =>
  rows().find((row) => row.getAttribute('aria-selected') === 'true')
const idOf = (row: HTMLElement | undefined): string | undefined => row?.dataset['row']

let paused = false
let asked = 0
/** Until the acts of the chosen row stand in the bar; keys pressed meanwhile wait for it. */
let choosing: Promise<void> | undefined
let sending = false

/**
 * Reads a page of ours; undefined when another one was asked for meanwhile. What came of an act is never dropped: it tells
 * how to undo it.
 */
async function readPage(url: string, request?: RequestInit): Promise<Document | undefined> {
  asked += 1
  const mine = asked
  const answer = await fetch(url, { ...request, headers: { accept: 'text/html' } })
  if (answer.redirected && new URL(answer.url).pathname !== '/queue') {
    location.assign(answer.url)
    return undefined
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (request === undefined && mine !== asked) return undefined
  if (answer.redirected) history.replaceState(null, '', withoutDone(answer.url))
  return page
}

function withoutDone(address: string): string {
  const url = new URL(address)
  url.searchParams.delete('done')
  url.searchParams.delete('undo')
  return url.href
}

function put(page: Document, ids: readonly string[]): void {
  for (const id of ids) {
    const fresh = page.getElementById(id)
    const old = byId(id)
    if (fresh && old) old.replaceWith(document.importNode(fresh, true))
  }
}

/** Chooses a row: the panes follow, the list stays where it is. Until they have, no act of the row before can be pressed. */
async function choose(row: HTMLElement | undefined): Promise<void> {
  const id = idOf(row)
  if (!row || id === undefined) return
  byId('keys')?.toggleAttribute('inert', true)
  const mine = showRow(row, id)
  choosing = mine
  await mine.finally(() => {
    if (choosing === mine) choosing = undefined
  })
}

async function showRow(row: HTMLElement, id: string): Promise<void> {
  for (const each of rows()) {
    const is = each === row
    each.setAttribute('aria-selected', String(is))
    const link = each.querySelector('a')
    if (is) link?.setAttribute('aria-current', 'true')
    else link?.removeAttribute('aria-current')
  }
  row.scrollIntoView({ block: 'nearest' })
  history.replaceState(null, '', `/queue?alert=${id}`)
  const page = await readPage(`/queue?alert=${id}`)
  if (page) put(page, ['detail', 'preview', 'keys'])
}

function move(by: number): void {
  const all = rows()
  const at = all.findIndex((row) => row.getAttribute('aria-selected') === 'true')
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))]
  if (next && next !== all[at]) void choose(next)
}

/** Sends one of the page's own forms and shows what came of it; the row that was decided leaves, the others keep their places. */
async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) body.append(name, String(value))
  if (button instanceof HTMLButtonElement && button.name !== '') body.append(button.name, button.value)
  button?.setAttribute('aria-busy', 'true')
  const decided = chosenRow()
  const after = neighbour(decided)
  sending = true
  const page = await readPage(form.action, { method: 'POST', body }).finally(() => {
    sending = false
  })
  if (!page) return
  // The analyst has gone on to another row meanwhile: the panes are that row's.
  const stayed = chosenRow() === decided
  const still = new Set(
    [...page.querySelectorAll<HTMLElement>('#rows tr[data-row]')].map((row) => row.dataset['row']),
  )
  const gone = idOf(decided) !== undefined && !still.has(idOf(decided))
  put(page, stayed ? ['done', 'detail', 'preview', 'keys'] : ['done'])
  renew(page)
  if (gone) {
    for (const line of document.querySelectorAll(`#rows [data-of="${idOf(decided)}"]`)) line.remove()
    decided?.remove()
    if (after && stayed) void choose(after)
  } else if (new URL(location.href).searchParams.get('alert') !== idOf(decided)) {
    bringBack(page)
  }
}

function neighbour(row: HTMLElement | undefined): HTMLElement | undefined {
  const all = rows()
  const at = row ? all.indexOf(row) : -1
  return all[at + 1] ?? all[at - 1]
}

/** After an undo the row is back on the server's page: take its list, which is what the analyst asked for. */
function bringBack(page: Document): void {
  const fresh = page.getElementById('rows')
  const old = byId('rows')
  if (fresh && old) old.replaceWith(document.importNode(fresh, true))
  else if (page.getElementById('list')) put(page, ['list'])
  hideFresh()
}

/** New figures in the rows that stand, nothing moved; how many stand only on the server goes to the pill. */
function renew(page: Document): void {
  const here = new Map(rows().map((row) => [row.dataset['row'], row]))
  let fresh = 0
  for (const row of page.querySelectorAll<HTMLElement>('#rows tr[data-row]')) {
    const mine = here.get(row.dataset['row'])
    if (!mine) {
      fresh += 1
      continue
    }
    const cells = [...row.querySelectorAll('td')]
    const old = [...mine.querySelectorAll('td')]
    cells.forEach((cell, at) => {
      if (old[at] && old[at].innerHTML !== cell.innerHTML) old[at].innerHTML = cell.innerHTML
    })
  }
  const pill = byId('fresh')
  const count = byId('fresh-count')
  if (pill) pill.hidden = fresh === 0
  if (count) count.textContent = String(fresh)
}

function hideFresh(): void {
  const pill = byId('fresh')
  if (pill) pill.hidden = true
}

/** Takes the whole list anew: only when the analyst asks. */
async function showFresh(): Promise<void> {
  const id = idOf(chosenRow())
  const page = await readPage(id === undefined ? '/queue' : `/queue?alert=${id}`)
  if (!page) return
  put(page, ['list', 'detail', 'preview', 'keys'])
  ready()
}

let waiting: number | undefined

/** Something moved in our scope: look again soon, once for many. */
function moved(): void {
  if (paused || waiting !== undefined) return
  waiting = window.setTimeout(() => {
    waiting = undefined
    const id = idOf(chosenRow())
    void look(id)
  }, 700)
}

async function look(id: string | undefined): Promise<void> {
  if (sending || choosing !== undefined) {
    moved()
    return
  }
  const typing = document.activeElement?.matches('input, textarea, select') ?? false
  const page = await readPage(id === undefined ? '/queue' : `/queue?alert=${id}`)
  if (!page) return
  if (rows().length === 0) {
    put(page, ['list', 'detail', 'preview', 'keys'])
    ready()
    return
  }
  renew(page)
  const open = document.querySelector('.mm-sheet[open]') !== null
  if (!typing && !open && idOf(chosenRow()) === id) put(page, ['detail', 'preview', 'keys'])
}

function listen(): void {
  const source = new EventSource('/queue/stream')
  const live = (): HTMLElement | null => byId('live')
  source.addEventListener('open', () => {
    const place = live()
    if (place) place.textContent = words.live
    moved()
  })
  source.addEventListener('moved', moved)
  source.addEventListener('error', () => {
    const now = new Intl.DateTimeFormat('ja-JP', {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Asia/Tokyo',
    })
    const place = live()
    if (place) place.textContent = words.lost.replace('{clock}', now.format(new Date()))
  })
}

const keysOff = (): boolean => localStorage.getItem(keysKey) === 'off'

function sheetOpen(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.mm-sheet[open]')
}

function pressKey(key: string): boolean {
  const sheet = sheetOpen()
  if (sheet) {
    const choice = sheet.querySelector<HTMLElement>(`[data-choice="${key}"]`)
    choice?.click()
    return choice !== null
  }
  if (key === 'j' || key === 'k') {
    move(key === 'j' ? 1 : -1)
    return true
  }
  if (key === 'r' && byId('fresh')?.hidden === false) {
    void showFresh()
    return true
  }
  if (key === 'l') {
    byId('pause')?.click()
    return true
  }
  if (choosing !== undefined) {
    void choosing.then(() => pressKey(key))
    return true
  }
  const button = document.querySelector<HTMLElement>(`[data-key="${key}"]`)
  if (!button) return false
  button.click()
  button
    .closest<HTMLElement>('.mm-sheet')
    ?.querySelector<HTMLElement>('select, [data-choice], button, input')
    ?.focus()
  return true
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229) return
  if (event.key === 'Escape') {
    const sheet = sheetOpen()
    sheet?.removeAttribute('open')
    sheet?.querySelector('summary')?.focus()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || keysOff()) return
  if (
    event.target instanceof HTMLElement &&
    event.target.closest('input, textarea, select, [contenteditable]')
  )
    return
  if (event.key === '?') {
    const help = byId('key-help')
    help?.toggleAttribute('open')
    return
  }
  const key = keyOf(event)
  if (key !== undefined && pressKey(key)) event.preventDefault()
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  if (!/^\/(alerts|decisions|tasks)\//.test(new URL(form.action).pathname)) return
  // A new case opens its own page: let the browser go there.
  if (new URL(form.action).pathname.endsWith('/case')) return
  event.preventDefault()
  void send(form, event.submitter)
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (target?.closest('#fresh, #reload')) {
    event.preventDefault()
    void showFresh()
    return
  }
  if (target?.closest('#pause')) {
    paused = !paused
    ready()
    if (!paused) moved()
    return
  }
  if (target?.closest('#key-switch')) {
    localStorage.setItem(keysKey, keysOff() ? 'on' : 'off')
    ready()
    return
  }
  const row = target?.closest<HTMLElement>('#rows tr[data-row]')
  if (row && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    void choose(row)
  }
}

/** Shows what only works with this script. */
function ready(): void {
  const pause = byId('pause')
  if (pause) {
    pause.hidden = false
    pause.setAttribute('aria-pressed', String(paused))
    pause.firstChild?.replaceWith(paused ? words.resume : words.pause)
  }
  const toggle = byId('key-switch')
  if (toggle) {
    toggle.hidden = false
    toggle.textContent = keysOff() ? words.on : words.off
  }
}

document.addEventListener('keydown', onKey)
document.addEventListener('submit', onSubmit)
document.addEventListener('click', onClick)
window.setInterval(tick, 1_000)
ready()
listen()
