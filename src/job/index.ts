export { every, type Repeated, sinceDone } from './every.ts'
