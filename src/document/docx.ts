import type { ISectionOptions, Paragraph, Table } from 'docx'
import { fault } from '../base/fault.ts'

/** One block of a word-processor document. Line breaks in a text stay line breaks. */
export type DocxBlock =
  | {
      readonly kind: 'title' | 'heading' | 'text' | 'strong' | 'right' | 'small' | 'bullet'
      readonly text: string
    }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'break' }

export type DocxOrder = {
  readonly title: string
  /** Whose document it is: a company's name. */
  readonly author: string
  readonly lang: 'ja' | 'en'
  readonly blocks: readonly DocxBlock[]
  /** Bottom of every page, left of the page number. */
  readonly foot?: string
}

type Docx = typeof import('docx')

/** XML 1.0 can't hold these, escaped or not; Word then calls the whole file damaged. */
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

const written = (text: string): string => text.replaceAll(unwritable, '')

/** Word counts type in half points and lengths in twentieths of a point. */
const halfPoints = { title: 32, heading: 24, text: 21, strong: 21, right: 21, small: 18, bullet: 21 } as const
const twips = { a4Width: 11_906, a4Height: 16_838, margin: 1_418 } as const

function runs(docx: Docx, text: string, look: { readonly size: number; readonly bold: boolean }) {
  return written(text)
    .split('\n')
    .map(
      (line, at) => new docx.TextRun({ text: line, color: '000000', ...look, ...(at > 0 && { break: 1 }) }),
    )
}

function paragraph(docx: Docx, block: Extract<DocxBlock, { readonly text: string }>): Paragraph {
  const bold = block.kind === 'title' || block.kind === 'heading' || block.kind === 'strong'
  return new docx.Paragraph({
    children: runs(docx, block.text, { size: halfPoints[block.kind], bold }),
    spacing: { after: 120, line: 340, ...(block.kind === 'heading' && { before: 240 }) },
    ...(block.kind === 'title' && {
      heading: docx.HeadingLevel.TITLE,
      alignment: docx.AlignmentType.CENTER,
    }),
    ...(block.kind === 'heading' && { heading: docx.HeadingLevel.HEADING_1, keepNext: true }),
    ...(block.kind === 'right' && { alignment: docx.AlignmentType.RIGHT, keepNext: true }),
    ...(block.kind === 'bullet' && { bullet: { level: 0 } }),
  })
}

function table(docx: Docx, block: Extract<DocxBlock, { readonly kind: 'table' }>): Table {
  const row = (cells: readonly string[], head: boolean) =>
    new docx.TableRow({
      tableHeader: head,
      children: cells.map(
        (text) =>
          new docx.TableCell({
            children: [new docx.Paragraph({ children: runs(docx, text, { size: 20, bold: head }) })],
          }),
      ),
    })
  return new docx.Table({
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))],
  })
}

function footer(docx: Docx, of: DocxOrder): NonNullable<ISectionOptions['footers']> {
  const number = new docx.TextRun({
    size: 16,
    children: [`${written(of.foot ?? '')}　`, docx.PageNumber.CURRENT, ' / ', docx.PageNumber.TOTAL_PAGES],
  })
  return {
    default: new docx.Footer({
      children: [new docx.Paragraph({ alignment: docx.AlignmentType.RIGHT, children: [number] })],
    }),
  }
}

/**
 * The .docx (A4, portrait) of an order, in fonts that Word, LibreOffice and Pages have for Japanese. Texts are values:
 * nothing in them becomes markup or a field. Fault: DOCUMENT.
 */
export async function makeDocx(of: DocxOrder): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await import('docx')
  const { a4Width: width, a4Height: height, margin } = twips
  const language = { value: of.lang === 'ja' ? 'ja-JP' : 'en-GB', eastAsia: 'ja-JP' }
  const font = { ascii: 'Yu Gothic', hAnsi: 'Yu Gothic', eastAsia: 'Yu Gothic', cs: 'Yu Gothic' }
  try {
    const made = new docx.Document({
      title: written(of.title),
      creator: written(of.author),
      lastModifiedBy: written(of.author),
      styles: { default: { document: { run: { font, size: halfPoints.text, language, color: '000000' } } } },
      sections: [
        {
          properties: {
            page: {
              size: { width, height },
              margin: { top: margin, bottom: margin, left: margin, right: margin },
            },
          },
          footers: footer(docx, of),
          children: of.blocks.map((block) => {
            if (block.kind === 'break') return new docx.Paragraph({ pageBreakBefore: true })
            return block.kind === 'table' ? table(docx, block) : paragraph(docx, block)
          }),
        },
      ],
    })
    return Uint8Array.from(await docx.Packer.toBuffer(made))
  } catch (thrown) {
    throw fault('DOCUMENT', { title: of.title, why: String(thrown) })
  }
}
