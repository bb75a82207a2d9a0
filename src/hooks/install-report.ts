import { posix } from 'node:path';
import { displayPath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { printable } from '../report/printable.ts';
import { quoted } from './guard-block.ts';
import { inside } from './hook-place.ts';
import type { InstallAction } from './install-plan.ts';

export interface InitResult {
  readonly lines: readonly string[];
  /** 1 where something is left for a person to do before the hooks work. */
  readonly exitCode: 0 | 1;
}

/**
 * What was done, file by file, and what is left to do.
 *
 * @param open what a person has to do before all that was asked for works
 */
export function installReport(
  repo: Repository,
  actions: readonly InstallAction[],
  notes: readonly string[],
  open: readonly string[],
): InitResult {
  const name = (path: string) => displayPath(inside(repo.root, path) ?? path);
  const lines = actions.flatMap((action) => actionLines(action, name(action.path)));
  const toDo = open.length > 0 || actions.some(({ kind }) => kind === 'paste');
  const written = actions.filter(({ kind }) => kind === 'write').map(({ path }) => inside(repo.root, path));
  const toAdd = written
    .filter((path) => path !== null)
    .filter((path) => !path.startsWith('.git/'))
    .map((path) => shellPath(posix.relative(repo.cwdPrefix, path)));
  return {
    lines: [
      ...notes,
      ...lines,
      ...open.map((step) => `next: ${step}`),
      ...(toAdd.length === 0 ? [] : [`next: git add ${toAdd.join(' ')}, and commit`]),
      ...(toDo || written.length > 0 ? [] : ['Nothing to do: the hooks are in place']),
    ],
    exitCode: toDo ? 1 : 0,
  };
}

function shellPath(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : printable(quoted(path));
}

function actionLines(action: InstallAction, name: string): readonly string[] {
  switch (action.kind) {
    case 'write':
      return [`${action.change.padEnd(10)} ${name}`];
    case 'keep':
      return [`unchanged  ${name}`];
    case 'paste':
      return [
        `left alone ${name}: ${action.reason}. Put this into it yourself:`,
        '',
        ...printable(action.text).trimEnd().split('\n'),
        '',
      ];
  }
}
