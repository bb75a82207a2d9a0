/**
 * Orders strings by their UTF-8 bytes, as git, Atlas and sqlc order file names. JavaScript's own order is by
 * UTF-16 units, which differs above U+FFFF.
 */
export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Whether a path lies inside a folder; every path lies inside ''. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
