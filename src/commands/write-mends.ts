import { stageCommand } from '../config/stage-command.ts';
import { diskEqualsIndex } from '../git/disk-equals-index.ts';
import type { FileWrite } from '../git/file-write.ts';
import { removeLeftLock } from '../git/index-write.ts';
import { comparePaths, displayPath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { writeFiles } from '../git/worktree-write.ts';
import { type LeftAlone, writeAndStage } from '../git/write-and-stage.ts';
import { reportJson } from '../report/json.ts';
import type { Judgement } from '../report/judgement.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { type ResponseFacts, respond } from './respond.ts';

export interface FixOptions {
  /** Regenerate from the index, and stage the result. */
  readonly stage: boolean;
  /** Say what would be written, and write nothing. */
  readonly dryRun: boolean;
}

/** What a tree needs, before anything is written. */
export interface FoundMends {
  readonly repo: Repository;
  readonly judgement: Judgement;
  readonly writes: readonly FileWrite[];
  /** What would be deleted if git could give it back. */
  readonly kept: readonly string[];
  /** What people write, of which the index may have another state than the disk. */
  readonly sources: readonly string[];
  /** Paths in conflict: what is generated, and the rest. */
  readonly unmerged: { readonly outputs: readonly string[]; readonly others: readonly string[] };
  readonly affected: NonNullable<ResponseFacts['affected']>;
}

/**
 * Writes or stages what was found, unless it is a dry run, and says so.
 *
 * @param startedAt milliseconds since the epoch
 * @throws CheckError what writing and staging throw
 */
export async function writeMends(
  { repo, judgement, writes, kept, sources, unmerged, affected }: FoundMends,
  fixOptions: FixOptions,
  startedAt: number,
  options: CommonOptions,
): Promise<CommandResult> {
  const { left, behind } = await apply(
    { repo, writes, sources, madeFrom: judgement.snapshot?.id },
    fixOptions,
  );
  const remaining = fixOptions.dryRun ? judgement : afterMending(judgement, writes, fixOptions);
  const notes = [
    ...writes.map((write) => described(write, fixOptions)),
    ...kept.map(
      (path) =>
        `kept ${displayPath(path)}: its bytes are neither in HEAD nor in the index; delete it by hand`,
    ),
    ...left.map((path) => `left ${displayPath(path)} on disk as it is: it has edits that are not staged`),
    ...behind.map(
      (path) =>
        `note: ${displayPath(path)} differs on disk from the index that was judged; stage it and run this again`,
    ),
    ...conflictNotes(unmerged, writes, remaining),
  ];
  const said = respond(remaining, { command: 'fix', startedAt, affected }, options);
  const lines = notes.map((line) => `${line}\n`).join('');
  return options.format === 'json'
    ? { ...said, stdout: reportJson(remaining), stderr: lines }
    : { ...said, stdout: `${lines}${said.stdout}` };
}

async function apply(
  {
    repo,
    writes,
    sources,
    madeFrom,
  }: Pick<FoundMends, 'repo' | 'writes' | 'sources'> & { readonly madeFrom: string | undefined },
  { stage, dryRun }: FixOptions,
): Promise<LeftAlone> {
  if (stage && !dryRun && writes.length > 0)
    return writeAndStage(repo, writes, { others: sources, madeFrom });
  // A run that was killed when it had done all of its work may have left the second name of the index.
  if (stage && !dryRun) await removeLeftLock(repo);
  if (stage) return { left: [], behind: await sourcesBehind(repo, sources) };
  if (!dryRun) await writeFiles(repo, writes);
  return { left: [], behind: [] };
}

/**
 * What stays in conflict: what people have to resolve, and outputs that could not be made, which follow once they can be, or
 * that the configuration has left alone.
 */
function conflictNotes(
  { outputs, others }: FoundMends['unmerged'],
  writes: readonly FileWrite[],
  { errors, notChecked, diagnostics }: Judgement,
): readonly string[] {
  const resolved = new Set(writes.map(({ path }) => path));
  const isUnmade =
    errors.length + notChecked.length > 0 || diagnostics.some(({ rule }) => rule.endsWith('/invalid'));
  const generated = new Set(isUnmade ? outputs : []);
  return [...outputs, ...others]
    .filter((path) => !resolved.has(path))
    .toSorted(comparePaths)
    .map((path) => {
      const then = generated.has(path)
        ? 'it is generated: mend what is named below, then run this again'
        : `resolve it, then ${stageCommand(path)}`;
      return `left ${displayPath(path)} in conflict: ${then}`;
    });
}

/** Sources whose disk file is not what the index holds, so that the mend may not be the one that is wanted. */
async function sourcesBehind(repo: Repository, sources: readonly string[]): Promise<readonly string[]> {
  const equal = await diskEqualsIndex(repo, sources);
  return sources.filter((path) => !equal.has(path));
}

/**
 * What is left once the mends are written: what only people can mend, and what was kept. That git ignores a generated file says
 * nothing of one that the index has.
 */
function afterMending(
  judgement: Judgement,
  writes: readonly FileWrite[],
  { stage }: Pick<FixOptions, 'stage'>,
): Judgement {
  const written = new Set(writes.map(({ path }) => path));
  const unwritten = judgement.diagnostics.filter(
    ({ fix: command, location }) =>
      command?.startsWith('dbcheck fix') !== true || !written.has(location.path),
  );
  const lacking = new Set(
    unwritten.flatMap(({ rule, target }) => (rule === 'generated/missing' ? [target] : [])),
  );
  const left = unwritten.filter(
    ({ rule, target }) => !stage || rule !== 'generated/ignored-output' || lacking.has(target),
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
