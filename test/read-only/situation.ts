import fc from 'fast-check';
import { HOSTILE_FILES } from '../git/hostile-files.ts';

/** Where dbcheck runs: in a repository, in a work tree linked to it, or in it as a submodule of another. */
export const PLACES = ['main', 'linked', 'submodule'] as const;

const SETTINGS = [
  'core.autocrlf=true',
  'core.autocrlf=input',
  'core.untrackedCache=true',
  'core.splitIndex=true',
  'core.fsmonitor=.git/hooks/fsmonitor-watchman',
  'core.fileMode=false',
  'core.quotePath=false',
  'diff.external=false',
  'status.showUntrackedFiles=no',
  'index.sparse=true',
  'gc.auto=1',
] as const;

/** Where new files go: beside queries, schemas, migrations and code, and where none of these are. */
const FOLDERS = [
  '',
  'docs/',
  'internal/store/',
  'tools/sqlc/queries/postgres/',
  'tools/atlas/schemas/postgres/',
  'tools/atlas/migrations/postgres/orders/',
] as const;

const LINK_TARGETS = ['README.md', '../../outside', '/etc/hostname', '.git/config', 'nowhere'] as const;

/** One change to a repository. `file` is a number that is taken modulo the number of tracked files. */
export type Change =
  | {
      readonly kind: 'edit';
      readonly file: number;
      readonly text: string;
      readonly where: 'staged' | 'disk' | 'partly';
    }
  | { readonly kind: 'delete'; readonly file: number; readonly where: 'staged' | 'index' | 'disk' }
  | { readonly kind: 'rename'; readonly file: number; readonly name: string; readonly staged: boolean }
  | { readonly kind: 'mode'; readonly file: number; readonly staged: boolean }
  | {
      readonly kind: 'add';
      readonly name: string;
      readonly text: string;
      readonly how: 'staged' | 'intended' | 'untracked' | 'ignored';
    }
  | { readonly kind: 'link'; readonly name: string; readonly target: string; readonly staged: boolean }
  | { readonly kind: 'replace-by-link'; readonly file: number; readonly target: string }
  | { readonly kind: 'conflict'; readonly file: number }
  | { readonly kind: 'flag'; readonly file: number; readonly flag: 'skip-worktree' | 'assume-unchanged' }
  | { readonly kind: 'touch'; readonly file: number };

/** Everything that is particular about one repository of the property. */
export interface Situation {
  readonly place: (typeof PLACES)[number];
  readonly head: 'branch' | 'detached' | 'unborn';
  /** Whether only a part of the tree is checked out. */
  readonly sparse: boolean;
  readonly settings: readonly string[];
  readonly changes: readonly Change[];
}

const file = fc.nat({ max: 60 });
const staged = fc.boolean();
const text = fc.constantFrom('', '\n', '-- more\n', 'x\r\ny\r\n', '\0\xff', 'CREATE TABLE x (id int);\n');
const plainName = fc.constantFrom('new.sql', 'more.hcl', 'copy.go', 'notes.txt', 'atlas.sum');
const hostileName = fc.constantFrom(...Object.keys(HOSTILE_FILES));
const name = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.oneof({ weight: 3, arbitrary: plainName }, hostileName))
  .map(([folder, base]) => folder + base);
const target = fc.constantFrom(...LINK_TARGETS);

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant('edit' as const), file, text },
      where: fc.constantFrom('staged', 'disk', 'partly'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('delete' as const), file },
      where: fc.constantFrom('staged', 'index', 'disk'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), file, name, staged }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mode' as const), file, staged }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('add' as const), name, text },
      how: fc.constantFrom('staged', 'intended', 'untracked', 'ignored'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('link' as const), name, target, staged }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace-by-link' as const), file, target }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: fc.constant('flag' as const), file },
      flag: fc.constantFrom('skip-worktree', 'assume-unchanged'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('touch' as const), file }) },
);

const conflict = fc.record({ kind: fc.constant('conflict' as const), file });

/** A conflict ends every check of the index early, so that it comes last and in one repository of eight. */
const changes = fc
  .tuple(
    fc.array(change, { maxLength: 7 }),
    fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: conflict }),
  )
  .map(([others, last]): readonly Change[] => (last === null ? others : [...others, last]));

/** Repositories in every state that git knows, and combinations of these. */
export const situations: fc.Arbitrary<Situation> = fc.record({
  place: fc.constantFrom(...PLACES),
  head: fc.oneof(
    { weight: 8, arbitrary: fc.constant('branch' as const) },
    { weight: 2, arbitrary: fc.constant('detached' as const) },
    { weight: 1, arbitrary: fc.constant('unborn' as const) },
  ),
  sparse: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
  settings: fc.subarray([...SETTINGS], { maxLength: 4 }),
  changes,
});

/** Those with a commit to check. */
export const situationsWithCommit = situations.filter(({ head }) => head !== 'unborn');
