import {
  type GuardOptions,
  guardBlock,
  type HookKind,
  hookScript,
  readGuard,
  replaceGuard,
  withoutGuards,
} from './guard-block.ts';

/** What stands where a hook belongs. */
export type ExistingHook =
  | { readonly state: 'absent' }
  | { readonly state: 'file'; readonly script: string; readonly executable: boolean }
  /** Writing through a link would change a file that may serve others. */
  | { readonly state: 'link'; readonly script: string }
  | { readonly state: 'other' };

interface HookFact {
  readonly kind: HookKind;
  /** Absolute. */
  readonly path: string;
  readonly existing: ExistingHook;
  /** What is to be done instead where another program makes the file, else null. */
  readonly managed: InstallAction | null;
}

/** All that `planInstall` has to know; paths are absolute. */
export interface InstallFacts {
  readonly runner: 'husky' | 'git';
  /** Whether the hooks' folder is this repository's alone. */
  readonly ours: boolean;
  readonly hooks: readonly HookFact[];
  readonly guard: GuardOptions;
  /** Other files to be written or to be told about, in order. */
  readonly others: readonly InstallAction[];
}

export type InstallAction =
  | {
      readonly kind: 'write';
      readonly path: string;
      /** Through `encodePath`. */
      readonly text: string;
      readonly executable: boolean;
      readonly change: 'created' | 'updated';
    }
  | { readonly kind: 'keep'; readonly path: string }
  /** Something that only a person may write: where, why, and the lines. */
  | { readonly kind: 'paste'; readonly path: string; readonly reason: string; readonly text: string };

/** Decides what to write, what to leave and what to ask for. A second run on the result keeps everything. */
export function planInstall(facts: InstallFacts): readonly InstallAction[] {
  return [...facts.others, ...facts.hooks.map((hook) => planHook(hook, facts))];
}

function planHook({ kind, path, existing, managed }: HookFact, facts: InstallFacts): InstallAction {
  const { runner } = facts;
  if (managed !== null) return managed;
  const script = existing.state === 'file' || existing.state === 'link' ? existing.script : '';
  const foreign = withoutGuards(script);
  // Where the hook runs lint-staged by itself, for every commit, it has already run when the guard matches.
  const runsLintStaged = runner === 'husky' && kind === 'pre-commit' && !foreign.includes('lint-staged');
  const guard = { ...facts.guard, lintStaged: runsLintStaged ? facts.guard.lintStaged : null };
  const block = guardBlock(guard);
  const present = readGuard(script, guard.projectDir);
  const paste = (reason: string, text = block): InstallAction => ({ kind: 'paste', path, reason, text });
  const write = (text: string, change: 'created' | 'updated'): InstallAction => ({
    ...{ kind: 'write', path, text, change },
    executable: runner === 'git',
  });

  const runs = existing.state === 'link' || runner === 'husky' || isExecutable(existing);
  if (present === block && runs) return { kind: 'keep', path };
  const shared = 'core.hooksPath names a folder that serves other repositories too';
  if (!facts.ours && existing.state === 'absent') {
    // git passes over a hook that is not executable.
    return paste(`${shared} (make the file executable: chmod +x)`, hookScript({ ...guard, kind, runner }));
  }
  if (!facts.ours) return paste(shared);
  if (existing.state === 'absent') return write(hookScript({ ...guard, kind, runner }), 'created');
  if (existing.state === 'link') return paste('it is a symbolic link');
  if (existing.state === 'other') return paste('it is not a file');
  const replaced = replaceGuard(script, guard.projectDir, block);
  if (replaced !== null) return write(replaced, 'updated');
  if (isCommentOnly(foreign)) {
    const start = script === '' && runner === 'git' ? '#!/bin/sh\n' : script;
    return write(`${start}${start === '' || start.endsWith('\n') ? '' : '\n'}${block}`, 'updated');
  }
  return paste('it is a hook of your own');
}

function isExecutable(existing: ExistingHook): boolean {
  return existing.state === 'file' && existing.executable;
}

function isCommentOnly(script: string): boolean {
  return script.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}
