import type { VNode } from 'preact'

/** One tick an hour in which signals came, a dot where none did; 24 hours, the running one at the right end. */
function path(
  hours: readonly number[],
  tick: { step: number; top: number; length: number; heard: boolean },
): string {
  return hours
    .map((lines, at) => {
      const x = tick.step * at + tick.step / 2
      if (tick.heard) return lines > 0 ? `M${x} ${tick.top}v${tick.length}` : ''
      return lines > 0 ? '' : `M${x} ${tick.top + tick.length / 2}v.01`
    })
    .join('')
}

/** The wide strip of the owner's home. */
export function Strip(props: {
  hours: readonly number[]
  label: string
  legend: string
  scale: readonly string[]
}): VNode {
  const shape = { step: 20, top: 12, length: 16 }
  return (
    <div class="mm-strip">
      <svg class="mm-strip__svg" viewBox="0 0 480 40" role="img" aria-label={props.label}>
        <path class="mm-tick" d={path(props.hours, { ...shape, heard: true })} />
        <path class="mm-tick" data-tick="gap" d={path(props.hours, { ...shape, heard: false })} />
      </svg>
      <p class="mm-strip__scale" aria-hidden="true">
        {props.scale.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </p>
      <p class="mm-strip__legend">{props.legend}</p>
    </div>
  )
}

/** The small strip in a row of devices. */
export function Beat(props: { hours: readonly number[]; label: string }): VNode {
  const shape = { step: 5, top: 4, length: 12 }
  return (
    <svg class="mm-beat" viewBox="0 0 121 20" role="img" aria-label={props.label}>
      <path class="mm-tick" d={path(props.hours, { ...shape, heard: true })} />
      <path class="mm-tick" data-tick="gap" d={path(props.hours, { ...shape, heard: false })} />
    </svg>
  )
}
