import { Worker } from 'node:worker_threads'
import { visitError } from './hop.ts'

/** A hostile file may unpack to much more than it weighs; a policy is a page or two. */
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 } as const

/**
 * The text of a PDF, of its first pages; undefined when it holds none (a scan), is locked or broken, or wants too much memory.
 * It is read in a thread of its own with bounded memory, which ends with the visit. Throws VisitError: timeout.
 */
export async function readPdf(bytes: Uint8Array, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) throw visitError('timeout')
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: memory,
    env: {},
    // What the library prints about broken files is of no use to anybody.
    stdout: true,
    stderr: true,
  })
  worker.stdout.resume()
  worker.stderr.resume()
  let end: () => void = () => undefined
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      end = () => reject(visitError('timeout'))
      signal.addEventListener('abort', end, { once: true })
      worker.once('message', (text: unknown) => resolve(typeof text === 'string' ? text : undefined))
      worker.once('error', () => resolve(undefined))
      worker.once('exit', () => resolve(undefined))
    })
  } finally {
    signal.removeEventListener('abort', end)
    await worker.terminate()
  }
}
