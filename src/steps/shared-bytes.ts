/** The others where they are the same bytes, so that there is one copy of them. */
export function sharedIfEqual(bytes: Buffer, others: Buffer | undefined): Buffer {
  return others?.equals(bytes) === true ? others : bytes;
}

/** Files in which those that others hold with the same bytes are the others' own, so that there is one copy of them. */
export function sharedWhereEqual(
  files: ReadonlyMap<string, Buffer>,
  others: ReadonlyMap<string, Buffer>,
): ReadonlyMap<string, Buffer> {
  return new Map([...files].map(([path, bytes]) => [path, sharedIfEqual(bytes, others.get(path))]));
}
