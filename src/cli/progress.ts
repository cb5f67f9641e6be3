/** A bar for a person who waits; silent where standard error is no terminal. */
export type Progress = {
  /** So much more is done. */
  step(amount: number): void
  /** So much is done in all; the total may become known, or larger, on the way. */
  to(done: number, total?: number): void
  /** Removes the bar. */
  done(): void
}

export type ProgressOptions = {
  readonly label: string
  /** 0 when unknown: then only the number is shown. */
  readonly total: number
  readonly out?: Out
}

type Out = { readonly isTTY?: boolean; readonly write: (text: string) => unknown }

const width = 24

/** One line of the bar, e.g. `backup [######------------------]  25% 12,000`. */
export function bar(label: string, done: number, total: number): string {
  const count = done.toLocaleString('en')
  if (total <= 0) return `${label} ${count}`
  const part = Math.min(1, done / total)
  const full = Math.floor(part * width)
  const percent = String(Math.floor(part * 100)).padStart(3)
  return `${label} [${'#'.repeat(full)}${'-'.repeat(width - full)}] ${percent}% ${count}`
}

/** Draws only what changed, so a fast worker is not slowed by its own bar. */
export function makeProgress(options: ProgressOptions): Progress {
  const out = options.out ?? process.stderr
  let done = 0
  let total = options.total
  let shown = ''
  const draw = (): void => {
    if (out.isTTY !== true) return
    // Every thousandth is enough for an eye.
    const mark = total > 0 ? String(Math.floor((done / total) * 1_000)) : String(Math.floor(done / 1_000))
    if (mark === shown) return
    shown = mark
    out.write(`\r\u001b[K${bar(options.label, done, total)}`)
  }
  return {
    step(amount) {
      done += amount
      draw()
    },
    to(now, newTotal) {
      done = now
      total = newTotal ?? total
      draw()
    },
    done() {
      if (out.isTTY === true && shown !== '') out.write('\r\u001b[K')
    },
  }
}
