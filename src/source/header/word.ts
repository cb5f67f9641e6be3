/** The text from `start` to the next blank. */
export function word(text: string, start: number): { readonly text: string; readonly end: number } {
  if (start >= text.length) return { text: '', end: text.length }
  const blank = text.indexOf(' ', start)
  const end = blank === -1 ? text.length : blank
  return { text: text.slice(start, end), end }
}
