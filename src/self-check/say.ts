import { selfCheck as en } from '../../words/en/self-check.ts'
import { selfCheck as ja } from '../../words/ja/self-check.ts'
import { type AnswerId, selfCheckFacts } from '../catalogue/index.ts'
import type { ToDo } from './to-do.ts'

const words = { ja, en }
type Lang = 'ja' | 'en'

/** What to do, in one line. */
export function sayToDo(lang: Lang, toDo: Pick<ToDo, 'key' | 'why' | 'ask'>): string {
  const facts = selfCheckFacts()
  const say = words[lang]
  const topic = facts.questions.get(toDo.key)?.topic[lang] ?? toDo.key
  const role = facts.scoring.ask_roles.find((one) => one.id === toDo.ask)?.[lang] ?? ''
  const acts: Readonly<Record<string, string>> = say.acts
  switch (toDo.why) {
    case 'unknown':
      return say.askAct(role, topic)
    case 'not_done':
      return acts[toDo.key] ?? topic
    case 'partly':
      return say.partlyAct(topic)
    case 'contradicted':
      return say.contradictedAct(topic)
    default:
      return toDo.why satisfies never
  }
}

/** An answer as its button says it; 対象なし with what it counts where it is shown. */
export function sayAnswer(lang: Lang, answer: AnswerId, form: 'button' | 'shown' = 'shown'): string {
  const found = selfCheckFacts().scoring.answers.find((one) => one.id === answer)
  if (found === undefined) return answer
  return form === 'shown' && found.shown_as !== undefined ? found.shown_as[lang] : found[lang]
}
