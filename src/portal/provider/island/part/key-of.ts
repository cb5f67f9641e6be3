const codes: Readonly<Record<string, string>> = {
  KeyJ: 'j',
  KeyK: 'k',
  KeyR: 'r',
  KeyL: 'l',
  KeyH: 'h',
  KeyA: 'a',
  KeyC: 'c',
  KeyZ: 'z',
}

/** The key by its place (an input method may swallow its letter); digits also on the number pad. */
export function keyOf(event: KeyboardEvent): string | undefined {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1]
  return digit ?? codes[event.code]
}
