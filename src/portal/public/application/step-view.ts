import type { Ctx, FormState } from '../../../http/index.ts'
import type { Application, Asking, Registry } from '../../../registry/index.ts'

/** What one page of the form is made of. */
export type StepView = {
  readonly ctx: Ctx
  readonly secret: string
  readonly application: Application
  readonly registry: Registry
  readonly asking: Asking
  readonly form: FormState
  /** Whether all else is there: then the way on and back is the page that shows it all. */
  readonly whole: boolean
}
