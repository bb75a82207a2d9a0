/**
 * The command that puts a file into the tree under check, right in every folder of the repository.
 *
 * @param path relative to the git root
 */
export function stageCommand(path: string): string {
  return `git add ${shellWord(`:/${path}`)}`;
}

/** A text as one word of a command that people copy. */
export function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
