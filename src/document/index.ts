/** The door of Documents: PDF, DOCX and two-dimensional codes. */
export { type DocxBlock, type DocxOrder, makeDocx } from './docx.ts'
export { makePdf, type PdfOrder } from './pdf.ts'
export { type QrOptions, qrSvg } from './qr.ts'
