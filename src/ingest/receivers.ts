import type { Ingest } from './ingest.ts'
import { listenTcp, type TcpLimits, type TcpReceiver, tcpLimits } from './tcp.ts'
import { listenUdp, type UdpLimits, type UdpReceiver, type UdpState, udpLimits } from './udp.ts'

/** For `/readyz`: how each receiver does. */
export type ReceiverState = {
  readonly udp: UdpState
  readonly tcp: ReturnType<TcpReceiver['state']>
}

export type Receivers = {
  readonly udpPort: number
  readonly tcpPort: number
  readonly state: () => ReceiverState
  /** Stops accepting, reads what the kernel holds, waits until it is kept, closes. */
  readonly close: () => Promise<void>
}

export type ReceiverOptions = {
  /** Port 0 asks the kernel for a free one. */
  readonly syslog: { readonly host: string; readonly udpPort: number; readonly tcpPort: number }
  readonly tcp?: Partial<TcpLimits>
  readonly udp?: Partial<UdpLimits>
}

/** Without a database nothing can be kept; the program must end nevertheless. */
const longestClosing = 15_000

/** Opens the syslog receivers. Rejects, with neither open, when one of the ports cannot be had. */
export async function startReceivers(ingest: Ingest, options: ReceiverOptions): Promise<Receivers> {
  const { host, udpPort, tcpPort } = options.syslog
  const shared = { parts: ingest, now: ingest.now, host }
  const udp = await listenUdp({ ...shared, port: udpPort, limits: { ...udpLimits, ...options.udp } })
  let tcp: TcpReceiver
  try {
    tcp = await listenTcp({ ...shared, port: tcpPort, limits: { ...tcpLimits, ...options.tcp } })
  } catch (thrown) {
    await udp.close()
    throw thrown
  }
  let closing: Promise<void> | undefined
  return {
    udpPort: udp.port,
    tcpPort: tcp.port,
    state: () => ({ udp: udp.state(), tcp: tcp.state() }),
    close: () => {
      closing ??= closeBoth(ingest, udp, tcp)
      return closing
    },
  }
}

async function closeBoth(ingest: Ingest, udp: UdpReceiver, tcp: TcpReceiver): Promise<void> {
  // Nobody rests for the rate any more: what was read is to be kept now.
  ingest.hurry()
  const closed = Promise.all([udp.close(), tcp.close()])
  let timer: NodeJS.Timeout | undefined
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, longestClosing)
  })
  await Promise.race([closed, over])
  clearTimeout(timer)
}
