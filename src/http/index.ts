/** The door of the web: server, routes, forms and the parts of a page. */
export { type Actor, type House, homeOf, type Lang, type Role } from './actor.ts'
export { setCookie } from './cookie.ts'
export type { Readiness, ServerDeps, Session } from './deps.ts'
export { blankForm, type FormState, failForm, field, readForm } from './form.ts'
export { Answer as AnswerButton, Button, LinkButton } from './kit/button.tsx'
export { CheckField, type Option, RadioField, SelectField, TextArea, TextField } from './kit/field.tsx'
export { ActForm, ConfirmBody, Form, HiddenField } from './kit/form.tsx'
export type { NavItem } from './kit/frame.tsx'
export { ConsolePage, OwnerPage, PublicPage } from './kit/page.tsx'
export {
  Banner,
  Card,
  Dont,
  type Fact,
  Facts,
  List,
  Mark,
  type MarkKind,
  Record,
  Row,
  State,
  Steps,
  Tag,
  type Tone,
} from './kit/part.tsx'
export { type Column, Table, type TableRow, Pager } from './kit/table.tsx'
export {
  Code,
  Data,
  Hidden,
  Note,
  PhoneLink,
  Phrased,
  Prose,
  Section,
  Time,
  Title,
  telOf,
} from './kit/text.tsx'
export { type Limiter, makeLimiter } from './limiter.ts'
export type { UploadedFile } from './multipart.ts'
export { type Live, type LiveMessage, makeLive } from './live.ts'
export {
  type Answer,
  type Area,
  type Ctx,
  type IdKind,
  isTextKind,
  type Push,
  type RouteSpec,
  route,
  type SignedCtx,
} from './route.ts'
export { type Reading, sayAge, sayCount, sayLeft, sayTime, type TimeForm } from './say.ts'
export { isLocalPath } from './secure.ts'
export { type MachinePart, makeServer, type ServerOptions } from './server.ts'
