import { stageCommand } from '../config/stage-command.ts';
import { CheckError } from '../errors.ts';
import { diskEqualsIndex } from '../git/disk-equals-index.ts';
import type { FileWrite } from '../git/file-write.ts';
import { removeLeftLock } from '../git/index-write.ts';
import { comparePaths, displayPath } from '../git/path-bytes.ts';
import { readIndex } from '../git/snapshot.ts';
import { stageFiles } from '../git/stage.ts';
import { writeFiles } from '../git/worktree-write.ts';
import { writeAndStage } from '../git/write-and-stage.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { reportJson } from '../report/json.ts';
import type { Judgement } from '../report/judgement.ts';
import { judge } from './judge.ts';
import { type OpenProject, openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox } from './toolbox.ts';
import { requireUnmoved } from './unmoved.ts';

export interface FixOptions {
  /** Regenerate from the index, and stage the result. */
  readonly stage: boolean;
  /** Say what would be written, and write nothing. */
  readonly dryRun: boolean;
}

/**
 * `dbcheck fix`: writes what the steps make of the work tree; with `--stage`, stages what they make of the index,
 * and lets the disk follow where it had no edits of its own.
 *
 * @throws CheckError `private-index` in a hook of `git commit PATH`, where staging would be lost; `index-changed` or
 * `head-changed` where that happened meanwhile; `interrupted` where the steps were told to end, so that there is nothing
 * whole to write
 */
export async function fix(options: CommonOptions, fixOptions: FixOptions): Promise<CommandResult> {
  const startedAt = Date.now();
  const open = await openProject(
    options,
    fixOptions.stage ? { kind: 'index', resolves: true } : { kind: 'worktree' },
  );
  if (fixOptions.stage && open.repo.privateIndex) await stageFiles(open.repo, []);
  const affected = targetsToJudge(open, fixOptions.stage ? 'changed' : 'whole', options.targets);
  const toolbox = createToolbox({ ...open, options, mayBuild: true });
  try {
    const { judgement, mends } = await judge(open, affected, toolbox, {
      options,
      extra: [],
      verifies: !fixOptions.stage,
      wholeTree: false,
    });
    if (options.signal.aborted)
      throw new CheckError('interrupted', 'dbcheck was interrupted; nothing was written');
    const { writes, kept } = fixOptions.stage
      ? { writes: mends, kept: [] }
      : await withoutUnknownBytes(open, mends);
    const behind = fixOptions.stage
      ? await sourcesBehind(
          open,
          affected.map(({ target }) => target),
        )
      : [];
    // Regenerating takes seconds, in which git locks nothing: what was made may belong to an index of the past.
    if (fixOptions.stage) await requireUnmoved(open, 'run the same command again');
    const undisturbed = fixOptions.dryRun ? [] : await apply(open, writes, fixOptions.stage);
    const remaining = fixOptions.dryRun ? judgement : afterMending(judgement, writes);
    const notes = [
      ...writes.map((write) => described(write, fixOptions)),
      ...kept.map(
        (path) =>
          `kept ${displayPath(path)}: its bytes are neither in HEAD nor in the index; delete it by hand`,
      ),
      ...undisturbed.map(
        (path) => `left ${displayPath(path)} on disk as it is: it has edits that are not staged`,
      ),
      ...behind.map(
        (path) =>
          `note: ${displayPath(path)} differs on disk from the index that was judged; stage it and run this again`,
      ),
      ...stillInConflict(open, writes).map(
        (path) => `left ${displayPath(path)} in conflict: resolve it, then ${stageCommand(path)}`,
      ),
    ];
    const cached = toolbox.memory.countCached(affected.map(({ target }) => target.id));
    const counts = { targets: affected.length, of: open.graph.targets.length, cached };
    const said = respond(remaining, { command: 'fix', startedAt, affected: counts }, options);
    const lines = notes.map((line) => `${line}\n`).join('');
    return options.format === 'json'
      ? { ...said, stdout: reportJson(remaining), stderr: lines }
      : { ...said, stdout: `${lines}${said.stdout}` };
  } finally {
    await toolbox.close();
  }
}

/** @returns the paths whose disk file was left alone */
async function apply(
  open: OpenProject,
  writes: readonly FileWrite[],
  stage: boolean,
): Promise<readonly string[]> {
  if (writes.length === 0) {
    // A run that was killed when it had done all of its work may have left the second name of the index.
    if (stage) await removeLeftLock(open.repo);
    return [];
  }
  if (!stage) {
    await writeFiles(open.repo, writes);
    return [];
  }
  return writeAndStage(open.repo, writes, open.snapshot.id);
}

/** What people have to resolve, and outputs that could not be made or that the configuration has left alone. */
function stillInConflict(
  { conflicts: { outputs, others } }: OpenProject,
  writes: readonly FileWrite[],
): readonly string[] {
  const resolved = new Set(writes.map(({ path }) => path));
  return [...outputs, ...others].filter((path) => !resolved.has(path)).toSorted(comparePaths);
}

/** Deletes only what git can give back: bytes that are in HEAD or in the index. */
async function withoutUnknownBytes(
  open: OpenProject,
  mends: readonly FileWrite[],
): Promise<{ readonly writes: readonly FileWrite[]; readonly kept: readonly string[] }> {
  if (mends.every(({ kind }) => kind === 'write')) return { writes: mends, kept: [] };
  const index = await readIndex(open.repo);
  const known = (path: string): boolean => {
    const oid = open.snapshot.entries.get(path)?.oid;
    return oid !== undefined && [index, open.head].some((tree) => tree.entries.get(path)?.oid === oid);
  };
  const kept = mends.filter(({ kind, path }) => kind === 'delete' && !known(path)).map(({ path }) => path);
  return { writes: mends.filter(({ path }) => !kept.includes(path)), kept };
}

/** Sources whose disk file is not what the index holds, so that the mend may not be the one that is wanted. */
async function sourcesBehind(
  open: OpenProject,
  targets: readonly PlannedTarget[],
): Promise<readonly string[]> {
  const sources = targets.flatMap((target) =>
    target.kind === 'sqlc' ? [target.id, ...target.queryFiles] : target.target.schemaFiles,
  );
  const equal = await diskEqualsIndex(open.repo, sources);
  return sources.filter((path) => !equal.has(path));
}

/** What is left once the mends are written: what only people can mend, and what was kept. */
function afterMending(judgement: Judgement, writes: readonly FileWrite[]): Judgement {
  const written = new Set(writes.map(({ path }) => path));
  const left = judgement.diagnostics.filter(
    ({ fix: command, location }) =>
      command?.startsWith('dbcheck fix') !== true || !written.has(location.path),
  );
  const ids = new Set(left.map(({ id }) => id));
  const diagnostics = left.filter(({ folded, because }) => !folded || ids.has(because));
  if (judgement.outcome === 'error') return { ...judgement, diagnostics };
  return {
    ...judgement,
    diagnostics,
    outcome: diagnostics.some(({ severity }) => severity === 'error') ? 'findings' : 'clean',
  };
}

function described(write: FileWrite, { stage, dryRun }: FixOptions): string {
  const verb = write.kind === 'write' ? 'write' : 'delete';
  const done = { write: 'wrote', delete: 'deleted' }[verb];
  const what = dryRun ? `would ${verb}` : done;
  return `${what} ${displayPath(write.path)}${stage && !dryRun ? ' (staged)' : ''}`;
}
