import { displayPath } from '../git/path-bytes.ts';

/** The hooks that see a commit before it is made: a clean merge runs the second one only. */
export const HOOK_KINDS = ['pre-commit', 'pre-merge-commit'] as const;
export type HookKind = (typeof HOOK_KINDS)[number];

/** What a guard is made of. All paths are relative to the git root, where git runs hooks. */
export interface GuardOptions {
  /** The project's folder, '' for the git root. */
  readonly projectDir: string;
  readonly pathspecs: readonly string[];
  /** Where dbcheck may be installed, the likeliest first, such as `web/node_modules/.bin/dbcheck`. */
  readonly programs: readonly string[];
  /** The arguments for dbcheck as words of a shell, such as `staged`. */
  readonly command: string;
  /** The lint-staged to run first, or null. */
  readonly lintStaged: string | null;
}

export interface HookScriptOptions extends GuardOptions {
  readonly kind: HookKind;
  /** Who runs the hook: husky hands the file to `sh -e`, git executes it. */
  readonly runner: 'husky' | 'git';
}

/**
 * The whole text of a new hook file: POSIX sh, also under `sh -e`. A lone surrogate of a path in it stands for a byte,
 * so it has to be written through `encodePath`.
 */
export function hookScript(options: HookScriptOptions): string {
  const lintStaged = options.kind === 'pre-commit' ? options.lintStaged : null;
  const block = guardBlock({ ...options, lintStaged });
  return options.runner === 'git' ? `#!/bin/sh\n${block}` : block;
}

/** The lines that `dbcheck init` owns in a hook file, from its first marker to its last; other lines may follow. */
export function guardBlock(options: GuardOptions): string {
  const { projectDir, pathspecs, programs } = options;
  const label = blockLabel(projectDir);
  // GIT_*_PATHSPECS of a caller's environment would turn the patterns into names that nothing matches.
  return `# dbcheck guard: begin${label}
# Made by dbcheck init from the configuration: to change it, run that again.
# A commit that touches none of these paths costs one call of git and ends here.
dbcheck_guard() {
  if GIT_LITERAL_PATHSPECS=0 GIT_GLOB_PATHSPECS=0 GIT_NOGLOB_PATHSPECS=0 \\
    git diff --cached --quiet --no-ext-diff -- \\
${pathspecs.map((pathspec) => `      ${quoted(pathspec)}`).join(' \\\n')}
  then
    return 0
  fi
  if ! command -v node >/dev/null; then
    echo "dbcheck: this commit changes database files, but node is not on the PATH of this hook: $PATH
  a program that was not started from a shell has another PATH; husky reads ~/.config/husky/init.sh" >&2
    return 2
  fi
  for dbcheck_program in ${programs.map(quoted).join(' ')}; do
    if [ -x "$dbcheck_program" ]; then
${runLines(options)
  .map((line) => `      ${line}\n`)
  .join('')}    fi
  done
  echo ${quoted(`dbcheck: this commit changes database files, but dbcheck is not installed. Run: ${installCommand(projectDir)}`)} >&2
  return 2
}
${options.lintStaged === null ? '' : lintFunction(projectDir)}dbcheck_guard || exit $?
# dbcheck guard: end${label}
`;
}

/**
 * Runs lint-staged, and refuses where it would keep edits from people: a run that was killed leaves those that are not
 * staged in a stash, and one whose tasks undo everything that is staged does so as well, unless it may leave nothing.
 * Quiet, since it would report, at length, that no staged file is its business; tasks still speak for themselves.
 */
function lintFunction(projectDir: string): string {
  const missing = `dbcheck: this commit needs lint-staged, which is not installed. Run: ${installCommand(projectDir)}`;
  return `dbcheck_lint() {
  if [ ! -x "$1" ]; then
    echo ${quoted(missing)} >&2
    return 2
  fi
  # lint-staged unsets GIT_DIR, and would stash and reset whatever repository it finds without.
  if [ -n "\${GIT_DIR-}" ] && dbcheck_git_dir=$(git rev-parse --absolute-git-dir) &&
    [ "$(unset GIT_DIR GIT_WORK_TREE; git rev-parse --absolute-git-dir 2>/dev/null)" != "$dbcheck_git_dir" ]; then
    echo "dbcheck: lint-staged does not find a git folder that only GIT_DIR names
  let it find yours: echo 'gitdir: $dbcheck_git_dir' > .git" >&2
    return 2
  fi
  dbcheck_backup=$(git stash list --grep-reflog='^lint-staged automatic backup$' --max-count=1 --format=%gd 2>/dev/null)
  if [ -n "$dbcheck_backup" ]; then
    echo "dbcheck: lint-staged was killed, or still runs: edits that were not staged are in $dbcheck_backup, and maybe no longer on disk
  look at them:   git diff '$dbcheck_backup'
  take them back: git restore --overlay --source='$dbcheck_backup' :/
  then go on:     git stash drop '$dbcheck_backup'" >&2
    return 2
  fi
  if ! "$1" --quiet --allow-empty; then
    echo 'dbcheck: lint-staged failed, so that nothing is committed
  its reason: npx lint-staged
  where formatting meets edits that are not staged: dbcheck fmt, git add, and commit again' >&2
    return 1
  fi
  if git diff --cached --quiet --no-ext-diff --no-relative --ignore-submodules=none; then
    echo 'dbcheck: nothing is left to commit: formatted, what was staged is what HEAD has' >&2
    return 1
  fi
}
`;
}

function runLines({ projectDir, command, lintStaged }: GuardOptions): readonly string[] {
  const lint = lintStaged === null ? [] : [lintStaged];
  if (projectDir === '') {
    return [
      ...lint.map((program) => `dbcheck_lint ${quoted(`./${program}`)} || return $?`),
      `"./$dbcheck_program" ${command}`,
      'return $?',
    ];
  }
  return [
    '(',
    // What git names relative to its root would mean something else in the project's folder.
    ...['GIT_INDEX_FILE', 'GIT_DIR', 'GIT_WORK_TREE'].map(
      (name) => `  case \${${name}-} in '' | /*) ;; *) export ${name}="$PWD/$${name}" ;; esac`,
    ),
    // In a linked work tree git sets GIT_DIR alone, which makes whatever folder one stands in the work tree.
    `  if [ -n "\${GIT_DIR-}" ]; then export GIT_WORK_TREE="\${GIT_WORK_TREE:-$PWD}"; fi`,
    '  dbcheck_root=$PWD',
    `  cd ${quoted(`./${projectDir}`)} || exit 2`,
    ...lint.map((program) => `  dbcheck_lint "$dbcheck_root"/${quoted(program)} || exit $?`),
    `  "$dbcheck_root/$dbcheck_program" ${command}`,
    ')',
    'return $?',
  ];
}

function installCommand(projectDir: string): string {
  return projectDir === '' ? 'npm ci' : `cd ${quoted(projectDir)} && npm ci`;
}

/** Blocks of several projects can stand in one hook file. */
function blockLabel(projectDir: string): string {
  return projectDir === '' ? '' : ` ${displayPath(projectDir)}`;
}

/** One word for a POSIX shell, whatever characters are in it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The block of a project in a hook file, markers included.
 *
 * @returns null where the file has none, or one whose end is lost
 */
export function readGuard(script: string, projectDir: string): string | null {
  const span = findGuard(script, projectDir);
  return span === null ? null : script.slice(span.start, span.end);
}

/** The script with a project's block replaced; null where it has none. */
export function replaceGuard(script: string, projectDir: string, block: string): string | null {
  const span = findGuard(script, projectDir);
  return span === null ? null : `${script.slice(0, span.start)}${block}${script.slice(span.end)}`;
}

/** What is left of a script without the blocks of all projects. */
export function withoutGuards(script: string): string {
  return script.replaceAll(/^# dbcheck guard: begin(.*)\n[\s\S]*?^# dbcheck guard: end\1(\n|$)/gm, '');
}

function findGuard(script: string, projectDir: string): { start: number; end: number } | null {
  const label = blockLabel(projectDir);
  const lines = script.split(/(?<=\n)/);
  const first = lines.findIndex((line) => line.trimEnd() === `# dbcheck guard: begin${label}`);
  const last = lines.findIndex(
    (line, index) => index > first && line.trimEnd() === `# dbcheck guard: end${label}`,
  );
  if (first === -1 || last === -1) return null;
  const start = lines.slice(0, first).join('').length;
  return { start, end: start + lines.slice(first, last + 1).join('').length };
}

/** The pathspecs of a block, as `guardPathspecs` gave them. */
export function blockPathspecs(block: string): readonly string[] {
  // Word by word and not to the next `then`: a name can hold that, even on a line of its own.
  const list = / -- \\\n((?: *'(?:[^']|'\\'')*'(?: \\)?\n)+)/.exec(block)?.[1] ?? '';
  const words = list.match(/'(?:[^']|'\\'')*'/g) ?? [];
  return words.map((word) => word.slice(1, -1).replaceAll("'\\''", "'"));
}
