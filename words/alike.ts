/**
 * The shape that another language must have: the same keys, the same parameters, any text. The English file of a reader says
 * `export const owner: Alike<typeof ja> = { … }`, so that a text missing in one language does not compile.
 */
export type Alike<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => Alike<Said>
    : T extends readonly (infer Item)[]
      ? readonly Alike<Item>[]
      : { readonly [Key in keyof T]: Alike<T[Key]> }
