/**
 * The command that puts a file into the tree under check, right in every folder of the repository.
 *
 * @param path relative to the git root
 */
export function stageCommand(path: string): string {
  const pathspec = `:/${path}`;
  return /^[\w./:@-]+$/.test(pathspec)
    ? `git add ${pathspec}`
    : `git add '${pathspec.replaceAll("'", `'\\''`)}'`;
}
