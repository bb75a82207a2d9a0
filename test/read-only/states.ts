import { splitRecords } from '../../src/git/listing.ts';
import { decodePath } from '../../src/git/path-bytes.ts';
import type { TestRepository } from '../support/repository.ts';
import { PLACES } from './situation.ts';

/** What a repository can be in; each has to occur among those that a property is tried on. */
export const STATES = [
  'staged',
  'partly staged',
  'deleted in the index',
  'deleted on disk',
  'renamed',
  'mode changed',
  'intent to add',
  'unmerged',
  'ignored',
  'untracked',
  'name not UTF-8',
  'symbolic link',
  'sparse',
  'stash',
  ...PLACES,
] as const;

export type State = (typeof STATES)[number];

/** The states that git itself sees in a repository, whatever was meant to be made. */
export async function observedStates(repository: TestRepository): Promise<ReadonlySet<State>> {
  const states = new Set<State>();
  const quiet = { env: { GIT_OPTIONAL_LOCKS: '0' } };
  const listing = await repository.tryGit(
    ['-c', 'core.fsmonitor=false', 'status', '--porcelain=v2', '-z', '-uall', '--ignored', '--find-renames'],
    quiet,
  );
  // Some git can't read the sparse and split index that it has written itself; then nobody can say what it is in.
  if (listing.exitCode !== 0) return states;
  for (const record of splitRecords(listing.stdout)) for (const state of statesOf(record)) states.add(state);
  const flags = await repository.tryGit(['ls-files', '-v', '-z'], quiet);
  if (splitRecords(flags.stdout).some((record) => record[0] === 'S'.charCodeAt(0))) states.add('sparse');
  const stash = await repository.tryGit(['rev-parse', '--verify', '--quiet', 'refs/stash']);
  if (stash.exitCode === 0) states.add('stash');
  return states;
}

/** A line of `git status --porcelain=v2 -z`; the former name of a renamed file, which is a record too, says nothing. */
function statesOf(record: Buffer): readonly State[] {
  const states: State[] = [];
  const line = decodePath(record);
  if (!line.isWellFormed()) states.push('name not UTF-8');
  if (line.startsWith('? ')) return [...states, 'untracked'];
  if (line.startsWith('! ')) return [...states, 'ignored'];
  if (line.startsWith('u ')) return [...states, 'unmerged'];
  const found = /^([12]) (.)(.) \S+ (\d+) (\d+) (\d+) /.exec(line);
  if (found === null) return states;
  const [, kind, inIndex = '', onDisk = '', headMode, indexMode, diskMode] = found;
  if (inIndex !== '.') states.push('staged');
  if (inIndex !== '.' && onDisk !== '.') states.push('partly staged');
  if (inIndex === 'D') states.push('deleted in the index');
  if (onDisk === 'D') states.push('deleted on disk');
  if (kind === '2') states.push('renamed');
  if (inIndex === '.' && onDisk === 'A') states.push('intent to add');
  const modes = [headMode, indexMode, diskMode];
  if (modes.includes('100755') && modes.includes('100644')) states.push('mode changed');
  if (modes.includes('120000')) states.push('symbolic link');
  return states;
}
