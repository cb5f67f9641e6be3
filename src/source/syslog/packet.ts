import type { Common } from '../source.ts'
import { address, clip, port, present, protocol, put, whole } from '../text.ts'

export type Packet = { readonly common: Common; readonly fields: Readonly<Record<string, unknown>> }

const mostPairs = 64

/**
 * Reads the line of a Linux packet filter (`… SRC=192.0.2.1 DST=… PROTO=TCP SPT=… DPT=…`; NAS boxes, UniFi and home
 * routers log so). Undefined for any other message. Names are kept and given Sigma's names for a firewall besides.
 */
export function readPacket(message: string): Packet | undefined {
  const start = message.indexOf('IN=')
  if (start === -1 || !message.includes(' SRC=', start) || !message.includes(' DST=', start)) return undefined
  const pairs: Record<string, string> = {}
  let count = 0
  for (const token of clip(message.slice(start), 2_048).split(' ')) {
    const equals = token.indexOf('=')
    if (equals < 1 || equals > 16 || Object.hasOwn(pairs, token.slice(0, equals))) continue
    if ((count += 1) > mostPairs) break
    put(pairs, token.slice(0, equals), token.slice(equals + 1))
  }
  const src = address(pairs['SRC'])
  const dst = address(pairs['DST'])
  if (src === undefined || dst === undefined) return undefined
  const chain = message
    .slice(0, start)
    .replace(/^\[[\d. ]{1,32}\] ?/, '')
    .trim()
  const ends = present({
    src_ip: src,
    src_port: port(pairs['SPT']),
    dst_ip: dst,
    dst_port: port(pairs['DPT']),
  })
  return {
    common: present({
      ...ends,
      proto: protocol(pairs['PROTO']),
      action: verdictOf(chain),
      rule_name: chain === '' ? undefined : clip(chain.replace(/:$/, ''), 64),
      bytes_out: whole(pairs['LEN']),
    }),
    fields: { ...pairs, ...ends, ...present({ action: verdictOf(chain) }) },
  }
}

/** The log prefix that an administrator chose usually says what became of the packet. */
function verdictOf(chain: string): string | undefined {
  if (/drop|block|deny|reject|ufw block/i.test(chain)) return 'blocked'
  if (/accept|allow|permit/i.test(chain)) return 'allowed'
  return undefined
}
