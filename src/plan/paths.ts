/** Whether a path lies inside a folder; every path lies inside ''. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
