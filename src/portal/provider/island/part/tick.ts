/** The clocks of the promises go on between two looks. */
export function tick(): void {
  for (const left of document.querySelectorAll<HTMLElement>('.mm-left[data-due]')) {
    const ms = Number(left.dataset['due']) - Date.now()
    if (ms < 0 || ms >= 3_600_000) continue
    const two = (n: number): string => String(n).padStart(2, '0')
    left.textContent = `${two(Math.floor(ms / 60_000))}:${two(Math.floor((ms % 60_000) / 1_000))}`
    left.dataset['left'] = ms < 5 * 60_000 ? 'soon' : 'ok'
  }
}
