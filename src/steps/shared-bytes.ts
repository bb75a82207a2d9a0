/** Files in which those that others hold with the same bytes are the others' own, so that there is one copy of them. */
export function sharedWhereEqual(
  files: ReadonlyMap<string, Buffer>,
  others: ReadonlyMap<string, Buffer>,
): ReadonlyMap<string, Buffer> {
  return new Map(
    [...files].map(([path, bytes]) => {
      const other = others.get(path);
      return [path, other?.equals(bytes) === true ? other : bytes];
    }),
  );
}
