/** The door of the facts of the schemes. */
export { readSet } from './read.ts'
export {
  type Chapter,
  type Lesson,
  lessonsOfCatalogue,
  newsOfCatalogue,
} from './lessons.ts'
export {
  type DeclarationEventKind,
  type DeclarationFacts,
  type DeclarationLevel,
  type DeclarationState,
  declarationFacts,
  type GateId,
  type GoalFact,
  goalFacts,
  type LevelFact,
  levelFacts,
  numberFacts,
  type ReminderId,
} from './declaration.ts'
export { type EvidenceFacts, evidenceFacts, type SignalFacts } from './evidence.ts'
export { type PledgeEdition, type PledgeFacts, pledgeFacts, type PledgeItem } from './pledge.ts'
export {
  type AnswerId,
  answerIds,
  type Benchmarks,
  type Edition,
  type PartId,
  partIds,
  type Question,
  type Scoring,
  type SelfCheckFacts,
  selfCheckFacts,
} from './self-check.ts'
export {
  type PolicyArticle,
  type PolicyCondition,
  type PolicyFacts,
  type PolicyField,
  type PolicySubject,
  policyFacts,
} from './policy.ts'
export { type WordingGrammar, type WordingRules, wordingRules } from './wording.ts'
