/** One place where a parameter of a query stands. */
export interface QueryParameter {
  /** `$1` and `?1` are numbered, `?` is anonymous, `@name` and `:name` are signs, the rest is `sqlc.arg()` and its like. */
  readonly form: 'numbered' | 'anonymous' | 'sign' | 'arg' | 'narg' | 'slice';
  /** Null where it has none. */
  readonly name: string | null;
  /** Null where it has none. */
  readonly number: number | null;
  /** In UTF-16 units of the file's text. */
  readonly start: number;
}

/** The names of a query's parameters, each once, in order of their first place. */
export function parameterNames(parameters: readonly QueryParameter[]): readonly string[] {
  return [...new Set(parameters.flatMap(({ name }) => (name === null ? [] : [name])))];
}

/**
 * How many arguments the code that sqlc makes takes: each name and each number counts once, each bare `?` for itself.
 * For MySQL a name that stands twice is one argument too, which the code passes twice.
 */
export function parameterCount(parameters: readonly QueryParameter[]): number {
  const numbers = new Set(parameters.flatMap(({ number }) => (number === null ? [] : [number])));
  const anonymous = parameters.filter(({ form }) => form === 'anonymous').length;
  return parameterNames(parameters).length + numbers.size + anonymous;
}
