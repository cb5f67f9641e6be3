import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Reading } from '../say.ts'
import { kitWords } from '../words.ts'

/** Set by the frame of the page, so that its parts know the reader's language and the moment. */
export const ReadingContext = createContext<Reading>({ lang: 'ja', now: 0 })

export function useReading(): Reading {
  return useContext(ReadingContext)
}

export function useKitWords(): (typeof kitWords)['ja'] {
  return kitWords[useReading().lang]
}
