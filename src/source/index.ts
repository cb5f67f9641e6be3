export { type Charset, type Decoded, decode } from './decode.ts'
export type { Header } from './header/header.ts'
export { read, sources } from './read.ts'
export type { Common, Hints, Labels, Parsed, ParseStatus, Source, SourceName } from './source.ts'
