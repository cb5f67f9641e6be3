export { type CompileOptions, compile, type Engine } from './compile.ts'
export {
  type Correlator,
  type CorrelationHit,
  type CorrelatorLimits,
  makeCorrelator,
  type Push,
} from './correlate.ts'
export type { CorrelationRule } from './correlation.ts'
export type { Explanation } from './explain.ts'
export type { Head, Level } from './head.ts'
export { loadRules, type RuleSet } from './load.ts'
export type { Labels, Logsource } from './logsource.ts'
export type { Hit } from './match.ts'
export type { Path, Problem, Source } from './problem.ts'
export type { Rule } from './rule.ts'
