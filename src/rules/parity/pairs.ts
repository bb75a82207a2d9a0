/** Each dialect with each other one, both ways. */
export function dialectPairs<T>(dialects: readonly T[]): readonly (readonly [T, T])[] {
  return dialects.flatMap((has) =>
    dialects.flatMap((lacks) => (has === lacks ? [] : [[has, lacks] as const])),
  );
}
