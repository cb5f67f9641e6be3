import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Serving } from './deps.ts'
import type { Area } from './route.ts'

/** One request and its answer, with what the server shares. */
export type Exchange = {
  readonly serving: Serving
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly area: Area
  /** Whether somebody signed in reads it: then nothing keeps it. */
  readonly personal: boolean
}
