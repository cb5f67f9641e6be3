/** Whether a value that was read from a line can be shown as one short text. */
export function isCommonDetail(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && String(value) !== ''
}
