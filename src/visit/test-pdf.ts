import { encode } from './test-encode.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/**
 * A PDF with one page for each text, set in a font that is not inside and an encoding of Shift_JIS, as office programs of the
 * 2000s made them; an empty text is a page without any, as a scanner makes it. For tests.
 */
export function testPdf(pages: readonly string[]): Uint8Array<ArrayBuffer> {
  const kids = pages.map((_, index) => `${10 + index * 2} 0 R`).join(' ')
  const objects = [
    `1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj`,
    `2 0 obj <</Type/Pages/Count ${pages.length}/Kids[${kids}]>> endobj`,
    `3 0 obj <</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[4 0 R]>> endobj`,
    `4 0 obj <</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 5 0 R>> endobj`,
    `5 0 obj <</Type/FontDescriptor/FontName/Ryumin-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>> endobj`,
    ...pages.flatMap((text, index) => {
      const lines = text === '' ? [] : text.split('\n')
      const drawn = lines
        .map((line, row) => `1 0 0 1 50 ${780 - row * 20} Tm <${hex(encode(line, 'shift_jis'))}> Tj`)
        .join('\n')
      const stream = `BT /F1 12 Tf ${drawn} ET`
      return [
        `${10 + index * 2} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${11 + index * 2} 0 R>> endobj`,
        `${11 + index * 2} 0 obj <</Length ${stream.length}>> stream\n${stream}\nendstream endobj`,
      ]
    }),
  ]
  return new TextEncoder().encode(`%PDF-1.4\n${objects.join('\n')}\ntrailer <</Root 1 0 R>>\n%%EOF\n`)
}
