/** Addresses that belong to the inside of a firm: RFC 1918, shared (100.64/10), link-local, and IPv6's own. */
const inside =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|fe[89ab][\da-f]:|f[cd][\da-f]{2}:)/i

/** Whether an address is one of the inside. */
export function isInside(address: string): boolean {
  return inside.test(address)
}
