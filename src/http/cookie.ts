/** The value of one cookie of a `Cookie` header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return decode(part.slice(at + 1).trim())
  }
  return undefined
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/**
 * A finished `Set-Cookie` value: not readable by scripts, not sent along from other sites.
 * @param options.seconds how long it lives; 0 takes it away.
 */
export function setCookie(
  name: string,
  value: string,
  options: { readonly seconds: number; readonly secure: boolean; readonly path?: string },
): string {
  const secure = options.secure ? '; Secure' : ''
  return `${name}=${encodeURIComponent(value)}; Path=${options.path ?? '/'}; Max-Age=${options.seconds}; HttpOnly; SameSite=Lax${secure}`
}
