/** How a two-dimensional code is drawn. */
export type QrOptions = {
  /** What it is, for people who don't see it. Without it the picture is decoration beside its text. */
  readonly label?: string
  /** How much may be dirty or hidden: M 15 %, Q 25 %. */
  readonly level?: 'M' | 'Q'
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/**
 * The two-dimensional code (QR) of a text as SVG: black on white with its quiet zone of four modules, no size of its
 * own (set width where it stands). Throws when the text is too long for one code (about 2 300 bytes at M).
 */
export async function qrSvg(text: string, { label, level = 'M' }: QrOptions = {}): Promise<string> {
  const { default: qrcode } = await import('qrcode')
  const drawn = await qrcode.toString(text, { type: 'svg', errorCorrectionLevel: level, margin: 4 })
  const spoken = label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escaped(label)}"`
  return drawn.trim().replace('<svg ', `<svg ${spoken} `)
}
