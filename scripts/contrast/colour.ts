/** Red, green, blue 0 to 255 and opacity 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

const names: Readonly<Record<string, Colour>> = { white: [255, 255, 255, 1], black: [0, 0, 0, 1] }

/** Reads `#rgb`, `#rrggbb` (with opacity), `rgb()`, `white`, `black`; nothing for words such as `inherit`. */
export function readColour(text: string): Colour | undefined {
  const lower = text.trim().toLowerCase()
  if (names[lower]) return names[lower]
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(lower)?.[1]
  if (hex) return fromHex(hex)
  const numbers = /^rgba?\(([^()]*)\)$/
    .exec(lower)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean)
  if (!numbers || numbers.length < 3) return undefined
  const [red = 0, green = 0, blue = 0] = numbers.map((part) => fraction(part, 255))
  return [red, green, blue, numbers[3] ? fraction(numbers[3], 1) : 1]
}

function fromHex(hex: string): Colour {
  const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex
  const at = (index: number) => Number.parseInt(long.slice(index * 2, index * 2 + 2) || 'ff', 16)
  return [at(0), at(1), at(2), at(3) / 255]
}

function fraction(part: string, whole: number): number {
  const number = Number.parseFloat(part)
  return part.endsWith('%') ? (number / 100) * whole : number
}

/**
 * The contrast of two colours by WCAG 2 (1 to 21; text needs 4.5). What is not opaque is laid on what is under it:
 * the text on its ground, the ground on white paper.
 */
export function contrast(text: Colour, ground: Colour): number {
  const paper = lay(ground, [255, 255, 255, 1])
  const [a, b] = [luminance(lay(text, paper)), luminance(paper)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function lay([red, green, blue, alpha]: Colour, under: Colour): Colour {
  const mix = (top: number, below: number) => top * alpha + below * (1 - alpha)
  return [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), 1]
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
