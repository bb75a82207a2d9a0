/** All paths of a tree, in its order: a set of them, or what is kept by them. */
export interface TreePaths {
  has(path: string): boolean;
  keys(): Iterable<string>;
}

/** Whether a path lies inside a folder; every path lies inside ''. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || (path.startsWith(folder) && path[folder.length] === '/');
}

/** Whether a path lies inside one of the folders, which are looked for by its own: of many, none is tried in vain. */
export function isInsideAny(path: string, folders: ReadonlySet<string>): boolean {
  return foldersAround(path).some((folder) => folders.has(folder));
}

/** The folder of that many segments that a path lies in; undefined where it lies in none. */
export function folderAt(path: string, depth: number): string | undefined {
  let end = -1;
  for (let segments = 0; segments < depth; segments += 1) {
    end = path.indexOf('/', end + 1);
    if (end === -1) return undefined;
  }
  return path.slice(0, end);
}

/** The folders that a path lies in, outermost first and without the root. */
export function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    folders.push(path.slice(0, end));
  return folders;
}
