import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { Instant } from '../base/time.ts'
import { plainAddress } from './directory.ts'
import type { Frame } from './framing.ts'
import { deliver, type IntakeParts } from './intake.ts'
import { kernelDrops } from './kernel-drops.ts'
import { type Lane, makeLane } from './lane.ts'

export type UdpLimits = {
  /** What the kernel may hold for us; it gives what net.core.rmem_max allows. */
  readonly kernelBytes: number
  /** Peers at once, and memory of one peer and of all. Beyond, datagrams are let go and counted. */
  readonly peers: number
  readonly laneBytes: number
  readonly allBytes: number
}

export const udpLimits: UdpLimits = {
  kernelBytes: 8 * 1024 * 1024,
  peers: 2_000,
  laneBytes: 8 * 1024 * 1024,
  allBytes: 48 * 1024 * 1024,
}

export type UdpState = {
  readonly running: boolean
  readonly received: number
  /** Let go by us for want of room. */
  readonly dropped: number
  /** Let go by the kernel since the start; undefined where it does not tell. */
  readonly kernelDrops: number | undefined
  readonly waiting: number
}

export type UdpReceiver = {
  readonly port: number
  readonly state: () => UdpState
  /** Reads what the kernel holds, closes, keeps what was read. */
  readonly close: () => Promise<void>
}

type Options = {
  readonly parts: IntakeParts
  readonly now: () => Instant
  readonly host: string
  readonly port: number
  readonly limits: UdpLimits
}

const lookAtKernelEvery = 10_000

/** Listens for syslog over UDP. Rejects when the port cannot be had. */
// oxlint-disable-next-line max-lines-per-function -- one listener; its peers share the counts
export async function listenUdp(options: Options): Promise<UdpReceiver> {
  const { parts, now, limits } = options
  const lanes = new Map<string, Lane>()
  let held = 0
  let received = 0
  let dropped = 0
  let seenDrops: number | undefined
  let running = true
  const socket = await bound(options)
  const { port } = socket.address()

  function laneOf(peer: string): Lane | undefined {
    const known = lanes.get(peer)
    if (known) return known
    if (lanes.size >= limits.peers) return undefined
    const origin = { transport: 'syslog-udp', peer, port } as const
    const lane = makeLane({
      now,
      pause: parts.pause,
      weigh: (change) => {
        held += change
      },
      deliver: (arrived) => deliver(parts, origin, arrived),
    })
    lanes.set(peer, lane)
    void forgetWhenIdle(peer, lane)
    return lane
  }

  async function forgetWhenIdle(peer: string, lane: Lane): Promise<void> {
    do {
      await Promise.resolve()
      await lane.idle()
    } while (lane.busy())
    lanes.delete(peer)
  }

  function hear(message: Buffer, from: RemoteInfo): void {
    received += 1
    const peer = plainAddress(from.address)
    const bytes = withoutEnd(message)
    if (bytes.length === 0) return
    const limit = parts.limits.lineBytes
    const frame: Frame = { bytes: bytes.subarray(0, limit), truncated: bytes.length > limit }
    const lane = held < limits.allBytes ? laneOf(peer) : undefined
    if (lane && lane.bytes() < limits.laneBytes) return lane.give([frame])
    dropped += 1
    parts.incidents.noteReceiver('udp', 'overload', { count: 1, detail: peer })
  }

  async function lookAtKernel(): Promise<void> {
    const drops = await kernelDrops(port)
    if (drops === undefined) return
    const more = drops - (seenDrops ?? 0)
    if (more > 0) parts.incidents.noteReceiver('udp', 'kernel-drop', { count: more })
    seenDrops = drops
  }

  socket.on('message', hear)
  const timer = setInterval(() => void lookAtKernel(), lookAtKernelEvery)
  timer.unref()
  await lookAtKernel()

  return {
    port,
    state: () => ({ running, received, dropped, kernelDrops: seenDrops, waiting: held }),
    close: async () => {
      clearInterval(timer)
      await lookAtKernel()
      await untilQuiet(() => received)
      running = false
      await new Promise<void>((closed) => {
        socket.close(() => closed())
      })
      await Promise.all([...lanes.values()].map((lane) => lane.idle()))
    },
  }
}

function bound({ host, port, limits }: Options): Promise<Socket> {
  const socket = createSocket({
    type: host.includes(':') ? 'udp6' : 'udp4',
    recvBufferSize: limits.kernelBytes,
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.off('error', reject)
      socket.on('error', () => undefined)
      resolve(socket)
    })
  })
}

/** The loop reads a few datagrams a turn: nothing for some turns means that the kernel has no more. */
async function untilQuiet(received: () => number): Promise<void> {
  const turnsOfQuiet = 5
  for (let quiet = 0, seen = received(), turns = 0; quiet < turnsOfQuiet && turns < 100_000; turns++) {
    await new Promise((next) => {
      setImmediate(next)
    })
    quiet = received() === seen ? quiet + 1 : 0
    seen = received()
  }
}

/** Without the LF, CRLF or NUL that some senders put at the end of a datagram. */
function withoutEnd(message: Buffer): Buffer {
  let end = message.length
  while (end > 0 && (message[end - 1] === 0x0a || message[end - 1] === 0x0d || message[end - 1] === 0))
    end -= 1
  return message.subarray(0, end)
}
